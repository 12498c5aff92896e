public import Canvas

/// The key table; two commands on one key in one context would be an error that a test finds.
public struct Keymap: Hashable, Sendable {
  public var bindings: [Binding]

  public static let standard = Keymap(bindings: panes + everywhere + overlays)

  /// The command for a key: the context's own bindings first, then those for everywhere; in a box
  /// only those of the latter that hold there too.
  public func command(for key: Key, in context: Binding.Context) -> Command? {
    if let own = bindings.first(where: { $0.context == context && $0.keys.contains(key) }) {
      return own.command
    }
    let command = bindings.first { $0.context == .everywhere && $0.keys.contains(key) }?.command
    guard !context.isPane, let command else { return command }
    if case .character = key, Self.takesText(context) { return nil }
    return Self.throughout.contains(command) ? command : nil
  }

  /// What holds above a box as well, where text is typed by keys that are none.
  static let throughout: Set<Command> = [.help, .suspend, .redraw, .quit]

  /// The name of the first key of a command, for sentences that tell of it.
  func key(for command: Command) -> String {
    bindings.first { $0.command == command }?.keys.first?.name ?? ""
  }

  /// The first key that means a command in a pane, whatever else has its other keys there.
  func key(for command: Command, in pane: Pane) -> String {
    let own = bindings.filter { $0.context == .pane(pane) }
    let all = own + bindings.filter { $0.context == .everywhere }
    let keys = all.filter { $0.command == command }.flatMap(\.keys)
    return keys.first { self.command(for: $0, in: .pane(pane)) == command }?.name ?? ""
  }

  /// What the hint line shows in a context.
  func hints(in context: Binding.Context) -> [Binding] {
    let own = bindings.filter { $0.context == context && $0.hint != nil }
    guard context.isPane else {
      guard context != .help, !Self.takesText(context) else { return own }
      return own
        + bindings.filter {
          $0.context == .everywhere && $0.hint != nil && Self.throughout.contains($0.command)
        }
    }
    return own + bindings.filter { $0.context == .everywhere && $0.hint != nil }
  }

  /// Keys with two commands in one context, as sentences; empty in a sound table.
  public var clashes: [String] {
    var seen: [String: Binding] = [:]
    var found: [String] = []
    for binding in bindings {
      for key in binding.keys {
        let place = "\(binding.context.name): \(key.name)"
        if let other = seen[place] {
          found.append("\(place) is both \(other.help) and \(binding.help)")
        }
        seen[place] = binding
      }
    }
    return found
  }
}
