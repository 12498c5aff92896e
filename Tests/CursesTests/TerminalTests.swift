import CNcurses
import Canvas
import Glibc
import Testing

@testable import Curses

/// Curses is one screen for the whole process, so these tests share one on scratch files.
@MainActor
@Suite(.serialized)
struct TerminalTests {
  /// 24 rows of 80 columns, as terminfo says of files.
  static let terminal = Result { () throws -> Terminal in
    let terminal = Terminal(
      input: try scratch(), output: try scratch(),
      environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"])
    try terminal.claim()
    return terminal
  }

  static func scratch() throws -> Int32 {
    let file = try #require(tmpfile())
    return fileno(file)
  }

  func shown(_ frame: Frame) throws -> Terminal {
    let terminal = try Self.terminal.get()
    try terminal.claim()
    terminal.present(frame)
    return terminal
  }

  struct Seen: Hashable {
    var glyph: String
    var attributes: attr_t
    var colors: [Int32]
  }

  /// What curses believes to be on the screen.
  func seen(x: Int32, y: Int32) -> Seen {
    var cell = cchar_t()
    mvwin_wch(curses_screen_window(), y, x, &cell)
    var characters = [wchar_t](repeating: 0, count: 6)
    var attributes: attr_t = 0
    var pair: Int32 = 0
    _ = curses_get_cell(&cell, &characters, &attributes, &pair)
    var (foreground, background): (Int32, Int32) = (-1, -1)
    if pair > 0 { extended_pair_content(pair, &foreground, &background) }
    let styles =
      curses_bold() | curses_dim() | curses_italic() | curses_underline() | curses_reverse()
    let scalars = characters.prefix { $0 != 0 }.compactMap { Unicode.Scalar(UInt32($0)) }
    return Seen(
      glyph: scalars.reduce(into: "") { $0.unicodeScalars.append($1) },
      attributes: attributes & styles, colors: [foreground, background])
  }

  func row(_ y: Int32, columns: Int32) -> String {
    var text = ""
    var x: Int32 = 0
    while x < columns {
      let glyph = seen(x: x, y: y).glyph
      text += glyph
      x += max(1, Int32(Width.of(glyph)))
    }
    return text
  }

  @Test("Cells arrive in curses with glyph, attributes and colours")
  func cells() throws {
    var frame = Frame(size: Size(columns: 80, rows: 24))
    frame.write("plain", x: 0, y: 0)
    frame.write(
      "日e\u{301}👩‍👩‍👧|", x: 2, y: 1,
      Style(foreground: .ansi(1), background: .indexed(208), attributes: [.bold, .underline]))
    frame.write("x", x: 79, y: 23, Style(foreground: .rgb(255, 0, 0), attributes: .reverse))
    let terminal = try shown(frame)
    #expect(terminal.size == Size(columns: 80, rows: 24))
    #expect([terminal.depth == .indexed256, terminal.isUnicode] == [true, true])
    #expect(row(0, columns: 8) == "plain   ")
    #expect(row(1, columns: 10) == "  日e\u{301}👩|  ")
    let loud = curses_bold() | curses_underline()
    #expect(seen(x: 4, y: 1) == Seen(glyph: "e\u{301}", attributes: loud, colors: [1, 208]))
    #expect(seen(x: 7, y: 1) == Seen(glyph: "|", attributes: loud, colors: [1, 208]))
    #expect(
      seen(x: 79, y: 23) == Seen(glyph: "x", attributes: curses_reverse(), colors: [196, -1]))
    #expect(seen(x: 0, y: 0) == Seen(glyph: "p", attributes: 0, colors: [-1, -1]))
  }

  @Test("A frame of another size is cut and the rest is blank")
  func sizes() throws {
    var large = Frame(size: Size(columns: 90, rows: 30), style: Style(attributes: .bold))
    large.fill(large.bounds, .plain, glyph: "#")
    large.write("日", x: 79, y: 0)
    _ = try shown(large)
    #expect(row(0, columns: 80) == String(repeating: "#", count: 79) + " ")
    #expect(row(23, columns: 80) == String(repeating: "#", count: 80))
    var small = Frame(size: Size(columns: 3, rows: 1))
    small.write("abc", x: 0, y: 0)
    _ = try shown(small)
    #expect(row(0, columns: 80).trimmed == "abc")
    #expect(row(23, columns: 80).trimmed == "")
  }

  @Test("A frame is one write, and an equal frame is none")
  func writes() throws {
    var frame = Frame(size: Size(columns: 80, rows: 24))
    let terminal = try shown(frame)
    let start = lseek(terminal.output, 0, SEEK_CUR)
    terminal.present(frame)
    #expect(lseek(terminal.output, 0, SEEK_CUR) == start)
    frame.write("one", x: 10, y: 3)
    frame.write("two", x: 40, y: 20)
    terminal.present(frame)
    let end = lseek(terminal.output, 0, SEEK_CUR)
    var bytes = [UInt8](repeating: 0, count: Int(end - start))
    pread(terminal.output, &bytes, bytes.count, start)
    let sent = String(decoding: bytes, as: UTF8.self)
    #expect(sent.contains("one") && sent.contains("two"))
    #expect(bytes.count < 60)
  }

  @Test("Restoring twice and claiming again shows the last frame")
  func again() throws {
    var frame = Frame(size: Size(columns: 80, rows: 24))
    frame.write("still here", x: 0, y: 5)
    let terminal = try shown(frame)
    terminal.restore()
    terminal.restore()
    let start = lseek(terminal.output, 0, SEEK_CUR)
    terminal.present(frame)
    #expect(lseek(terminal.output, 0, SEEK_CUR) == start)
    try terminal.claim()
    #expect(lseek(terminal.output, 0, SEEK_CUR) > start)
    #expect(row(5, columns: 12) == "still here  ")
  }

  @Test(
    "Where our screen stays, the shell gets an empty last row",
    arguments: [
      (["rmcup": "\u{1B}[?1049l", "el": "\u{1B}[K"], ""), (["el": "\u{1B}[K$<3>"], "\r\u{1B}[K"),
      ([:], "\r\n"),
    ] as [([String: String], String)])
  func farewell(capabilities: [String: String], bytes: String) {
    #expect(ControlSequence.farewell { capabilities[$0] } == Array(bytes.utf8))
  }

  @Test("A terminal that cannot be used is named in the error")
  func refused() throws {
    func error(_ term: String) -> String {
      do {
        let terminal = Terminal(
          input: try Self.scratch(), output: try Self.scratch(), environment: ["TERM": term],
          requiresTerminal: term == "file")
        try terminal.claim()
        return "claimed"
      } catch {
        return "\(error)"
      }
    }
    #expect(error("").contains("TERM is not set"))
    #expect(error("file") == "standard input and output are not a terminal")
  }

  @Test("Every scalar is as wide here as the C library says, or is folded away")
  func widths() {
    _ = Locale.adopt(["LC_ALL": "C.UTF-8"])
    var wrong: [UInt32] = []
    for value in UInt32(1)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = Width.fold(Character(scalar))
      let expected = folded.unicodeScalars.reduce(0) { $0 + Int(curses_width(wchar_t($1.value))) }
      if Width.of(Character(scalar)) != expected { wrong.append(value) }
      // What the library shows stays as it is, but for the letters of flags.
      if curses_width(wchar_t(value)) > 0, !(0x1F1E6...0x1F1FF ~= value) {
        if folded.unicodeScalars.first != scalar { wrong.append(value) }
      }
    }
    #expect(wrong == [])
  }

  @Test("Terminfo strings lose their delays")
  func delays() {
    let padded = "\u{1B}[?5h$<100/>\u{1B}[K$<5>"
    #expect(ControlSequence.unpadded(padded) == Array("\u{1B}[?5h\u{1B}[K".utf8))
    #expect(ControlSequence.unpadded("$<") == Array("$<".utf8))
  }
}

extension String {
  fileprivate var trimmed: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
