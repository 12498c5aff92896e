import CNcurses
public import Canvas
import Glibc

/// What the terminal database, the locale and the terminal itself say, for somebody who wonders.
public struct TerminalProbe: Sendable {
  /// Samples of what terminals disagree about, by name.
  public static let samples: [(name: String, text: String)] = [
    ("CJK", "東"), ("combining mark", "e\u{301}"), ("emoji", "🎉"), ("emoji sign", "⚠\u{FE0F}"),
    ("joined emoji", "👩\u{200D}💻"), ("box drawing", "─"), ("ambiguous", "±"),
  ]

  /// The samples as they are drawn, in the same order.
  static var drawnSamples: [String] {
    samples.map { sample -> String in sample.text.map { Width.fold($0) }.joined() }
  }
  /// Columns that are enough for each of them, however wide a terminal draws it.
  static let sampleRoom = 8

  public var term: String
  /// The entry that would stand in; nil where the database has the terminal's own.
  public var standIn: String?
  public var placesCursor = false
  public var colors = 0
  public var isDirect = false
  public var isUnicode: Bool
  /// It is known to be told where links lead (OSC 8).
  public var takesLinks: Bool
  /// The locale that the environment asks for, and whether it had to be replaced.
  public var locale: String
  public var isLocaleReplaced: Bool
  public var size: Size?
  /// Columns of the samples by the C library.
  public var widths: [Int]

  /// Looks only at tables; belongs before curses has a screen, or beside one: it keeps that screen's.
  public init(environment: [String: String]) {
    term = environment["TERM"] ?? ""
    takesLinks = ControlSequence.takesLinks(environment)
    locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    isLocaleReplaced = !locale.isEmpty && setlocale(LC_CTYPE, locale) == nil
    isUnicode = Locale.adopt(environment)
    var (rows, columns): (Int32, Int32) = (0, 0)
    size =
      curses_terminal_size(STDOUT_FILENO, &rows, &columns)
      ? Size(columns: Int(columns), rows: Int(rows)) : nil
    widths = Self.samples.map { _, text in
      text.reduce(0) { sum, character in
        Width.fold(character).unicodeScalars.reduce(sum) {
          $0 + max(0, Int(curses_width(wchar_t($1.value))))
        }
      }
    }
    readDatabase()
  }

  /// Columns of the samples by this program.
  public static var ourWidths: [Int] { samples.map { Width.of($0.text) } }

  public static var version: String {
    // The library puts its name before the number.
    let words = String(cString: curses_version()).split(separator: " ")
    return String(words.last ?? "?")
  }

  private mutating func readDatabase() {
    let before = set_curterm(nil)
    defer {
      if let mine = set_curterm(before) { del_curterm(mine) }
    }
    for name in [term] + StandIn.names(for: term) where !name.isEmpty {
      var found: Int32 = 0
      guard curses_succeeded(setupterm(name, STDOUT_FILENO, &found)) else { continue }
      standIn = name == term ? nil : name
      placesCursor = curses_capability("cup") != nil
      colors = max(0, Int(tigetnum("colors")))
      isDirect =
        colors > 256
        && (curses_has_flag("RGB") || tigetnum("RGB") > 0 || curses_capability("RGB") != nil)
      return
    }
  }
}
