import Canvas
import Support
import Testing

@testable import Curses

/// Feeds a reader what a keyboard sends, each piece at its millisecond.
struct Keyboard {
  private let start = ContinuousClock.now
  private var reader = KeyReader()
  private(set) var events: [Event] = []

  mutating func send(_ bytes: String, at milliseconds: Int) {
    send(bytes.utf8.map { .byte($0) }, at: milliseconds)
  }

  mutating func send(_ codes: [Code], at milliseconds: Int) {
    events += reader.read(codes, at: start + .milliseconds(milliseconds))
  }

  var deadline: ContinuousClock.Instant? { reader.deadlines.min() }

  /// Where the cursor was said to be.
  var columns: [Int] { reader.reports.columns }

  mutating func expectReports(_ count: Int, at milliseconds: Int) {
    reader.reports.expect(count, at: start + .milliseconds(milliseconds))
  }

  /// Lets the time pass that the reader asked for.
  mutating func settle() {
    while let deadline { events += reader.expire(at: deadline) }
  }
}

struct KeyReaderTests {
  @Test(
    "A key that comes alone is an event at once, but for Enter",
    arguments: [
      ("j", .character("j")), (" ", .character(" ")), ("\n", .control("j")),
      ("\t", .tab), ("\u{1B}", .escape), ("\u{7F}", .backspace), ("\u{8}", .backspace),
      ("\u{4}", .control("d")), ("\u{1C}", .control("\\")), ("\u{1F}", .control("_")),
      ("é", .character("é")), ("日", .character("日")), ("👍", .character("👍")),
    ] as [(String, Key)])
  func alone(bytes: String, key: Key) {
    var keyboard = Keyboard()
    keyboard.send(bytes, at: 0)
    #expect(keyboard.events == [.key(key)])
  }

  @Test("Keys that curses recognised pass through")
  func recognised() {
    var keyboard = Keyboard()
    keyboard.send([.key(.up), .key(.function(5))], at: 0)
    #expect(keyboard.events == [.key(.up), .key(.function(5))])
  }

  @Test("A few keys at a time stay keys, in their order")
  func few() {
    var keyboard = Keyboard()
    keyboard.send("jk\r", at: 0)
    keyboard.send([.key(.up), .byte(0x78)], at: 15)
    keyboard.send("z", at: 60)
    #expect(
      keyboard.events == [
        .key(.character("j")), .key(.character("k")), .key(.enter), .key(.up),
        .key(.character("x")), .key(.character("z")),
      ])
  }

  @Test("Bytes that are not UTF-8 become one sign each and lose nothing else")
  func invalid() {
    var keyboard = Keyboard()
    keyboard.send([.byte(0xFF)], at: 0)
    keyboard.send([.byte(0xC3)], at: 100)
    keyboard.send("a", at: 200)
    keyboard.send([.byte(0xC3)], at: 300)
    keyboard.send([.byte(0xA9)], at: 400)
    #expect(
      keyboard.events == [
        .key(.character("\u{FFFD}")), .key(.character("a")), .key(.character("é")),
      ])
  }

  static let text = (1...50).map { "línea \($0): 日本 text" }.joined(separator: "\r")

  @Test(
    "requirement 4: fifty pasted lines in pieces of seven bytes are one paste",
    arguments: [true, false])
  func pieces(hasMarkers: Bool) {
    var keyboard = Keyboard()
    let codes = Self.text.utf8.map { Code.byte($0) }
    let whole = hasMarkers ? [.pasteStart] + codes + [.pasteEnd] : codes
    for start in stride(from: 0, to: whole.count, by: 7) {
      keyboard.send(Array(whole[start..<min(start + 7, whole.count)]), at: start / 7 * 30)
    }
    keyboard.settle()
    let lines = (1...50).map { "línea \($0): 日本 text" }.joined(separator: "\n")
    #expect(keyboard.events == [.paste(lines)])
  }

  @Test("Markers that a slow link tore apart still mark")
  func torn() {
    var keyboard = Keyboard()
    for (index, piece) in ["\u{1B}", "[20", "0~ab", "\rc\u{1B}[", "20", "1~", "x"].enumerated() {
      keyboard.send(piece, at: index * 100)
    }
    #expect(keyboard.events == [.key(.escape), .paste("ab\nc"), .key(.character("x"))])
  }

  @Test("Line ends become newlines and controls inside of a paste are dropped")
  func cleaning() {
    var keyboard = Keyboard()
    keyboard.send([.pasteStart], at: 0)
    keyboard.send("a\r\nb\rc\nd\te\u{1B}[Af\u{7}\u{9B}g\r", at: 1)
    keyboard.send([.key(.up), .pasteStart], at: 2)
    keyboard.send("\n\nh", at: 3)
    keyboard.send([.pasteEnd, .pasteEnd], at: 4)
    #expect(keyboard.events == [.paste("a\nb\nc\nd\te[Afg\n\nh")])
  }

  @Test("A paste is bounded and its rest is dropped")
  func bound() {
    var keyboard = Keyboard()
    keyboard.send([.pasteStart], at: 0)
    let chunk = [Code](repeating: .byte(0x61), count: 1 << 16)
    for index in 1...20 { keyboard.send(chunk, at: index) }
    keyboard.send([.pasteEnd, .byte(0x62)], at: 30)
    keyboard.settle()
    #expect(
      keyboard.events == [
        .paste(String(repeating: "a", count: 1 << 20)), .key(.character("b")),
      ])
  }

  @Test("A paste whose end marker got lost ends after ten seconds of silence")
  func lost() {
    var keyboard = Keyboard()
    keyboard.send([.pasteStart, .byte(0x61)], at: 0)
    keyboard.send("b", at: 9_000)
    keyboard.send("c", at: 19_001)
    #expect(keyboard.events == [.paste("ab"), .key(.character("c"))])
  }

  @Test("After a bare ESC letters that can end a sequence are ignored for 250 ms")
  func letters() {
    for letter in "[OABCDFH~" {
      var keyboard = Keyboard()
      keyboard.send("\u{1B}", at: 0)
      keyboard.send(String(letter), at: 249)
      #expect(keyboard.events == [.key(.escape)])
      var later = Keyboard()
      later.send("\u{1B}", at: 0)
      later.send(String(letter), at: 250)
      #expect(later.events == [.key(.escape), .key(.character(letter))])
    }
    var other = Keyboard()
    other.send("\u{1B}", at: 0)
    other.send("j", at: 20)
    #expect(other.events == [.key(.escape), .key(.character("j"))])
  }

  @Test("An ESC that comes at once with what follows is a chord, and only words are edited by it")
  func chords() {
    var keyboard = Keyboard()
    for (index, text) in "qxAO[\u{E9}\u{65E5} \u{1F44D}".enumerated() {
      keyboard.send("\u{1B}\(text)", at: index * 1_000)
    }
    keyboard.send("\u{1B}[1;9D", at: 20_000)
    keyboard.send("\u{1B}[a", at: 21_000)
    keyboard.send([.byte(0x1B), .byte(0xC3)], at: 22_000)
    #expect(keyboard.events == [])
    for (index, text) in ["b", "f", "d", "\u{7F}", "\u{8}"].enumerated() {
      keyboard.send("\u{1B}\(text)", at: 30_000 + index)
    }
    keyboard.send([.byte(0x1B), .key(.backspace)], at: 31_000)
    keyboard.settle()
    #expect(
      keyboard.events == [
        .key(.wordLeft), .key(.wordRight), .key(.wordDelete), .key(.wordBackspace),
        .key(.wordBackspace), .key(.wordBackspace),
      ])
  }

  @Test("After a chord and beside one, keys are keys")
  func besideChords() {
    var keyboard = Keyboard()
    keyboard.send("j\u{1B}qk", at: 0)
    keyboard.settle()
    keyboard.send("\u{1B}", at: 1_000)
    keyboard.send([.key(.backspace)], at: 1_050)
    keyboard.send("q", at: 1_100)
    keyboard.send("\u{1B}\u{1B}", at: 2_000)
    keyboard.send([.byte(0x1B), .key(.up)], at: 3_000)
    keyboard.send("\u{1B}[1;9D", at: 4_000)
    keyboard.send("x", at: 4_100)
    #expect(
      keyboard.events == [
        .key(.character("j")), .key(.character("k")), .key(.escape), .key(.backspace),
        .key(.character("q")), .key(.escape), .key(.escape), .key(.escape), .key(.up),
        .key(.character("x")),
      ])
  }

  @Test("requirement 13: arrow keys byte by byte move and never act", arguments: [20, 60, 90])
  func slow(gap: Int) {
    var keyboard = Keyboard()
    let bytes = "\u{1B}[A\u{1B}OB\u{1B}[5~\u{1B}[1;5C\u{1B}[15~"
    for (index, byte) in bytes.utf8.enumerated() {
      keyboard.send([.byte(byte)], at: index * gap)
    }
    #expect(
      keyboard.events.filter { $0 != .key(.escape) } == [
        .key(.up), .key(.down), .key(.pageUp), .key(.function(5)),
      ])
  }

  @Test("Random bytes at random times lose no paste state and end without a deadline")
  func fuzz() {
    var generator = Seeded(5)
    let codes: [Code] =
      [.pasteStart, .pasteEnd, .key(.up), .key(.enter), .byte(0x1B), .byte(0x5B), .byte(0x0D)]
      + [.byte(0x32), .byte(0x7E), .byte(0xC3), .byte(0xA9), .byte(0x61), .byte(0x00)]
    for _ in 0..<500 {
      var keyboard = Keyboard()
      var time = 0
      for _ in 0..<40 {
        time += Int.random(in: 0...60, using: &generator)
        let count = Int.random(in: 0...20, using: &generator)
        keyboard.send(
          (0..<count).map { _ in codes.randomElement(using: &generator) ?? .pasteEnd }, at: time)
      }
      keyboard.settle()
      let before = keyboard.events.count
      keyboard.send("q", at: time + 20_000)
      #expect(keyboard.events.dropFirst(before) == [.key(.character("q"))])
      for event in keyboard.events {
        guard case .paste(let text) = event else { continue }
        #expect(!text.isEmpty && !text.contains("\r") && !text.contains("\u{1B}"))
      }
    }
  }
}
