import Canvas
import Testing

@testable import Curses

@Suite("Pastes without markers")
struct KeyBurstTests {
  private func keys(_ text: String) -> [Event] {
    text.map { character in
      switch character {
      case "\r": .key(.enter)
      case "\t": .key(.tab)
      default: .key(.character(character))
      }
    }
  }

  /// What comes of pieces, each at its millisecond.
  private func events(_ pieces: (at: Int, bytes: String)...) -> [Event] {
    var keyboard = Keyboard()
    for piece in pieces { keyboard.send(piece.bytes, at: piece.at) }
    keyboard.settle()
    return keyboard.events
  }

  /// The text of a paste; of other events what is in no text.
  private func pasted(_ event: Event) -> String {
    guard case .paste(let text) = event else { return "<\(event)>" }
    return text
  }

  @Test(
    "requirement 4: text with its line end at once is a paste, however short it is",
    arguments: [
      ("check prices\r", "check prices\n"), ("abc\r", "abc\n"), ("\rabc", "\nabc"),
      ("a\rb\nc", "a\nb\nc"), ("aaa\r", "aaa\n"), ("one\ttwo\r\n\r\nthree", "one\ttwo\n\nthree"),
      ("日本語\r", "日本語\n"), ("prices", "prices"), ("Read this page", "Read this page"),
    ])
  func short(bytes: String, text: String) {
    #expect(events((0, bytes)) == [.paste(text)])
  }

  @Test(
    "A few keys at once, and one that is held down, stay keys",
    arguments: [
      "j", "jj", "jjjjjjjjjjjjjjjjjjjjjjjj", "jjjjjjjjjjk", "jk\r", "y\r", "\r\r\r\r", "2++",
      "    ", "\t\t\tab\r", "ggjjk",
    ])
  func few(bytes: String) {
    #expect(events((0, bytes)) == keys(bytes))
  }

  @Test("Arrows at once are keys at once, and so are other keys that no text contains")
  func arrows() {
    var keyboard = Keyboard()
    let codes = [Key.down, .down, .down, .up, .pageDown, .function(5), .backspace, .left, .right]
    keyboard.send(codes.map { .key($0) }, at: 0)
    keyboard.send("\u{4}\u{15}\u{3}", at: 100)
    let keys = codes + [.control("d"), .control("u"), .control("c")]
    #expect(keyboard.events == keys.map { .key($0) })
    #expect(keyboard.deadline == nil)
  }

  @Test("Enter alone is a key as soon as nothing follows it for 40 ms")
  func enter() {
    for codes in [[Code.byte(0x0D)], [.key(.enter)]] {
      var keyboard = Keyboard()
      keyboard.send(codes, at: 0)
      #expect(keyboard.events == [])
      keyboard.settle()
      #expect(keyboard.events == [.key(.enter)])
      #expect(keyboard.deadline == nil)
    }
    var chased = Keyboard()
    chased.send("\r", at: 0)
    chased.send([.key(.up)], at: 20)
    #expect(chased.events == [.key(.enter), .key(.up)])
  }

  @Test("Enter as the first byte of a paste is text, and behind a first letter too")
  func first() {
    #expect(events((0, "\r"), (30, "two lin"), (60, "es\r")) == [.paste("\ntwo lines\n")])
    #expect(
      events((0, "a"), (30, "\r"), (60, "bcd")) == [.key(.character("a")), .paste("\nbcd")])
  }

  @Test("Typed keys are events at once, and the Enter behind them is one")
  func typed() {
    var keyboard = Keyboard()
    for (index, letter) in "prices".enumerated() {
      keyboard.send(String(letter), at: index * 30)
      #expect(keyboard.events == keys(String("prices".prefix(index + 1))))
    }
    keyboard.send("\r", at: 180)
    keyboard.settle()
    #expect(keyboard.events == keys("prices\r"))
  }

  @Test("A key that is held down is not kept back until it is let go")
  func repeats() {
    var keyboard = Keyboard()
    keyboard.send("jj", at: 0)
    keyboard.send("j", at: 33)
    keyboard.send("j", at: 66)
    #expect(keyboard.events == keys("jjjj"))
    #expect(keyboard.deadline == nil)
  }

  private static let lines = (1...50).map { "q línea \($0): 日本 text" }

  @Test(
    "requirement 4: fifty lines in pieces of seven bytes are text, and so they are after a stall",
    arguments: ["\r", "\n", "\r\n"], [0, 200])
  func stalls(lineEnd: String, stall: Int) {
    let bytes = Array((Self.lines.joined(separator: lineEnd) + lineEnd).utf8)
    let text = Self.lines.joined(separator: "\n") + "\n"
    let count = (bytes.count + 6) / 7
    // The stall is at another place each time.
    for place in stride(from: 1, to: count, by: stall == 0 ? count : 2) {
      var keyboard = Keyboard()
      for index in 0..<count {
        let piece = bytes[(index * 7)..<min(index * 7 + 7, bytes.count)]
        let time = index * 30 + (index >= place ? stall : 0)
        keyboard.send(piece.map { .byte($0) }, at: time)
      }
      keyboard.settle()
      #expect(keyboard.events.map(pasted).joined() == text)
      #expect(keyboard.events.count == (stall == 0 ? 1 : 2))
    }
  }

  @Test("The tail of a paste is text for 250 ms, and each piece of it renews them")
  func tail() {
    #expect(
      events((0, "abc\rd"), (200, "D"), (449, "\r"), (690, "y\t")) == [
        .paste("abc\nd"), .paste("D"), .paste("\n"), .paste("y\t"),
      ])
    #expect(events((0, "abc\rd"), (250, "D")) == [.paste("abc\nd")] + keys("D"))
    #expect(events((0, "abc\rd"), (250, "\r")) == [.paste("abc\nd")] + keys("\r"))
    #expect(events((0, "check prices"), (249, "\r")) == [.paste("check prices"), .paste("\n")])
  }

  @Test("A line end that a stall tore apart is one")
  func tornLineEnd() {
    #expect(
      events((0, "abc\r"), (100, "\ndef"), (200, "\r"), (300, "\n"), (400, "\n")) == [
        .paste("abc\n"), .paste("def"), .paste("\n"), .paste("\n"),
      ])
  }

  @Test("Escape and controls act behind a paste, and do not make its tail keys")
  func controls() {
    var keyboard = Keyboard()
    keyboard.send("abc\rd", at: 0)
    keyboard.send([.key(.left), .byte(0x15), .byte(0x7F), .byte(0x1B)], at: 50)
    keyboard.send("q", at: 100)
    keyboard.settle()
    #expect(
      keyboard.events == [
        .paste("abc\nd"), .key(.left), .key(.control("u")), .key(.backspace), .key(.escape),
        .paste("q"),
      ])
  }

  @Test("The guard needs no timer, and a paste with markers needs no guard")
  func ends() {
    var keyboard = Keyboard()
    keyboard.send("abc\rd", at: 0)
    keyboard.settle()
    #expect(keyboard.deadline == nil)
    keyboard.send([.pasteStart] + "e\rf".utf8.map { .byte($0) } + [.pasteEnd], at: 100)
    #expect(keyboard.deadline == nil)
    keyboard.send("\r", at: 120)
    keyboard.settle()
    #expect(keyboard.events == [.paste("abc\nd"), .paste("e\nf"), .key(.enter)])
  }

  @Test("A flood without markers is pastes of a bounded size")
  func flood() {
    var keyboard = Keyboard()
    let line = Array("a line\r".utf8)
    let codes = (0..<(1 << 16)).map { Code.byte(line[$0 % line.count]) }
    for index in 0..<5 { keyboard.send(codes, at: index) }
    keyboard.settle()
    #expect(keyboard.events.map { pasted($0).utf8.count } == [1 << 18, 1 << 16])
  }
}
