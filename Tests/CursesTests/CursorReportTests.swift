import Canvas
import Support
import Testing

@testable import Curses

@Suite("Reports of the cursor")
struct CursorReportTests {
  @Test("while they are awaited they are answers, and what is typed between them are keys")
  func answers() {
    var keyboard = Keyboard()
    keyboard.expectReports(3, at: 0)
    keyboard.send("\u{1B}[24;3R", at: 10)
    keyboard.send("j", at: 100)
    keyboard.send("k\u{1B}[24;2R\u{1B}[60;120R", at: 200)
    #expect(keyboard.columns == [3, 2, 120])
    #expect(keyboard.events == [.key(.character("j")), .key(.character("k"))])
    #expect(keyboard.deadline == nil)
  }

  @Test("one that comes byte by byte is one, however long it takes", arguments: [5, 60, 240])
  func pieces(gap: Int) {
    var keyboard = Keyboard()
    keyboard.expectReports(1, at: 0)
    for (index, byte) in "\u{1B}[24;3R".utf8.enumerated() {
      keyboard.send([.byte(byte)], at: index * gap)
    }
    keyboard.settle()
    #expect(keyboard.columns == [3])
    #expect(keyboard.events == [])
  }

  @Test("F3 is a key, with shift and while answers are awaited too")
  func functionKeys() {
    for count in [0, 7] {
      var keyboard = Keyboard()
      keyboard.expectReports(count, at: 0)
      keyboard.send([.key(.function(3)), .key(.function(15))], at: 10)
      keyboard.send("\u{1B}OR", at: 300)
      // As from a terminal whose database entry does not know it.
      keyboard.send("\u{1B}[1;2R", at: 600)
      keyboard.send("x", at: 900)
      #expect(keyboard.columns == [])
      #expect(
        keyboard.events == [
          .key(.function(3)), .key(.function(15)), .key(.function(3)), .key(.character("x")),
        ])
    }
  }

  @Test("other sequences, chords and Esc mean what they always do")
  func others() {
    var keyboard = Keyboard()
    keyboard.expectReports(7, at: 0)
    keyboard.send("\u{1B}OB", at: 10)
    keyboard.send("\u{1B}b", at: 300)
    keyboard.send("\u{1B}[15~", at: 600)
    keyboard.send("\u{1B}\u{1B}[24;3R", at: 900)
    keyboard.send("\u{1B}", at: 1_200)
    keyboard.send("j", at: 1_230)
    keyboard.send("\u{1B}", at: 1_600)
    #expect(keyboard.deadline != nil)
    keyboard.settle()
    #expect(keyboard.columns == [3])
    #expect(
      keyboard.events == [
        .key(.down), .key(.wordLeft), .key(.function(5)), .key(.escape), .key(.escape),
        .key(.character("j")), .key(.escape),
      ])
  }

  @Test("one that is late is no key, and after five seconds or the last one nothing is held back")
  func late() {
    var keyboard = Keyboard()
    keyboard.expectReports(2, at: 0)
    for (index, byte) in "\u{1B}[24;3R".utf8.enumerated() {
      keyboard.send([.byte(byte)], at: 4_000 + index * 100)
    }
    #expect(keyboard.columns == [3])
    #expect(keyboard.events == [])
    keyboard.send("\u{1B}", at: 5_000)
    #expect(keyboard.events == [.key(.escape)])
    keyboard.expectReports(1, at: 6_000)
    keyboard.send("\u{1B}[24;2R", at: 6_010)
    keyboard.send("\u{1B}", at: 6_300)
    #expect(keyboard.columns == [2])
    #expect(keyboard.events == [.key(.escape), .key(.escape)])
  }

  @Test(
    "what is no report gives no answer and no key",
    arguments: ["[R", "[;R", "[24R", "[24;R", "[0;3R", "[24;0R", "[1;;2R", "[24;3;4R", "[?24;3R"])
  func garbage(_ bytes: String) {
    var keyboard = Keyboard()
    keyboard.expectReports(7, at: 0)
    keyboard.send("\u{1B}\(bytes)", at: 10)
    keyboard.settle()
    #expect(keyboard.columns == [])
    #expect(keyboard.events == [])
  }

  @Test("random bytes while answers are awaited leave the keyboard as it was")
  func fuzz() {
    var generator = Seeded(7)
    let codes: [Code] =
      [.pasteStart, .pasteEnd, .key(.up), .key(.function(3)), .mouse(.numbers)]
      + "\u{1B}\u{1B}[[24;;3RRj\r".utf8.map { Code.byte($0) }
    for _ in 0..<500 {
      var keyboard = Keyboard()
      var time = 0
      for _ in 0..<40 {
        time += Int.random(in: 0...300, using: &generator)
        if Int.random(in: 0...9, using: &generator) == 0 { keyboard.expectReports(7, at: time) }
        let count = Int.random(in: 0...20, using: &generator)
        keyboard.send(
          (0..<count).map { _ in codes.randomElement(using: &generator) ?? .pasteEnd }, at: time)
      }
      keyboard.settle()
      #expect(keyboard.columns.count <= 7 && keyboard.columns.allSatisfy { $0 > 0 })
      let before = keyboard.events.count
      keyboard.send("q", at: time + 20_000)
      #expect(keyboard.events.dropFirst(before) == [.key(.character("q"))])
    }
  }
}
