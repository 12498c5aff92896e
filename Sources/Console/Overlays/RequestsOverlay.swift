import Canvas
import Fleet
import WorkerAPI

/// The latest requests, the newest at the bottom, with what was odd about their answers.
enum RequestsOverlay {
  /// Rows of the list in a screen of that size.
  static func height(in size: Size) -> Int { max(1, min(size.rows - 6, 40)) }

  static func draw(_ view: View, until end: Int?, into frame: inout Frame) {
    let log = view.fleet.requests
    let size = view.screen.size
    let width = max(1, min(116, size.columns - 4))
    let rows = LogPlace.visible(
      log.entries, of: log.count, until: end, height: height(in: size))
    let wanted = max(1, min(height(in: size), log.entries.count))
    let zone = view.screen.shownZone.name(at: view.now)
    let inner = view.box(
      "\(title(log, end)), times in \(zone)", width: width, height: wanted, into: &frame)
    let lines =
      log.entries.isEmpty
      ? [Line("Nothing was sent yet.", view.theme[.dim])] : rows.map { line($0, view, inner.width) }
    for (row, line) in lines.prefix(inner.height).enumerated() {
      frame.write(
        line.cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
  }

  /// The newest ones beside the panes, without a cursor.
  static func drawLog(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let (ruleRow, body) = rect.top(1)
    let key = view.screen.keymap.key(for: .showRequests, in: view.screen.focus)
    let left = Line([
      Span("\(key) ", view.theme[.hintKey]), Span("Requests", view.theme[.title]),
    ])
    let count = Line("\(view.fleet.requests.count)", view.theme[.dim])
    Rule.draw(
      into: &frame, rect: ruleRow, left: left, right: count, style: view.theme[.rule],
      unicode: view.unicode)
    let rows = LogPlace.visible(
      view.fleet.requests.entries, of: view.fleet.requests.count, until: nil, height: body.height)
    for (row, entry) in rows.enumerated() {
      frame.write(
        line(entry, view, body.width - 2, isBrief: true).cut(
          to: body.width - 2, ellipsis: view.ellipsis),
        x: body.x + 1, y: body.y + row, in: body)
    }
  }

  private static func title(_ log: RequestLog, _ end: Int?) -> String {
    guard let end, end < log.count else { return "Requests" }
    return "Requests, \(log.count - end) newer"
  }

  /// `isBrief` names the worker of a request in place of the path to it.
  private static func line(
    _ entry: RequestLog.Entry, _ view: View, _ width: Int, isBrief: Bool = false
  ) -> Line {
    let theme = view.theme
    let zone = view.screen.shownZone
    let time = Figures.clock(entry.at, zone, beside: view.now, seconds: true)
    let start = Span(time + "  ", theme[.dim])
    switch entry.event {
    case .note(let worker, let sentence):
      let title = view.fleet.workers[worker]?.title ?? worker
      return Line([
        start, Span("! ", theme[.messageWarning]),
        Span(Sanitise.line("\(title): \(sentence)"), theme[.text]),
      ])
    case .request(let record):
      let (end, role) = outcome(record.outcome)
      let again = record.retries > 0 ? "again \(record.retries)  " : ""
      let right = Line([
        Span(again, theme[.messageWarning]), Span(end, theme[role]),
        Span("  " + milliseconds(record.duration), theme[.dim]),
      ])
      let method = Width.padded(record.method.rawValue, to: 6) + " "
      let room = max(4, width - Width.of(time) - 2 - Width.of(method) - right.width - 2)
      let path = record.target.text
      let target = Width.cutMiddle(
        Sanitise.line(isBrief ? subject(of: path, view) : path), to: room, ellipsis: view.ellipsis)
      return Line.row(
        Line([start, Span(method, theme[.accent]), Span(target, theme[.text])]), right,
        width: width, ellipsis: view.ellipsis)
    }
  }

  /// The title of the worker that a path leads to, with what of it is asked for.
  private static func subject(of path: String, _ view: View) -> String {
    let parts = path.split(separator: "/")
    guard parts.count > 2, parts.prefix(2) == ["api", "workers"],
      let worker = view.fleet.workers[String(parts[2])]
    else { return path }
    let rest = parts.dropFirst(3).joined(separator: "/")
    return rest.isEmpty ? worker.title : "\(rest) \(worker.title)"
  }

  private static func outcome(_ outcome: TransportRecord.Outcome) -> (String, Role) {
    switch outcome {
    case .status(let status) where status < 400: ("\(status)", .dim)
    case .status(let status): ("\(status)", status < 500 ? .messageWarning : .messageError)
    case .failed(.cancelled): ("left", .dim)
    case .failed(let error): (word(error), .messageError)
    }
  }

  /// A failure in a word; the whole sentence is on the message line when it happens.
  private static func word(_ error: TransportError) -> String {
    switch error {
    case .unreachable: "unreachable"
    case .timedOut: "timed out"
    case .stalled: "stalled"
    case .broken: "broken"
    case .tooLarge: "too large"
    case .badAddress: "bad address"
    case .cancelled: "left"
    }
  }

  private static func milliseconds(_ seconds: Double) -> String {
    Width.padded(
      seconds < 10 ? "\(Int((seconds * 1_000).rounded())) ms" : Figures.age(seconds), to: 7,
      alignment: .right)
  }
}

extension Screen {
  mutating func scroll(_ end: Int?, _ log: RequestLog, _ command: Command?) -> [Outcome] {
    let height = RequestsOverlay.height(in: size)
    if command == .dismiss {
      overlays.removeLast()
    } else if let step = LogPlace.step(command, height: height, count: log.count) {
      overlays[overlays.count - 1] = .requests(
        until: LogPlace.scrolled(
          end, log.entries.count, of: log.count, by: step, height: height))
    }
    return []
  }
}
