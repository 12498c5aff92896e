extension Key {
  /// The first name of a key is the one that `name` gives.
  private static let names: [(String, Key)] = [
    ("space", .character(" ")), ("enter", .enter), ("return", .enter), ("tab", .tab),
    ("shift-tab", .backTab), ("backtab", .backTab), ("esc", .escape), ("escape", .escape),
    ("backspace", .backspace), ("delete", .delete), ("del", .delete), ("insert", .insert),
    ("ins", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right),
    ("home", .home), ("end", .end), ("pgup", .pageUp), ("pageup", .pageUp),
    ("pgdn", .pageDown), ("pagedown", .pageDown), ("ctrl-left", .wordLeft),
    ("ctrl-right", .wordRight), ("alt-backspace", .wordBackspace), ("alt-d", .wordDelete),
  ]

  /// The names of the keys that are no single letter, digit or sign; chords with Alt cannot be bound.
  public static let words = names.map(\.0).filter { !$0.hasPrefix("alt-") }

  /// Reads what keymaps and key scripts say: `j`, `enter`, `ctrl-d`, `f1`, `shift-tab`, `pgdn`.
  ///
  /// Names of more than one character are read without regard to case.
  public init?(name: String) {
    if name.count == 1, let character = name.first {
      guard !Width.isControl(character) else { return nil }
      self = .character(character)
      return
    }
    let lower = name.lowercased()
    if let found = Self.names.first(where: { $0.0 == lower }) {
      self = found.1
    } else if lower.hasPrefix("ctrl-"), lower.count == 6, let last = lower.last,
      Self.isControllable(last)
    {
      self = .control(last)
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), 1...63 ~= number,
      "f\(number)" == lower
    {
      self = .function(number)
    } else {
      return nil
    }
  }

  public var name: String {
    switch self {
    case .control(let character): return "ctrl-\(character)"
    case .function(let number): return "f\(number)"
    case .character(let character) where character != " ": return String(character)
    default:
      // Every remaining case is in the table.
      return Self.names.first { $0.1 == self }?.0 ?? ""
    }
  }

  private static func isControllable(_ character: Character) -> Bool {
    ("a"..."z").contains(character) || #"\]^_"#.contains(character)
  }
}
