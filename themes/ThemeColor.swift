/// A colour as a theme names it.
public enum ThemeColor: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminal
  /// One of the terminal's sixteen, 0 (black) to 15 (bright white).
  case ansi(UInt8)
  /// One of 256: 16 to 231 are a 6×6×6 cube, 232 to 255 are greys.
  case indexed(UInt8)
  case rgb(UInt8, UInt8, UInt8)

  /// Reads "default", "black" to "brightwhite", "ansi:N", "indexed:N" or "#rrggbb".
  public init?(_ word: String) {
    if word == "default" {
      self = .terminal
    } else if let index = ThemeColor.names.firstIndex(of: word) {
      self = .ansi(UInt8(index))
    } else if word.hasPrefix("ansi:") {
      guard let number = UInt8(word.dropFirst(5)), number < 16 else { return nil }
      self = .ansi(number)
    } else if word.hasPrefix("indexed:") {
      guard let number = UInt8(word.dropFirst(8)) else { return nil }
      self = .indexed(number)
    } else {
      guard word.first == "#", word.utf8.count == 7, word.dropFirst().allSatisfy(\.isHexDigit),
        let number = UInt32(word.dropFirst(), radix: 16)
      else { return nil }
      self = .rgb(
        UInt8(number >> 16), UInt8(truncatingIfNeeded: number >> 8),
        UInt8(truncatingIfNeeded: number))
    }
  }

  /// The sixteen names, by number.
  public static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "brightblack",
    "brightred", "brightgreen", "brightyellow", "brightblue", "brightmagenta", "brightcyan",
    "brightwhite",
  ]
}
