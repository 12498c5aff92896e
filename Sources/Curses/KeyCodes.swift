import CNcurses
import Canvas

/// What the numbers that curses returns mean.
enum KeyCodes {
  /// Numbers of our own for the paste markers, above those that terminfo's extended keys get.
  static let pasteStart: Int32 = 2_000
  static let pasteEnd: Int32 = 2_001
  static let wordLeft: Int32 = 2_010
  static let wordRight: Int32 = 2_011

  /// Ctrl with an arrow as xterm and tmux, rxvt, and older xterms send it.
  static let words: [(sequence: String, code: Int32)] = [
    ("\u{1B}[1;5D", wordLeft), ("\u{1B}[1;5C", wordRight), ("\u{1B}Od", wordLeft),
    ("\u{1B}Oc", wordRight), ("\u{1B}[5D", wordLeft), ("\u{1B}[5C", wordRight),
  ]
  static let mouseNumbers: Int32 = 2_002
  static let mouseBytes: Int32 = 2_003

  private static let keys: [Int32: Key] = {
    var keys: [Int32: Key] = [
      curses_key_up(): .up, curses_key_down(): .down, curses_key_left(): .left,
      curses_key_right(): .right, curses_key_home(): .home, curses_key_end(): .end,
      curses_key_page_up(): .pageUp, curses_key_page_down(): .pageDown,
      curses_key_backspace(): .backspace, curses_key_delete(): .delete,
      curses_key_insert(): .insert, curses_key_enter(): .enter, curses_key_back_tab(): .backTab,
    ]
    for number in 1...63 { keys[curses_key_function(Int32(number))] = .function(number) }
    return keys
  }()

  /// Nil for keys that have no place in a keymap, such as shift-left or KEY_RESIZE.
  static func code(_ number: Int32) -> Code? {
    if let byte = UInt8(exactly: number) { return .byte(byte) }
    switch number {
    case pasteStart: return .pasteStart
    case pasteEnd: return .pasteEnd
    case wordLeft: return .key(.wordLeft)
    case wordRight: return .key(.wordRight)
    case mouseNumbers: return .mouse(.numbers)
    case mouseBytes: return .mouse(.bytes)
    default: return keys[number].map { .key($0) }
    }
  }
}
