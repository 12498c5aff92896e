import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Comparing what was said")
struct ComparisonTests {
  @Test("lines that only one text has bear signs, and equal ones are folded")
  func rows() {
    let old = (1...12).map { "line \($0)" }
    var new = old
    new[1] = "line two"
    new.append("line 13")
    let comparison = Comparison(
      "a", old.joined(separator: "\n"), "b", new.joined(separator: "\n"))
    #expect(
      comparison.rows == [
        .same("line 1"), .gone("line 2"), .new("line two"), .same("line 3"), .same("line 4"),
        .skipped(6), .same("line 11"), .same("line 12"), .new("line 13"),
      ])
    #expect((comparison.gone, comparison.new, comparison.left) == (1, 2, 0))
  }

  @Test("any two texts give back both from what is shown", arguments: 0..<200)
  func complete(_ seed: UInt64) {
    var dice = Dice(seed: seed)
    func text() -> [String] { (0..<Int(dice.roll() * 9)).map { _ in "\(Int(dice.roll() * 4))" } }
    let (old, new) = (text(), text())
    let comparison = Comparison(
      "", old.joined(separator: "\n"), "", new.joined(separator: "\n"))
    var (one, two): ([String], [String]) = ([], [])
    for row in comparison.rows {
      switch row {
      case .same(let line):
        one.append(line)
        two.append(line)
      case .gone(let line): one.append(line)
      case .new(let line): two.append(line)
      case .skipped: return
      }
    }
    #expect(one == (old.isEmpty ? [""] : old) && two == (new.isEmpty ? [""] : new))
  }

  @Test("what is beyond the limit is counted, and controls are filtered")
  func bounds() {
    let long = Array(repeating: "x", count: Comparison.lineLimit + 7).joined(separator: "\n")
    #expect(Comparison("a", long, "b", "\u{1B}[2J").left == 7)
    #expect(Comparison("a", "", "b", "\u{1B}[2J").rows == [.gone(""), .new("\u{FFFD}[2J")])
  }

  @Test("two marked workers are compared, else the last two turns, else the reason is said")
  func chooses() {
    var bench = Bench()
    bench.press("1 g =")
    #expect(bench.text.contains("turn 2 and turn 3") || bench.screen.remark != nil)
    bench.press("esc space space =")
    guard case .comparison(let comparison) = bench.screen.overlays.last else {
      Issue.record("no comparison")
      return
    }
    let ids = bench.fleet.workers.inOrder(bench.fleet.workers.marked)
    #expect([comparison.before, comparison.after] == ids.map { bench.fleet.workers[$0]?.title })
    bench.press("q \\ =")
    var one = Bench(FleetFixture.single())
    one.press("=")
    #expect(one.screen.remark?.hasPrefix("nothing to compare") == true)
  }

  @Test("z takes the last local action back")
  func undo() {
    var bench = Bench()
    bench.press("1 p z")
    #expect(bench.fleet.workers.pinned.isEmpty)
    #expect(bench.fleet.notice?.text.hasPrefix("taken back: pinned") == true)
  }
}
