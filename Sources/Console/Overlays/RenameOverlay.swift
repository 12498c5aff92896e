import Canvas
import Fleet

/// The field in which a worker's name on this side is typed; an empty one takes the name away.
enum RenameOverlay {
  /// Characters of a name.
  static let limit = 200

  static func draw(_ view: View, _ worker: String, _ field: LineField, into frame: inout Frame) {
    let theme = view.theme
    let width = max(1, min(70, view.screen.size.columns - 4))
    let inner = view.box("Rename", width: width, height: 2, into: &frame)
    let (place, foot) = inner.bottom(1)
    field.draw(view, place, into: &frame)
    frame.write(
      Width.cut(
        "a name on this side only; empty shows the instruction", to: foot.width,
        ellipsis: view.ellipsis), x: foot.x, y: foot.y, theme[.dim].over(theme[.overlay]), in: foot)
  }
}
