import Canvas

extension Keymap {
  /// The table with other keys for some commands; with any problem the table stays whole as it was.
  public func changed(by changes: [KeyChange]) -> (keymap: Keymap, problems: [KeyProblem]) {
    var draft = Draft(keymap: self)
    for change in changes { draft.take(change) }
    draft.findClashes()
    draft.findHidden(from: self)
    let isSound = draft.problems.allSatisfy(\.isWarning)
    return (isSound ? draft.keymap : self, draft.problems)
  }

  /// Some key of its own, or one that holds everywhere and is not taken there.
  fileprivate func reaches(_ command: Command, in context: Binding.Context) -> Bool {
    let own = bindings.filter { $0.context == context }
    if own.contains(where: { $0.command == command && !$0.keys.isEmpty }) { return true }
    let taken = Set(own.flatMap(\.keys))
    return bindings.contains {
      $0.context == .everywhere && $0.command == command && $0.keys.contains { !taken.contains($0) }
    }
  }
}

extension Keymap {
  /// Where keys may be changed; the help is left out of README's table only.
  static let places = contexts + [.help]
}

/// A table that is being changed.
private struct Draft {
  var keymap: Keymap
  var problems: [KeyProblem] = []
  /// The lines of the bindings that were changed.
  private var lines: [Place: Int] = [:]

  private struct Place: Hashable {
    var context: Binding.Context
    var command: Command
  }

  init(keymap: Keymap) { self.keymap = keymap }

  mutating func take(_ change: KeyChange) {
    let words = Keymap.places.map(\.word)
    guard let context = Keymap.places.first(where: { $0.word == change.context }) else {
      let advice = Self.advice(change.context, words)
      return fail(change, "keys: no place is called \"\(Self.shown(change.context))\"; \(advice)")
    }
    let name = "keys.\(context.word).\(Self.shown(change.command))"
    guard let binding = binding(change.command, in: context) else {
      let advice = Self.advice(change.command, known(in: context))
      return fail(change, "\(name): no action of that name there; \(advice)")
    }
    if change.keys.isEmpty { return fail(change, "\(name): no key is named") }
    var keys: [Key] = []
    for word in change.keys {
      switch Keymap.key(word, for: binding.command, in: context) {
      case .key(let key): keys.append(key)
      case .refused(let reason): return fail(change, "\(name): \(Self.shown(word)): \(reason)")
      }
    }
    put(binding, keys, in: context)
    lines[Place(context: context, command: binding.command)] = change.line
  }

  /// Keys that two commands have in one context; at least one of them was changed.
  mutating func findClashes() {
    for context in Keymap.places {
      var seen: [Key: Binding] = [:]
      for binding in keymap.bindings where binding.context == context {
        for key in Set(binding.keys) {
          guard let other = seen[key] else {
            seen[key] = binding
            continue
          }
          let found = [other, binding].map {
            (name: $0.command.name, line: lines[Place(context: context, command: $0.command)])
          }
          let names = found.map { "\($0.name) (\($0.line.map { "line \($0)" } ?? "as standard"))" }
          problems.append(
            KeyProblem(
              line: found.compactMap(\.line).max() ?? 1,
              text: "keys.\(context.word): \(key.name) is both \(names[0]) and \(names[1])"))
        }
      }
    }
  }

  /// Actions that hold everywhere and were left without a key in some pane.
  mutating func findHidden(from standard: Keymap) {
    for context in Keymap.places where context.isPane {
      for binding in keymap.bindings where binding.context == .everywhere {
        let command = binding.command
        guard !keymap.reaches(command, in: context), standard.reaches(command, in: context),
          let key = binding.keys.first,
          let taker = keymap.bindings.first(where: {
            $0.context == context && $0.keys.contains(key)
          })
        else { continue }
        let line =
          lines[Place(context: context, command: taker.command)]
          ?? lines[Place(context: .everywhere, command: command)] ?? 1
        problems.append(
          KeyProblem(
            line: line,
            text: "keys.\(context.word): \(command.name) has no key left there, "
              + "\(key.name) is \(taker.command.name)", isWarning: true))
      }
    }
  }

  /// The command's own row, or for a pane the one that holds everywhere.
  private func binding(_ name: String, in context: Binding.Context) -> Binding? {
    keymap.bindings.first { $0.context == context && $0.command.name == name }
      ?? (context.isPane
        ? keymap.bindings.first { $0.context == .everywhere && $0.command.name == name } : nil)
  }

  private func known(in context: Binding.Context) -> [String] {
    let own = keymap.bindings.filter { $0.context == context }.map(\.command.name)
    guard context.isPane else { return own }
    return own + keymap.bindings.filter { $0.context == .everywhere }.map(\.command.name)
  }

  private mutating func put(_ binding: Binding, _ keys: [Key], in context: Binding.Context) {
    var changed = binding
    changed.context = context
    changed.keys = keys
    let place = keymap.bindings.firstIndex {
      $0.context == context && $0.command == binding.command
    }
    guard let place else { return keymap.bindings.append(changed) }
    keymap.bindings[place] = changed
    // A command may have had a second row, with other words.
    keymap.bindings = keymap.bindings.enumerated().filter { index, row in
      index == place || row.context != context || row.command != binding.command
    }.map(\.element)
  }

  private mutating func fail(_ change: KeyChange, _ text: String) {
    problems.append(KeyProblem(line: change.line, text: text))
  }

  private static func advice(_ word: String, _ known: [String]) -> String {
    if let near = Nearest.name(to: word, in: known) { return "did you mean \(near)?" }
    return known.count > 24
      ? "'signalbox keys' lists them" : "known are \(known.joined(separator: ", "))"
  }

  private static func shown(_ word: String) -> String { Sanitise.line(String(word.prefix(40))) }
}

extension Binding.Context {
  var isPane: Bool { if case .pane = self { true } else { false } }
}
