/// A key as the operator means it; chords with Alt do not exist because links split them.
public enum Key: Hashable, Sendable {
  /// A letter, digit, sign or space.
  case character(Character)
  /// Ctrl with a lowercase letter or one of `\ ] ^ _`; ctrl-j is not `enter`.
  case control(Character)
  case enter, tab, backTab, escape, backspace, delete, insert
  /// Ctrl with an arrow: by words.
  case wordLeft, wordRight
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
}
