public import Canvas

extension Terminal {
  public func copy(_ text: String) async -> CopyRoute {
    let clipboard = Clipboard(environment: environment)
    for step in clipboard.steps(for: text) {
      switch step {
      case .tmuxBuffer(let isOffered):
        if await TmuxBuffer.load(text, isOffered: isOffered) {
          return .tmuxBuffer(isOffered: isOffered)
        }
      case .terminal(let bytes, let passage):
        // The shell's screen is none of ours: it would be written to while we are suspended.
        guard isClaimed else { continue }
        Outlet.write(bytes, output)
        return .terminal(passage)
      }
    }
    return .none(clipboard.obstacle(to: text))
  }
}
