import Canvas
import Fleet

/// What the output is searched for or filtered by, while it is typed on the message line.
public struct FindBox: Hashable, Sendable {
  enum Purpose: Hashable, Sendable {
    case search
    /// What was left out before; Esc brings it back.
    case filter(before: LineFilter?)
  }

  /// Words that are remembered; the oldest go first.
  static let historyLimit = 50

  var purpose: Purpose
  var field = LineField(limit: 200)
  /// How many searches back it stands; 0 is what is typed.
  var back = 0
  var origin: OutputView.Stand
  /// Why what is typed cannot be looked for; what was found before stays.
  var problem: String?

  var mark: String { purpose == .search ? "/" : "&" }

  /// What is typed, without the sign that a filter leaves its lines out.
  fileprivate var words: String {
    let text = field.text
    return purpose != .search && text.hasPrefix("!") ? String(text.dropFirst()) : text
  }
}

enum FindOverlay {
  /// The text stays in sight: only the last line is taken.
  static func draw(_ view: View, _ box: FindBox, into frame: inout Frame) {
    let whole = view.arrangement.message
    let rect = whole.isEmpty ? frame.bounds.bottom(1).1 : whole
    let right = right(box, view, width: rect.width)
    frame.fill(rect, view.theme[.text])
    frame.write(box.mark, x: rect.x, y: rect.y, view.theme[.accent], in: rect)
    let role: Role = box.problem == nil ? .dim : .messageError
    frame.write(right, x: rect.maxX - Width.of(right), y: rect.y, view.theme[role], in: rect)
    let room = max(1, rect.width - 1 - (right.isEmpty ? 0 : Width.of(right) + 1))
    box.field.draw(
      view, Rect(x: rect.x + 1, y: rect.y, width: room, height: 1), into: &frame)
  }

  /// What is wrong, or what was found and as much of how it is read as there is room for.
  private static func right(_ box: FindBox, _ view: View, width: Int) -> String {
    if let problem = box.problem {
      // Beside a long text it takes half of the line, as Enter does nothing until it is mended.
      let room = max(width - Width.of(box.field.text) - 3, width / 2)
      return Width.cut(Sanitise.line(problem), to: room, ellipsis: view.ellipsis)
    }
    let note = note(box, view)
    let whole = [reading(box), note].filter { !$0.isEmpty }.joined(separator: "  ")
    return [whole, note].first { width > Width.of($0) + 20 } ?? ""
  }

  /// Whether words between slashes are an expression.
  private static func reading(_ box: FindBox) -> String {
    guard box.words.hasPrefix("/") else { return "" }
    return (try? Sought(box.words))?.isExpression == true
      ? "words if in \"quotes\"" : "/regex/ is an expression"
  }

  private static func note(_ box: FindBox, _ view: View) -> String {
    let output = view.screen.output
    guard box.purpose == .search else {
      if box.field.text.isEmpty { return "words or /regex/ to show, after ! to leave out" }
      let count = output.rendition.lineCount
      let more = output.hasMoreMatches ? "+" : ""
      return output.filter == nil ? "" : "\(count)\(more) \(count == 1 ? "line" : "lines")"
    }
    if box.field.text.isEmpty { return "words or /regex/; small letters find either case" }
    guard let count = output.matchCount else { return "" }
    if count.of > 0 { return output.matchWords ?? "" }
    if output.rendition.isLooking { return "no match yet" }
    if output.rendition.look.isCut { return "no match in what could be looked at" }
    return output.rendition.hasFolded ? "no match outside what is folded" : "no match"
  }
}

extension Screen {
  mutating func openFind(_ purpose: FindBox.Purpose, _ fleet: State) {
    guard selected != nil else {
      remark = "no worker is selected; \(startHint)"
      return
    }
    overlays.append(.find(FindBox(purpose: purpose, origin: output.stand)))
  }

  mutating func find(_ box: inout FindBox, _ key: Key, _ command: Command?) -> [Outcome] {
    switch command {
    case .dismiss:
      overlays.removeLast()
      if case .filter(let before) = box.purpose { output.filter = before }
      if box.purpose == .search { output.search = nil }
      output.go(to: box.origin)
      return []
    case .accept:
      guard box.problem == nil else { return [] }
      overlays.removeLast()
      settle(box)
      return []
    case .earlier, .later:
      let back = box.back + (command == .earlier ? 1 : -1)
      guard (0...sought.count).contains(back) else { return [] }
      box.back = back
      box.field = LineField(back == 0 ? "" : sought[sought.count - back], limit: box.field.limit)
    default: box.field.type(key)
    }
    change(&box)
    return []
  }

  /// Shows what is typed so far; what cannot be read leaves what was found before.
  mutating func change(_ box: inout FindBox) {
    defer { overlays[overlays.count - 1] = .find(box) }
    do throws(Expression.Problem) {
      try look(for: box)
      box.problem = nil
    } catch {
      box.problem = error.sentence
    }
  }

  private mutating func look(for box: FindBox) throws(Expression.Problem) {
    let text = box.field.text
    switch box.purpose {
    case .filter: output.filter = try LineFilter.read(text)
    case .search:
      if text.isEmpty {
        output.search = nil
        output.go(to: box.origin)
      } else if output.search?.sought.text != text {
        output.search = OutputView.Search(sought: try Sought(text), origin: box.origin)
      }
    }
  }

  private mutating func settle(_ box: FindBox) {
    let text = box.field.text
    guard !text.isEmpty else { return }
    sought.removeAll { $0 == text }
    sought.append(text)
    if sought.count > FindBox.historyLimit { sought.removeFirst() }
    guard box.purpose == .search else { return }
    guard output.isLookedThrough else {
      output.search?.seeking = .once
      return
    }
    if output.rendition.hitCount == 0 {
      output.search?.seeking = .over
      remark = "no match for \(text) yet; \(folded)Esc ends the search"
    }
  }

  mutating func stepMatch(forward: Bool, _ fleet: State) {
    guard let search = output.search else {
      let search = keymap.key(for: .findText, in: .output)
      let new = keymap.key(for: .newWorker, in: .output)
      remark = "nothing is searched for; \(search) searches, and \(new) starts a new worker"
      return
    }
    switch output.stepMatch(forward: forward) {
    case .none:
      let soFar = output.hasMoreMatches ? " so far" : ""
      let words = "no match for \(search.sought.text)\(soFar)\(whole(fleet))"
      remark = folded.isEmpty ? words : "\(words); \(folded)Esc ends the search"
    case .moved: break
    case .wrapped:
      remark =
        (forward
          ? "past the last match, on from the first" : "past the first match, on from the last")
        + whole(fleet)
    }
  }

  /// That folded details were not looked through, where there are any.
  private var folded: String {
    guard output.rendition.hasFolded else { return "" }
    return "\(keymap.key(for: .unfold, in: .output)) unfolds what was not searched, "
  }

  /// What was not looked through, because it is not in memory.
  func whole(_ fleet: State) -> String {
    if let events = events(fleet) {
      return events.first > 0 ? " of the \(events.entries.count) events that are kept" : ""
    }
    let worker = selected.flatMap { fleet.workers[$0] }
    guard worker?.transcript.isCutOff == true || output.isEarlier, fleet.scrollback != nil else {
      return ""
    }
    return " of what is loaded; ctrl-f searches all that is kept"
  }

  /// Esc in the output takes back one thing after the other; answers whether there was one.
  mutating func clearOutput() -> Bool {
    guard focus == .output else { return false }
    if output.selection != nil {
      output.selection = nil
    } else if output.search != nil {
      output.search = nil
    } else if output.filter != nil {
      output.filter = nil
    } else {
      return false
    }
    return true
  }
}
