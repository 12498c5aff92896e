import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Selecting lines of the output")
struct SelectTests {
  private func bench(_ text: String, columns: Int = 40) -> Bench {
    var bench = Bench(FleetFixture.single(), columns: columns, rows: 24)
    bench.tell(
      .stream(
        worker: "wrk_one",
        .items(
          [
            .start(messageID: "m", metadata: nil), .textStart(id: "t"),
            .textDelta(id: "t", delta: DeltaText(text)),
          ].map { StreamItem($0) })))
    bench.press("2 f")
    return bench
  }

  @Test("nothing is selected until v is pressed, and nothing after Esc")
  func modes() {
    var bench = bench("one\n\ntwo\n\nthree")
    #expect(bench.screen.selectedLines(bench.fleet) == nil)
    bench.press("v")
    #expect(bench.screen.selectedLines(bench.fleet) == "three")
    #expect(bench.rows[1].contains("SELECT 1 line "))
    bench.press("k k")
    #expect(bench.screen.selectedLines(bench.fleet) == "two\n\nthree")
    #expect(bench.rows[1].contains("SELECT 3 lines"))
    bench.press("v k k")
    #expect(bench.screen.selectedLines(bench.fleet) == "two\n\nthree")
    bench.press("v")
    #expect(bench.screen.selectedLines(bench.fleet) == "one")
    bench.press("esc")
    #expect(bench.screen.selectedLines(bench.fleet) == nil)
    #expect(bench.screen.focus == .output)
  }

  @Test("lines that were broken to fit are one again, without the margin")
  func joins() {
    let words = "> one two three four five six seven eight nine ten eleven twelve"
    var bench = bench("\(words)\n\n```\na  b\n```")
    bench.press("v g")
    let text = bench.screen.selectedLines(bench.fleet)
    #expect(
      text == "Read the news.\n\n▏ one two three four five six seven eight nine ten eleven twelve"
        + "\n\n  a  b")
  }

  @Test("the lines stay chosen when they are laid out anew", arguments: ["w", "V", "t", "R"])
  func layouts(_ way: String) {
    let text = (1...60).map { "paragraph \($0): " + String(repeating: "words ", count: 12) }
    var bench = bench(text.joined(separator: "\n\n"), columns: 60)
    bench.press("g ctrl-d ctrl-d v j j j")
    let chosen = bench.screen.selectedLines(bench.fleet)
    bench.press(way)
    bench.resize(90, 30)
    bench.resize(45, 20)
    let first = chosen?.split(separator: " ").prefix(2).joined(separator: " ") ?? "none"
    #expect(bench.screen.selectedLines(bench.fleet)?.contains(first) == true, "\(way): \(first)")
    bench.resize(60, 24)
    if way != "R" { bench.press(way == "t" ? "t t" : way) } else { bench.press("R R R") }
    #expect(bench.screen.selectedLines(bench.fleet) == chosen)
  }

  @Test("the selection stays with its lines while text streams")
  func streaming() {
    var bench = bench((1...50).map { "line \($0)\n\n" }.joined())
    bench.press("v k k k k")
    let text = bench.screen.selectedLines(bench.fleet)
    let rows = bench.rows[2..<20]
    bench.tell(
      .stream(
        worker: "wrk_one", .items([StreamItem(.textDelta(id: "t", delta: "more\n\nand more\n\n"))]))
    )
    #expect(bench.screen.selectedLines(bench.fleet) == text)
    #expect(bench.rows[2..<20] == rows)
  }

  @Test("the cursor moves the text when it leaves the screen, at either end and no further")
  func scrolls() {
    var bench = bench((1...50).map { "line \($0)\n\n" }.joined())
    bench.press("v pgup pgup pgup pgup pgup pgup")
    #expect(bench.rows[2] == "you   Read the news.")
    bench.press("pgdn pgdn pgdn pgdn pgdn pgdn pgdn")
    #expect(bench.rows[21] == "      line 50")
  }

  @Test("enter opens one tool call, and folds it again")
  func opens() {
    var bench = Bench()
    bench.press("2 f g")
    let folded = bench.rows
    bench.press("enter")
    let opened = bench.rows
    #expect(opened.count { $0.hasPrefix("think") } == 1)
    #expect(opened != folded)
    bench.press("enter")
    #expect(bench.rows[2..<22] == folded[2..<22])
    bench.press("x enter")
    #expect(bench.rows[2..<22] != folded[2..<22])
    bench.press("v enter")
    #expect(bench.rows[23] == "> this line is no tool call and no thought")
  }
}
