import Canvas
import Fleet

/// A command by its name, while it is typed.
public struct CommandBox: Hashable, Sendable {
  /// Lines that are remembered; the oldest goes first.
  static let historyLimit = 50
  /// The name under which they are kept.
  static let preference = "commands"

  var field = LineField(limit: 600)
  /// The names of the themes that can be chosen, as they were when the line was opened.
  var themes = ThemeShelf.builtIn.names
  /// Why the last try did nothing.
  var problem: String?
  /// How many lines back the history stands; 0 is what is typed.
  var back = 0
  /// The lines that were left for others, as they stood; of the history, too.
  var left: [Int: LineField] = [:]

  /// What may be typed, in the order in which it is offered.
  static let names: [(name: String, command: Command)] =
    [
      ("search", .searchAll), ("new", .newWorker), ("continue", .continueWorker),
      ("template", .chooseTemplate),
      ("schedule", .newSchedule), ("cancel", .cancelSchedule), ("adopt", .adoptWorkers),
      ("rename", .rename), ("pin", .pin), ("archive", .archive), ("forget", .forget),
      ("rerun", .rerun), ("inspect", .inspect), ("filter", .filterList), ("sort", .orderList),
      ("undo", .takeBack), ("compare", .compare),
      ("mark-all", .markAll), ("unmark", .unmark), ("download", .download),
      ("stop-download", .stopDownload),
      ("attach", .attachFile),
      ("copy", .copyMenu), ("save", .save), ("browse", .openOutside), ("mouse", .toggleMouse),
      ("orders", .showOrders), ("spending", .showSpending), ("away", .showAbsence),
      ("requests", .showRequests), ("doctor", .showDoctor), ("agenda", .toggleAgenda),
      ("zone", .toggleZone), ("unread", .nextUnread), ("find", .findText),
      ("filter-lines", .filterLines), ("outline", .outline),
      ("merge", .merge),
      ("wrap", .toggleWrap), ("times", .nextTimes), ("raw", .nextForm), ("clean", .cleanView),
      ("follow", .follow),
      ("unfold", .unfold), ("full", .fullScreen),
      ("theme", .chooseTheme), ("refresh", .refresh), ("redraw", .redraw), ("help", .help),
      ("quit", .quit),
      ("group", .orderList), ("source", .focus(.sources)), ("log", .showRequests),
      ("keys", .showKeys),
      ("set", .showSettings), ("record", .record), ("replay", .replay),
      ("key", .giveKey), ("events", .showEvents),
      ("palette", .palette), ("urgent", .showUrgent), ("open", .openOutside),
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

  /// Types as much as all that is offered has in common: names, then the words after them.
  mutating func complete() {
    let lead: String
    let offers: [String]
    if isNamed {
      guard let argument, case .choice(let words) = argument.kind else { return }
      (lead, offers) = ("\(argument.name) ", words.filter { $0.hasPrefix(self.words.rest) })
    } else {
      (lead, offers) = ("", matches.map(\.name))
    }
    guard let first = offers.first else { return }
    var common = Substring(first)
    while !offers.allSatisfy({ $0.hasPrefix(common) }) { common.removeLast() }
    let end = offers.count == 1 && !isNamed ? " " : ""
    field = LineField(lead + common + end, limit: field.limit)
  }

  /// A name stands there with a blank after it.
  private var isNamed: Bool {
    let parts = field.text.drop { $0 == " " }
    return parts.contains(" ")
  }

  /// What the named command takes after its name.
  var argument: CommandArgument? {
    let all = matches
    guard all.count == 1, let name = all.first?.name else { return nil }
    return CommandArgument.all(themes: themes).first { $0.name == name }
  }
}

enum CommandOverlay {
  static func draw(_ view: View, _ box: CommandBox, into frame: inout Frame) {
    let words = Sanitise.line(box.problem ?? note(box, view)).split(separator: " ").map(String.init)
    // The frame and the field take three rows.
    let room = max(1, min(12, view.arrangement.content.height - 3))
    let rows = rows(words, width: LineField.boxWidth(view), limit: room)
    box.field.drawBox(
      view, "Command", rows: rows, isProblem: box.problem != nil, into: &frame)
  }

  /// Words in rows; where they are too many, the last row ends with how many are left out.
  static func rows(_ words: [String], width: Int, limit: Int) -> [String] {
    var rows: [[String]] = [[]]
    var used = 0
    for word in words {
      let next = Width.of(word) + (rows[rows.count - 1].isEmpty ? 0 : 1)
      if used + next > width, !rows[rows.count - 1].isEmpty {
        rows.append([word])
        used = Width.of(word)
      } else {
        rows[rows.count - 1].append(word)
        used += next
      }
    }
    guard rows.count > limit else { return rows.map { $0.joined(separator: " ") } }
    var last = rows[limit - 1]
    var hidden = rows[limit...].reduce(0) { $0 + $1.count }
    while !last.isEmpty, Width.of((last + ["and \(hidden) more"]).joined(separator: " ")) > width {
      last.removeLast()
      hidden += 1
    }
    return (rows[..<(limit - 1)] + [last + ["and \(hidden) more"]]).map {
      $0.joined(separator: " ")
    }
  }

  /// The names that may be meant, or what the only one does.
  private static func note(_ box: CommandBox, _ view: View) -> String {
    let matches = box.matches
    guard matches.count == 1, let match = matches.first else {
      return matches.isEmpty ? "no such command" : matches.map(\.name).joined(separator: " ")
    }
    if let argument = box.argument, box.field.text.contains(" ") {
      return argument.note(for: box.words.rest)
    }
    guard box.words.rest.isEmpty || box.argument != nil else { return takesNoWords(match.name) }
    let binding = binding(of: match.command, view)
    let keys = binding?.keys.first.map { "  (\($0.name))" } ?? ""
    let words = box.argument.map { " \($0.hint)" } ?? ""
    // Some begin with the name already.
    var help = (binding?.help ?? "")[...]
    let lead = "\(match.name): "
    if help.hasPrefix(lead) { help = help.dropFirst(lead.count) }
    return "\(match.name)\(words): \(help)\(keys)"
  }

  static func takesNoWords(_ name: String) -> String { "\(name) takes no words" }

  /// What it means where the operator is; else the first of its meanings.
  private static func binding(of command: Command, _ view: View) -> Binding? {
    let all = view.screen.keymap.bindings.filter { $0.command == command }
    return all.first { $0.context == .pane(view.screen.focus) }
      ?? all.first { $0.context == .everywhere } ?? all.first
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
      if matches.count == 1, rest.isEmpty || box.argument != nil {
        let line = box.field.text
        if rest.isEmpty {
          overlays.removeLast()
          // Its keys are no second press, and a word that was typed needs none.
          if matches[0].command == .quit { wasAskedToQuit = true }
          return remember(line) + perform(matches[0].command, fleet, now: now)
        }
        do throws(Expression.Problem) {
          let depth = overlays.count
          let outcomes = try perform(box.argument, rest, fleet, now: now)
          overlays.remove(at: depth - 1)
          return remember(line) + outcomes
        } catch {
          box.problem = error.sentence
          overlays[overlays.count - 1] = .command(box)
          return []
        }
      }
      box.problem =
        switch matches.count {
        case 0: "no command begins with \(name); tab on an empty line shows all"
        case 1: CommandOverlay.takesNoWords(matches[0].name)
        default: "\(name) may be \(matches.map(\.name).joined(separator: ", "))"
        }
    case .nextField:
      box.problem = nil
      box.complete()
    case .earlier, .later:
      let back = box.back + (command == .earlier ? 1 : -1)
      guard (0...commands.count).contains(back) else { return [] }
      box.left[box.back] = box.field
      box.back = back
      box.problem = nil
      box.field =
        box.left[back] ?? LineField(commands[commands.count - back], limit: box.field.limit)
    default:
      box.problem = nil
      box.field.type(key)
    }
    overlays[overlays.count - 1] = .command(box)
    return []
  }

  /// The lines are kept for the next run too.
  private mutating func remember(_ line: String) -> [Outcome] {
    commands.removeAll { $0 == line }
    commands.append(line)
    if commands.count > CommandBox.historyLimit { commands.removeFirst() }
    let kept = commands.joined(separator: "\n")
    return [.fleet(.prefer(name: CommandBox.preference, value: kept))]
  }

  /// Brings the lines of earlier runs back, once.
  mutating func recallCommands(_ fleet: State) {
    guard !hasRecalledCommands, let kept = fleet.preferences[CommandBox.preference] else { return }
    hasRecalledCommands = true
    let lines = kept.split(separator: "\n").map { Sanitise.line(String($0)) }
    let earlier = lines.filter { !commands.contains($0) }
    commands = (earlier + commands).suffix(CommandBox.historyLimit)
  }
}
