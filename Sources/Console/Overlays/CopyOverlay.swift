import Canvas
import Fleet

/// What can be copied, with the key of each.
enum CopyOverlay {
  static func draw(_ view: View, into frame: inout Frame) {
    let rows = rows(view)
    let room = view.arrangement.content.height - 2
    guard room >= rows.count else { return drawShort(view, rows, room, into: &frame) }
    let inner = view.box("Copy", width: width(view, rows), height: rows.count, into: &frame)
    for (row, line) in rows.prefix(inner.height).enumerated() {
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
  }

  private static func width(_ view: View, _ rows: [Line]) -> Int {
    min(max(1, view.screen.size.columns - 4), rows.contains { $0.width > 44 } ? 64 : 44)
  }

  /// The key of the row that is drawn at a place; nil where the names stand one behind the other.
  static func key(at point: Point, _ view: View) -> Key? {
    let rows = rows(view)
    guard view.arrangement.content.height - 2 >= rows.count else { return nil }
    let inner = view.boxInside(width: width(view, rows), height: rows.count)
    guard inner.contains(x: point.x, y: point.y) else { return nil }
    return choices(view)[point.y - inner.y].key
  }

  /// Keys and names alone, one behind the other.
  private static func drawShort(_ view: View, _ rows: [Line], _ room: Int, into frame: inout Frame)
  {
    let width = max(1, view.screen.size.columns - 4)
    var lines = [Line()]
    for row in rows {
      let trimmed = row.spans.prefix(2).map {
        Span($0.text[...].trimmingSuffix { $0 == " " }, $0.style)
      }
      let words = Line([trimmed[0], Span(" "), trimmed[1], Span("  ")])
      if lines[lines.count - 1].width + words.width > width, lines[lines.count - 1].width > 0 {
        lines.append(Line())
      }
      for span in words.spans { lines[lines.count - 1].append(span) }
    }
    let inner = view.box("Copy", width: width, height: min(room, lines.count), into: &frame)
    for (row, line) in lines.prefix(inner.height).enumerated() {
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
  }

  /// The key, the name, and a look at the text where it is short and known.
  private static func rows(_ view: View) -> [Line] {
    choices(view).map { key, subject in
      let (text, role) = look(subject, view)
      return Line([
        Span(Width.padded(key.name, to: 3), view.theme[.hintKey]),
        Span(Width.padded(name(subject, view), to: 9), view.theme[.text]),
        Span(text, view.theme[role]),
      ])
    }
  }

  private static func choices(_ view: View) -> [(key: Key, subject: Clip.Subject)] {
    view.screen.keymap.bindings.compactMap { binding in
      guard binding.context == .copying, case .copy(let subject) = binding.command,
        let key = binding.keys.first
      else { return nil }
      return (key, subject)
    }
  }

  private static func name(_ subject: Clip.Subject, _ view: View) -> String {
    switch subject {
    case .line: view.screen.focus == .output ? "message" : "row"
    case .output: "output"
    case .block: "code"
    case .id: "id"
    case .url: "address"
    case .email: "e-mail"
    case .command: "curl"
    }
  }

  private static func look(_ subject: Clip.Subject, _ view: View) -> (String, Role) {
    switch subject {
    case .line:
      return (view.screen.focus == .output ? "at the top, or the last" : "all of it", .dim)
    case .output: return ("all that it wrote", .dim)
    case .block: return ("in view, or the last", .dim)
    case .command: return ("asks the same; no key in it", .dim)
    case .id, .url, .email:
      switch view.screen.clip(subject, view.fleet, now: view.now) {
      case .success(let clip): return (Sanitise.line(clip.text), .text)
      case .failure: return ("not known", .dim)
      }
    }
  }
}
