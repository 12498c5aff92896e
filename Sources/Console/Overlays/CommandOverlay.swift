import Canvas
import Fleet

/// A command by its name, while it is typed.
public struct CommandBox: Hashable, Sendable {
  /// Lines that are remembered; the oldest goes first.
  static let historyLimit = 50

  var field = LineField(limit: 600)
  /// Why the last try did nothing.
  var problem: String?
  /// How many lines back the history stands; 0 is what is typed.
  var back = 0

  /// What may be typed, in the order in which it is offered.
  static let names: [(name: String, command: Command)] =
    [
      ("search", .searchAll), ("new", .newWorker), ("continue", .continueWorker),
      ("schedule", .newSchedule), ("cancel", .cancelSchedule), ("adopt", .adoptWorkers),
      ("rename", .rename), ("pin", .pin), ("archive", .archive), ("forget", .forget),
      ("undo", .takeBack), ("compare", .compare),
      ("mark-all", .markAll), ("unmark", .unmark), ("download", .download),
      ("copy", .copyMenu), ("save", .save),
      ("orders", .showOrders), ("spending", .showSpending), ("away", .showAbsence),
      ("requests", .showRequests), ("agenda", .toggleAgenda), ("zone", .toggleZone),
      ("unread", .nextUnread), ("find", .findText), ("filter", .filterLines), ("outline", .outline),
      ("merge", .merge),
      ("wrap", .toggleWrap), ("times", .nextTimes), ("raw", .nextForm), ("clean", .cleanView),
      ("follow", .follow),
      ("unfold", .unfold), ("full", .fullScreen),
      ("theme", .chooseTheme), ("refresh", .refresh), ("redraw", .redraw), ("help", .help),
      ("quit", .quit),
    ] + Pane.allCases.map { ($0.name.lowercased(), .focus($0)) }

  /// The first word, and what follows it.
  var words: (name: String, rest: String) {
    let parts = field.text.split(separator: " ")
    return (parts.first?.lowercased() ?? "", parts.dropFirst().joined(separator: " "))
  }

  /// The commands that begin like what is typed; only one where it is the whole name.
  var matches: [(name: String, command: Command)] {
    let name = words.name
    if let exact = Self.names.first(where: { $0.name == name }) { return [exact] }
    return Self.names.filter { $0.name.hasPrefix(name) }
  }

  /// Types as much as all matches have in common.
  mutating func complete() {
    let all = matches.map(\.name)
    guard let first = all.first, words.rest.isEmpty else { return }
    var common = Substring(first)
    while !all.allSatisfy({ $0.hasPrefix(common) }) { common.removeLast() }
    field = LineField(String(common) + (all.count == 1 ? " " : ""), limit: field.limit)
  }
}

enum CommandOverlay {
  static func draw(_ view: View, _ box: CommandBox, into frame: inout Frame) {
    box.field.drawBox(
      view, "Command", note: note(box, view), problem: box.problem, into: &frame)
  }

  /// The names that may be meant, or what the only one does.
  private static func note(_ box: CommandBox, _ view: View) -> String {
    let matches = box.matches
    guard matches.count == 1, let match = matches.first else {
      return matches.isEmpty ? "no such command" : matches.map(\.name).joined(separator: " ")
    }
    let binding = view.screen.keymap.bindings.first { $0.command == match.command }
    let keys = binding?.keys.first.map { "  (\($0.name))" } ?? ""
    return "\(match.name): \(binding?.help ?? "")\(keys)"
  }
}

extension Screen {
  /// A line that is no command stays to be mended.
  mutating func commandLine(
    _ box: inout CommandBox, _ key: Key, _ command: Command?, _ fleet: State, now: Double
  ) -> [Outcome] {
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept:
      let (name, rest) = box.words
      let matches = box.matches
      if name.isEmpty {
        overlays.removeLast()
        return []
      }
      if matches.count == 1, rest.isEmpty || matches[0].command == .searchAll {
        overlays.removeLast()
        remember(box.field.text)
        if !rest.isEmpty { return openSearch(fleet, for: rest) }
        return perform(matches[0].command, fleet, now: now)
      }
      box.problem =
        switch matches.count {
        case 0: "no command begins with \(name); tab on an empty line shows all"
        case 1: "\(matches[0].name) takes no words"
        default: "\(name) may be \(matches.map(\.name).joined(separator: ", "))"
        }
    case .nextField:
      box.problem = nil
      box.complete()
    case .earlier, .later:
      let back = box.back + (command == .earlier ? 1 : -1)
      guard (0...commands.count).contains(back) else { return [] }
      box.back = back
      box.problem = nil
      box.field = LineField(
        back == 0 ? "" : commands[commands.count - back], limit: box.field.limit)
    default:
      box.problem = nil
      box.field.type(key)
    }
    overlays[overlays.count - 1] = .command(box)
    return []
  }

  private mutating func remember(_ line: String) {
    commands.removeAll { $0 == line }
    commands.append(line)
    if commands.count > CommandBox.historyLimit { commands.removeFirst() }
  }
}
