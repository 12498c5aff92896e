import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("What is listed, and in which order")
struct ListingTests {
  private func ids(_ bench: Bench) -> [String] { bench.screen.list(bench.fleet).ids }

  private func poll(_ bench: inout Bench, _ id: String, _ status: String, credits: Double? = nil) {
    let more: [(String, JSON)] = credits.map { [("usage", ["credits": .number($0)])] } ?? []
    bench.now += 5
    guard let worker = FleetFixture.worker(id, status, createdAt: bench.now - 100, more) else {
      return
    }
    bench.tell(.polled(worker: id, worker, askedAt: bench.now))
  }

  @Test(
    "a file's kind is what tells it apart",
    arguments: [
      ("text/csv", "csv"), ("image/svg+xml", "svg"), ("text/markdown; charset=utf-8", "markdown"),
      ("application/x-tar", "tar"), ("", ""), ("/", ""),
    ])
  func kinds(_ mediaType: String, _ kind: String) {
    #expect(FileRow.kind(mediaType) == kind)
  }

  @Test("the list follows what is typed, the title counts, the header still counts all")
  func live() {
    var bench = Bench()
    bench.press("/ s:run")
    #expect(ids(bench) == ["wrk_prices", "wrk_review", "wrk_weather"])
    #expect(bench.rows[1].contains("1 Workers 3/12") && bench.rows[1].contains("/ s:run"))
    #expect(bench.rows[0].contains("3 run  2 new  1 fail"))
    bench.press("enter")
    #expect(bench.screen.overlays == [] && ids(bench).count == 3)
    bench.press("esc")
    #expect(ids(bench).count == 12 && bench.rows[1].contains("1 Workers 12"))
  }

  @Test("what is no filter is said beside the field, and the list stays as it was")
  func problem() {
    var bench = Bench()
    bench.press("/ cost>2")
    #expect(ids(bench) == ["wrk_tokyo", "wrk_prices"])
    bench.press("backspace")
    #expect(ids(bench) == ["wrk_tokyo", "wrk_prices"])
    #expect(bench.rows[23].hasSuffix("cost> wants a number, as in cost>2"))
  }

  @Test("the beginning of a cost empties no list, and Enter on what is no filter leaves it open")
  func unfinished() {
    var bench = Bench()
    var counts: [Int] = []
    bench.press("/")
    for character in "s:run cost>2" {
      bench.type(String(character))
      counts.append(ids(bench).count)
    }
    #expect(counts.suffix(7) == [3, 3, 1, 1, 1, 3, 1])
    bench.press("backspace enter")
    guard case .filter(let box)? = bench.screen.overlays.last else {
      Issue.record("the field is gone")
      return
    }
    #expect(box.field.text == "s:run cost>" && box.problem != nil)
    #expect(bench.rows[23].hasSuffix("cost> wants a number, as in cost>2"))
    bench.press("5 enter")
    #expect(bench.screen.overlays == [] && ids(bench) == ["wrk_prices"])
    bench.press("/ ctrl-u")
    bench.type("cos")
    #expect(bench.rows[23].hasSuffix("found nowhere; a cost is asked for as in cost>2"))
    #expect(ids(bench).count > 0)
  }

  @Test("the selection stays with its worker, and goes to the next one only when that is left out")
  func selection() {
    var bench = Bench()
    bench.select("wrk_review")
    bench.press("/ s:run")
    #expect(bench.screen.selected == "wrk_review")
    bench.press("space !contract")
    #expect(bench.screen.selected == "wrk_weather", "the next one below it")
    bench.press("esc")
    #expect(bench.screen.selected == "wrk_review", "back where the filter began")
    bench.press("/ zzz")
    #expect(bench.screen.selected == nil && ids(bench) == [])
    bench.press("enter D")
    #expect(
      bench.screen.overlays == [] && bench.screen.remark == "no worker is selected; n starts one")
    bench.press("esc")
    #expect(bench.screen.selected != nil)
  }

  @Test("a worker that changes under the cursor stays listed until the cursor leaves it")
  func straggler() {
    var bench = Bench()
    bench.select("wrk_review")
    bench.press("/ s:run enter")
    bench.tell(.present)
    poll(&bench, "wrk_review", "completed")
    #expect(ids(bench).contains("wrk_review") && bench.screen.selected == "wrk_review")
    bench.press("k")
    #expect(ids(bench) == ["wrk_prices", "wrk_weather"])
  }

  @Test("a new name and new money are seen by the filter at once")
  func changes() {
    var bench = Bench()
    bench.press("/ zeta enter")
    bench.tell(.rename("wrk_index", "zeta"))
    #expect(ids(bench) == ["wrk_index"])
    bench.press("esc / cost>5 enter")
    #expect(ids(bench) == ["wrk_prices"])
    poll(&bench, "wrk_weather", "running", credits: 6)
    #expect(ids(bench) == ["wrk_prices", "wrk_weather"])
  }

  @Test("! leaves those that need the operator, and the server's lost ones")
  func urgent() {
    var bench = Bench()
    bench.press("!")
    #expect(ids(bench) == ["wrk_tokyo", "wrk_leads", "wrk_digest", "wrk_gone"])
    bench.press("!")
    #expect(ids(bench).count == 12)
  }

  @Test("one that failed needs the operator when it is read too; the title calls only before")
  func failed() {
    var bench = Bench()
    bench.press("1 g j")
    #expect(bench.screen.selected == "wrk_leads")
    bench.press("2")
    #expect(bench.fleet.workers["wrk_leads"]?.known.isUnread == false)
    #expect(bench.rows[0].contains("3 run  2 new  1 fail"))
    #expect(bench.screen.title(bench.fleet) == "signalbox 3 run 1 pend 2 new 1 ?")
    bench.press("1 !")
    #expect(ids(bench) == ["wrk_tokyo", "wrk_leads", "wrk_digest", "wrk_gone"])
    bench.press("A")
    #expect(bench.rows[0].contains("3 run  2 new") && !bench.rows[0].contains("fail"))
  }

  @Test("a cost that grows moves no row until a fresh order is asked for")
  func costs() {
    var bench = Bench()
    bench.press("S j j tab j j j enter")
    #expect(bench.actions.last == .prefer(name: "list", value: "cost none"))
    let before = ids(bench)
    #expect(before.prefix(3) == ["wrk_prices", "wrk_tokyo", "wrk_grants"])
    poll(&bench, "wrk_weather", "running", credits: 50)
    #expect(ids(bench) == before)
    bench.press("ctrl-r")
    #expect(ids(bench).first == "wrk_weather")
  }

  @Test("the order is previewed, taken back by Esc, and kept for the next time")
  func order() {
    var bench = Bench()
    let before = ids(bench)
    bench.press("S j")
    #expect(ids(bench) != before)
    bench.press("esc")
    #expect(
      ids(bench) == before
        && bench.actions.allSatisfy { $0 != .prefer(name: "list", value: "title state") })
    bench.tell(.prefer(name: "list", value: "title budget"))
    let titles = ids(bench).map { bench.fleet.workers[$0]?.known.budget.word ?? "" }
    #expect(titles.first == "unlimited" && titles.last == "extra")
    bench.tell(.prefer(name: "list", value: "what ever"))
    #expect(bench.screen.listing.order.word == "title budget")
  }

  @Test("every order lists every worker once")
  func complete() {
    var bench = Bench(columns: 120, rows: 40)
    bench.tell(.pin("wrk_old", true))
    bench.tell(.archive("wrk_party", true))
    let all = Set(bench.fleet.order)
    for sort in WorkerOrder.Sort.allCases {
      for grouping in WorkerOrder.Grouping.allCases {
        bench.tell(.prefer(name: "list", value: "\(sort.rawValue) \(grouping.rawValue)"))
        let list = bench.screen.list(bench.fleet)
        #expect(Set(list.ids) == all && list.ids.count == all.count)
        #expect(list.ids.allSatisfy { list.rows[list.row(of: $0) ?? 0] == .worker($0) })
        #expect(list.ids.indices.allSatisfy { list.index(of: list.ids[$0]) == $0 })
        #expect(list.ids.last == "wrk_party", "the archived one")
      }
    }
  }

  @Test("a running worker has a line of its own for what it does where rows are free")
  func activity() {
    var bench = Bench(columns: 200, rows: 60)
    let rows = bench.screen.list(bench.fleet).rows
    #expect(rows.contains(.activity("wrk_prices")) && !rows.contains(.activity("wrk_index")))
    bench.select("wrk_review")
    bench.press("j")
    #expect(bench.screen.selected == "wrk_weather")
    bench.resize(120, 40)
    #expect(bench.screen.list(bench.fleet).rows.contains(.activity("wrk_prices")))
    // No row is free.
    bench.resize(120, 28)
    #expect(!bench.screen.list(bench.fleet).rows.contains(.activity("wrk_prices")))
  }
}
