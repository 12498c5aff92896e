import Canvas

extension Keymap {
  /// The contexts in the order of the help and of README.
  static let contexts: [Binding.Context] =
    [.everywhere] + Pane.allCases.map(Binding.Context.pane) + [
      .composer, .form, .confirm, .typedYes, .renaming, .spending, .requests, .absence, .search,
      .command,
      .comparison,
      .find,
      .forecast,
      .orders,
      .adoption,
      .themes,
    ]

  /// The table for README: one section a context.
  public var markdown: String {
    var text = ""
    for context in Self.contexts {
      let rows = bindings.filter { $0.context == context }
      guard !rows.isEmpty else { continue }
      text += "| \(context.name) | |\n|---|---|\n"
      for row in rows {
        let keys = row.keys.map { "`\($0.name)`" }.joined(separator: " ")
        text += "| \(keys) | \(row.help) |\n"
      }
      text += "\n"
    }
    return String(text.dropLast())
  }

  /// The table as plain lines, for `signalbox keys`.
  public var text: String {
    Self.contexts.map { context in
      let rows = bindings.filter { $0.context == context }
      let width = rows.map(\.keyNames.count).max() ?? 0
      return "\(context.name)\n"
        + rows.map { row in
          let gap = String(repeating: " ", count: width - row.keyNames.count + 2)
          return "  \(row.keyNames)\(gap)\(row.help)\n"
        }.joined()
    }.joined(separator: "\n")
  }
}
