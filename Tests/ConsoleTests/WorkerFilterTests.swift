import Fleet
import Support
import Testing

@testable import Console

@Suite("The filter of the list")
struct WorkerFilterTests {
  private func listed(_ text: String) throws -> [String] {
    var listing = Listing()
    let fleet = FleetFixture.full
    listing.filter = try WorkerFilter.read(text, budgets: Screen.budgets(fleet))
    return WorkerList(fleet, showsGroups: false).ids.filter { listing.admits($0, fleet) }
  }

  @Test(
    "each kind of word leaves those that are so, and all words must hold",
    arguments: [
      ("price", ["prices"]), ("PRICE", []), ("!e", ["tokyo"]), ("wrk_old", ["old"]),
      ("展示会", ["tokyo"]), ("\"find grants\"", ["grants"]), ("find museums", ["grants"]),
      ("s:run", ["prices", "review", "weather"]), ("s:run,pend b:std", ["review", "index"]),
      ("s:fail", ["leads"]), ("s:new", ["tokyo", "digest"]), ("s:?", ["later", "gone"]),
      ("s:d", ["old", "party", "grants"]), ("b:high", ["prices", "grants"]), ("b:unl", ["gone"]),
      ("b:extra", ["later"]), ("cost>2", ["tokyo", "prices"]),
      ("cost<=0.4", ["digest", "weather", "old"]), ("cost>=9.8", ["prices"]),
      ("cost<0.2", ["weather"]),
      ("!s:run cost>1", ["tokyo", "leads", "grants"]),
      ("/^(price|contract)-/", ["prices", "review"]), ("/^p|for small/ !watch", ["grants"]),
      ("/wat", ["prices"]),
    ])
  func words(_ text: String, _ ids: [String]) throws {
    #expect(try listed(text) == ids.map { "wrk_\($0)" })
  }

  @Test(
    "what asks for nothing yet is no filter", arguments: ["", "  ", "!", "s:", "b:", "/", "\""])
  func nothing(_ text: String) throws {
    #expect(try WorkerFilter.read(text) == nil)
  }

  @Test("a value that no worker can have is named beside the filter, and the list stays")
  func live() {
    for (text, problem) in [
      ("b:hgih", "hgih is no budget: low"), ("s:bogus", "bogus is no state: run"),
    ] {
      var bench = Bench()
      bench.press("1 /")
      bench.type(text)
      #expect(bench.rows[23].contains(problem), "\(bench.rows[23])")
      #expect(bench.screen.list(bench.fleet).ids.count > 0)
    }
    var bench = Bench()
    bench.press("1 /")
    bench.type("b:ext")
    #expect(bench.rows[23].contains("1/12"))
  }

  @Test(
    "what is wrong is said, with what would be right",
    arguments: [
      ("s:xyz", "xyz is no state: run pend done new fail arch gone ?"),
      ("b:hgih", "hgih is no budget: low standard high unlimited"),
      ("s:bogus", "bogus is no state: run pend done new fail arch gone ?"),
      ("cost>", "cost> wants a number, as in cost>2"),
      ("a cost<b", "cost< wants a number, as in cost<2"),
      ("/(/", "a ( is not closed"),
      (String(repeating: "a ", count: 31), "only 30 words are looked at"),
    ])
  func problems(_ text: String, _ sentence: String) {
    #expect(throws: Expression.Problem(sentence)) { try WorkerFilter.read(text) }
  }
}
