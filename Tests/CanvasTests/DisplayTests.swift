import Canvas
import Support
import Testing

@MainActor
struct DisplayTests {
  @Test("The fake display keeps frames and delivers what a test presses")
  func fake() throws {
    let display = FakeDisplay(size: Size(columns: 10, rows: 2))
    var batches: [[Event]] = []
    display.listen { batches.append($0) }
    try display.claim()
    display.press("j ctrl-d ab")
    display.paste("two\nlines")
    display.resize(columns: 20, rows: 5)
    #expect(
      batches == [
        [.key(.character("j"))], [.key(.control("d"))], [.key(.character("a"))],
        [.key(.character("b"))], [.paste("two\nlines")], [.resize(Size(columns: 20, rows: 5))],
      ])
    var frame = Frame(size: display.size)
    frame.write("hello", x: 0, y: 0)
    display.present(frame)
    #expect(display.frame == frame)
    #expect(display.text.hasPrefix("hello"))
    display.restore()
    #expect(!display.isClaimed)
  }
}
