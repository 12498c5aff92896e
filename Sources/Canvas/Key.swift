/// A key as the operator means it; of the chords with Alt only those that edit words are keys.
public enum Key: Hashable, Sendable {
  /// A letter, digit, sign or space.
  case character(Character)
  /// Ctrl with a lowercase letter or one of `\ ] ^ _`; ctrl-j is not `enter`.
  case control(Character)
  case enter, tab, backTab, escape, backspace, delete, insert
  /// Ctrl with an arrow, or Alt with b and f: by words.
  case wordLeft, wordRight
  /// Alt with backspace, and with d.
  case wordBackspace, wordDelete
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
}
