import Fleet
import WorkerAPI

/// What a command takes after its name.
struct CommandArgument: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case words
    case choice([String])
    case number
  }

  let name: String
  /// How it is written in the note.
  let hint: String
  let kind: Kind

  /// `themes` are the names of those that can be chosen now.
  static func all(themes: [String]) -> [CommandArgument] {
    fixed + [CommandArgument(name: "theme", hint: "NAME", kind: .choice(themes))]
  }

  private static let fixed: [CommandArgument] = [
    CommandArgument(name: "search", hint: "WORDS", kind: .words),
    CommandArgument(name: "new", hint: "TEXT", kind: .words),
    CommandArgument(name: "continue", hint: "TEXT", kind: .words),
    CommandArgument(name: "template", hint: "NAME", kind: .words),
    CommandArgument(name: "adopt", hint: "ID...", kind: .words),
    CommandArgument(name: "rename", hint: "TITLE", kind: .words),
    CommandArgument(name: "filter", hint: "FILTER", kind: .words),
    CommandArgument(
      name: "sort", hint: "ORDER", kind: .choice(WorkerOrder.Sort.allCases.map(\.rawValue))),
    CommandArgument(
      name: "group", hint: "GROUPS", kind: .choice(WorkerOrder.Grouping.allCases.map(\.rawValue))),
    CommandArgument(name: "set", hint: "NAME=VALUE", kind: .choice(Setting.choices)),
    CommandArgument(name: "record", hint: "FILE", kind: .words),
    CommandArgument(name: "replay", hint: "FILE", kind: .words),
    CommandArgument(name: "source", hint: "NUMBER", kind: .number),
  ]

  /// What may follow, narrowed by what is typed of it.
  func note(for typed: String) -> String {
    switch kind {
    case .choice(let words):
      let fitting = words.filter { $0.hasPrefix(typed) }
      return fitting.isEmpty
        ? "\(name) takes \(words.joined(separator: ", "))" : fitting.joined(separator: " ")
    case .number: return "\(name) takes a number, as in \(name) 3"
    case .words:
      return name == "filter"
        ? "text  !not  s:run  b:high  cost>2  /regex/" : "\(name) takes \(hint.lowercased())"
    }
  }

  /// The word that is meant: a whole one, or the only one that begins so.
  fileprivate func choice(_ typed: String) throws(Expression.Problem) -> String {
    guard case .choice(let words) = kind else { return typed }
    if words.contains(typed) { return typed }
    let fitting = words.filter { $0.hasPrefix(typed) }
    guard let only = fitting.first, fitting.count == 1 else {
      throw Expression.Problem(
        fitting.isEmpty
          ? "no \(name == "set" ? "setting" : name) is called \(typed): "
            + words.joined(separator: " ")
          : "\(typed) may be \(fitting.joined(separator: ", "))")
    }
    return only
  }
}

extension Screen {
  /// Carries out a command with what follows its name, or says what is wrong with that.
  mutating func perform(
    _ argument: CommandArgument?, _ rest: String, _ fleet: State, now: Double
  ) throws(Expression.Problem) -> [Outcome] {
    if fleet.isReadOnly, ["new", "continue", "template"].contains(argument?.name) {
      throw Expression.Problem(State.readOnlyReason)
    }
    switch argument?.name {
    case "search": return openSearch(fleet, for: rest)
    case "new": return compose(rest, budget: nil, fleet)
    case "continue": return openFollowUp(fleet, with: rest)
    case "template": return openTemplate(named: rest, fleet)
    case "adopt": return try adopt(rest, fleet, now: now)
    case "rename":
      guard let selected else { throw Expression.Problem("no worker is selected") }
      let title = String(Sanitise.line(rest).prefix(RenameOverlay.limit))
      return [.fleet(.rename(selected, title))]
    case "filter":
      return narrow(by: try WorkerFilter.read(rest, budgets: Self.budgets(fleet)), fleet)
    case "sort", "group":
      let word = try argument?.choice(rest.lowercased()) ?? ""
      listing.order.sort = WorkerOrder.Sort(rawValue: word) ?? listing.order.sort
      listing.order.grouping = WorkerOrder.Grouping(rawValue: word) ?? listing.order.grouping
      listing.round &+= 1
      return [.fleet(.prefer(name: WorkerOrder.preference, value: listing.order.word))]
    case "record": return [.record(rest)]
    case "replay": return [.replay(rest)]
    case "set":
      let typed = rest.lowercased().replacing(" ", with: "=")
      return set(try argument?.choice(typed) ?? typed)
    case "theme":
      let name = try argument?.choice(rest) ?? rest
      theme = shelf.theme(named: name) ?? theme
      return [.fleet(.prefer(name: "theme", value: name))]
    case "source":
      let count = itemCount(.sources, fleet)
      guard let number = Int(rest), (1...max(1, count)).contains(number), count > 0 else {
        throw Expression.Problem(
          count == 0 ? "this worker has no source yet" : "a source has a number from 1 to \(count)")
      }
      cursors[.sources] = number - 1
      marks[.sources] = selected.flatMap { fleet.workers[$0]?.sources[number - 1].url }
      return focus(.sources, fleet)
    default: throw Expression.Problem("\(argument?.name ?? "this") takes no words")
    }
  }
}
