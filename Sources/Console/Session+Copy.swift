import Canvas
import Fleet

extension Session {
  /// Hands a text to the display and says by which way it went.
  func copy(_ clip: Clip) async {
    let route = await display.copy(clip.text)
    guard !isOver else { return }
    if let export = clip.export(route) {
      store.send(.export(export))
    } else {
      store.send(.answer(.info, clip.sentence(route)))
      changed(isUrgent: true)
    }
  }
}
