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

  @Test("every action of all panes and of everywhere is there once, those of this pane first")
  func rows() throws {
    var bench = Bench()
    bench.press("ctrl-p")
    let rows = try #require(palette(bench)).rows(bench.screen, bench.fleet)
    let all = Keymap.standard.bindings.filter {
      if case .pane = $0.context { true } else { $0.context == .everywhere }
    }
    let wanted = Set(all.map(\.command)).subtracting([.palette])
    #expect(Set(rows.map(\.binding.command)) == wanted && rows.count == wanted.count)
    let places = rows.map(\.binding.context).reduce(into: [Binding.Context]()) {
      if $0.last != $1 { $0.append($1) }
    }
    #expect(places.prefix(3) == [.pane(.workers), .everywhere, .pane(.output)])
    #expect(Set(places).count == places.count)
  }

  @Test("an action of another pane goes there first")
  func elsewhere() {
    var bench = Bench()
    bench.press("1 ctrl-p")
    bench.type("break long")
    #expect(bench.text.contains("break long lines, or let them go on"))
    #expect(bench.text.contains("Output  w"))
    bench.press("enter")
    #expect(bench.screen.focus == .output && !bench.screen.reading.isWrapped)
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
