import Canvas
import Fleet

/// The filter of the list while it is typed; the list follows every letter.
public struct FilterBox: Hashable, Sendable {
  var field: LineField
  /// Why what is typed is no filter; the list stays as it was.
  var problem: String?
  /// The worker to go back to when the filter is cleared.
  var before: String?
  /// The worker that is selected whenever it is listed: a half-typed word moves the cursor for no
  /// longer than it stands there.
  var wanted: String?

  init(_ text: String, before: String?) {
    field = LineField(text, limit: 300)
    self.before = before
    wanted = before
  }
}

/// The last line of the screen: the field, and beside it what it found or what is wrong.
enum FilterOverlay {
  static func draw(_ view: View, _ box: FilterBox, into frame: inout Frame) {
    let rect = view.arrangement.message
    guard !rect.isEmpty else { return }
    let theme = view.theme
    frame.fill(rect, theme[.text])
    frame.write("/", x: rect.x, y: rect.y, theme[.accent], in: rect)
    let (text, role) = note(box, view)
    let typed = Width.of(box.field.text) + 2
    let room = max(0, rect.width - 2 - max(typed, min(24, rect.width / 2)))
    let cut = Width.cut(text, to: room, ellipsis: view.ellipsis)
    let width = room < 8 ? 0 : Width.of(cut)
    let field = Rect(
      x: rect.x + 1, y: rect.y, width: max(1, rect.width - 2 - width), height: 1)
    box.field.draw(view, field, over: .text, into: &frame)
    if width > 0 {
      frame.write(cut, x: rect.maxX - width, y: rect.y, theme[role], in: rect)
    }
  }

  private static func note(_ box: FilterBox, _ view: View) -> (String, Role) {
    if let problem = box.problem { return (Sanitise.line(problem), .messageError) }
    guard !box.field.text.isEmpty else {
      return ("text  !not  s:run  b:high  cost>2  /regex/", .dim)
    }
    return ("\(view.screen.list(view.fleet).ids.count)/\(view.fleet.order.count)", .dim)
  }
}
