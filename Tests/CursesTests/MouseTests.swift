import Canvas
import Testing

@testable import Curses

@Suite("Reports of the mouse")
struct MouseTests {
  private func events(_ bytes: String..., form: MouseReader.Form = .numbers) -> [Event] {
    var keyboard = Keyboard()
    let codes = bytes.flatMap { [.mouse(form)] + $0.utf8.map { Code.byte($0) } }
    keyboard.send(codes, at: 0)
    keyboard.settle()
    return keyboard.events
  }

  @Test(
    "left button and wheel are events, with or without shift; the rest is nothing",
    arguments: [
      ("0;1;1M", Mouse(.press, at: Point(x: 0, y: 0))),
      ("4;80;24M", Mouse(.press, at: Point(x: 79, y: 23))),
      ("0;300;5m", Mouse(.release, at: Point(x: 299, y: 4))),
      ("32;3;4M", Mouse(.drag, at: Point(x: 2, y: 3))),
      ("64;3;4M", Mouse(.wheel(-1), at: Point(x: 2, y: 3))),
      ("81;3;4M", Mouse(.wheel(1), at: Point(x: 2, y: 3))),
      ("1;3;4M", nil), ("2;3;4M", nil), ("35;3;4M", nil), ("66;3;4M", nil), ("64;3;4m", nil),
      ("0;0;1M", nil), ("0;1M", nil), (";;M", nil), ("0;99999;1M", nil), ("M", nil),
    ])
  func numbers(_ bytes: String, _ mouse: Mouse?) {
    #expect(events(bytes) == (mouse.map { [.mouse($0)] } ?? []))
  }

  @Test("the old form is three bytes, whatever they are")
  func bytes() {
    #expect(events(" !!", form: .bytes) == [.mouse(Mouse(.press, at: Point(x: 0, y: 0)))])
    #expect(events("`%*", form: .bytes) == [.mouse(Mouse(.wheel(-1), at: Point(x: 4, y: 9)))])
    #expect(events("#!!", form: .bytes) == [.mouse(Mouse(.release, at: Point(x: 0, y: 0)))])
    #expect(events("\"!!", form: .bytes) == [])
  }

  @Test("a wheel that is turned fast is one event, and so is a way")
  func coalesces() {
    let point = Point(x: 1, y: 1)
    #expect(
      events("65;1;1M", "65;2;2M", "65;2;2M", "64;2;2M") == [
        .mouse(Mouse(.wheel(3), at: point)), .mouse(Mouse(.wheel(-1), at: point)),
      ])
    #expect(
      events("0;1;1M", "32;2;1M", "32;2;2M", "0;2;2m") == [
        .mouse(Mouse(.press, at: Point(x: 0, y: 0))), .mouse(Mouse(.drag, at: point)),
        .mouse(Mouse(.release, at: point)),
      ])
  }

  @Test("a report that breaks off gives the keys behind it back")
  func broken() {
    var keyboard = Keyboard()
    keyboard.send([.mouse(.numbers)] + "0;1".utf8.map { .byte($0) } + [.key(.up)], at: 0)
    keyboard.send([.mouse(.numbers)], at: 100)
    keyboard.send("0;", at: 130)
    keyboard.send("j", at: 200)
    keyboard.settle()
    #expect(keyboard.events == [.key(.up), .key(.character("j"))])
  }

  @Test("a report may come in pieces, and one inside of a paste is none")
  func pieces() {
    var keyboard = Keyboard()
    keyboard.send([.mouse(.numbers)], at: 0)
    for (index, byte) in "65;10;5M".enumerated() {
      keyboard.send(String(byte), at: 50 * (index + 1))
    }
    #expect(keyboard.events == [.mouse(Mouse(.wheel(1), at: Point(x: 9, y: 4)))])
    keyboard.send([.pasteStart, .mouse(.numbers), .byte(0x41), .pasteEnd], at: 1_000)
    #expect(keyboard.events.last == .paste("A"))
  }
}
