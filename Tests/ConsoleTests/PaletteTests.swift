import Fleet
import Support
import Testing

@testable import Console

@Suite("Actions by their names")
struct PaletteTests {
  private func palette(_ bench: Bench) -> Palette? {
    if case .palette(let palette)? = bench.screen.overlays.last { palette } else { nil }
  }

  @Test(
    "letters are found in their order, better at the starts of words and in a row",
    arguments: [
      ("nw", "new worker", "now and then, what is worth a word"),
      ("page", "page down", "a place for gems"),
      ("pd", "page down", "up and down"), ("arch", "archive it", "a search"),
    ])
  func ranking(_ letters: String, _ better: String, _ worse: String) throws {
    let scores = (Fuzzy.score(letters, in: better), Fuzzy.score(letters, in: worse))
    #expect(try #require(scores.0) > scores.1 ?? 0)
  }

  @Test("letters that are not there, or not in this order, are not found")
  func misses() {
    #expect(Fuzzy.score("wn", in: "new") == nil)
    #expect(Fuzzy.score("x", in: "") == nil)
    #expect(Fuzzy.score("", in: "anything") == 0)
    let long = String(repeating: "a", count: 10_000)
    #expect(Fuzzy.score(long, in: long) != nil)
  }

  @Test("every action of the pane and of everywhere is there once, with its keys")
  func rows() throws {
    var bench = Bench()
    bench.press("ctrl-p")
    let rows = try #require(palette(bench)).rows(bench.screen, bench.fleet)
    let wanted = Set(
      Keymap.standard.bindings.filter {
        $0.context == .everywhere || $0.context == .pane(.workers)
      }.map(\.command)
    ).subtracting([.palette])
    #expect(Set(rows.map(\.binding.command)) == wanted && rows.count == wanted.count)
  }

  @Test("the best fit is done by Enter, as by its key")
  func performs() {
    for (letters, keys) in [("archive", "A"), ("theme", "T"), ("request", "@"), ("$", "$")] {
      var (typed, pressed) = (Bench(), Bench())
      typed.press("ctrl-p \(letters) enter")
      pressed.press(keys)
      #expect(typed.screen.overlays == pressed.screen.overlays && typed.actions == pressed.actions)
    }
  }

  @Test("what cannot be done says why, and stays undone")
  func obstacles() throws {
    var bench = Bench(FleetFixture.empty)
    bench.press("ctrl-p forget")
    let row = try #require(palette(bench)).rows(bench.screen, bench.fleet).first
    #expect(row?.binding.command == .forget && row?.obstacle == "no worker is selected")
    bench.press("enter")
    #expect(palette(bench) != nil && bench.screen.remark == "no worker is selected")
    bench.press("ctrl-u zzzz enter")
    #expect(palette(bench) != nil, "nothing fits, nothing is done")
    bench.press("esc")
    #expect(bench.screen.overlays == [] && bench.actions == [])
  }
}
