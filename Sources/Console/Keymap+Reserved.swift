import Canvas

/// A key for a command, or why it cannot have it.
enum KeyChoice: Hashable {
  case key(Key)
  case refused(String)
}

extension Keymap {
  /// Reads the name of a key for a command.
  static func key(
    _ word: String, for command: Command, in context: Binding.Context
  ) -> KeyChoice {
    let lower = word.lowercased()
    if ["alt-", "meta-", "m-", "esc-", "option-"].contains(where: lower.hasPrefix) {
      return .refused("Alt is sent as two keys, which links split")
    }
    if lower.hasPrefix("shift-"), lower != "shift-tab" {
      return .refused("terminals do not agree on Shift with other keys than tab")
    }
    guard let key = Key(name: word) else {
      let advice = Nearest.name(to: word, in: Key.words).map { "did you mean \($0)?" }
      return .refused("no such key; \(advice ?? "try x, ctrl-x, f5, enter, space, pgdn")")
    }
    return objection(to: key, for: command, in: context).map(KeyChoice.refused) ?? .key(key)
  }

  /// Why a key is left alone, whatever the configuration says; nil where it is not.
  static func objection(
    to key: Key, for command: Command, in context: Binding.Context
  ) -> String? {
    switch key {
    case .control("a"): "it is the prefix of screen"
    case .control("b"): "it is the prefix of tmux"
    case .control("s"), .control("q"): "terminals and links take it for flow control"
    case .control("\\"): "it ends programs that hang"
    case .control("z") where command != .suspend: "it stays the key that suspends"
    case .control("i"): "terminals send tab for it"
    case .control("m"): "terminals send enter for it"
    case .control("h"): "terminals send backspace for it"
    case .control("j") where command != .newline: "terminals send it for pasted lines"
    case .escape where !command.isWayOut, .control("c") where !command.isWayOut:
      "it only leaves and closes, so that it never costs anything"
    case .character where takesText(context): "it is text there"
    default: nil
    }
  }

  /// A box in which every letter is text: none of its own keys is one.
  static func takesText(_ context: Binding.Context) -> Bool {
    guard !context.isPane, context != .everywhere else { return false }
    return !standard.bindings.contains { binding in
      binding.context == context
        && binding.keys.contains { if case .character = $0 { true } else { false } }
    }
  }
}

extension Command {
  /// It leaves something and loses nothing.
  fileprivate var isWayOut: Bool {
    [.dismiss, .no, .leave, .back, .quit, .interrupt].contains(self)
  }
}
