import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Rename, pin, archive, forget")
struct KeepingTests {
  private func bench() -> Bench {
    var bench = Bench()
    bench.press("1")
    return bench
  }

  @Test("a name is typed over the old one")
  func rename() throws {
    var bench = bench()
    let id = try #require(bench.screen.selected)
    bench.press("r ctrl-u")
    bench.type("Rex q")
    bench.press("enter")
    #expect(bench.actions.contains(.rename(id, "Rex q")))
    #expect(bench.fleet.workers[id]?.title == "Rex q" && bench.screen.overlays == [])
    bench.press("r x esc")
    #expect(bench.fleet.workers[id]?.title == "Rex q")
    bench.press("r ctrl-u")
    bench.send(.paste("a\nb\u{1B}[31m"))
    bench.press("enter")
    #expect(bench.fleet.workers[id]?.title.contains("\u{1B}") == false)
    #expect(bench.fleet.workers[id]?.title.contains("\n") == false)
  }

  @Test("a pinned worker is the first of its group and bears a mark")
  func pin() throws {
    var bench = bench()
    bench.press("j")
    let id = try #require(bench.screen.selected)
    bench.press("p k")
    let list = WorkerList(bench.fleet, showsGroups: true)
    let standing = try #require(bench.fleet.workers.standing(of: id))
    let group = list.rows.firstIndex(of: .group(.init(standing), count: 3))
    #expect(list.rows[(try #require(group)) + 1] == .worker(id))
    #expect(bench.rows.contains { $0.hasPrefix("^") })
    bench.press("j p")
    #expect(!bench.rows.contains { $0.hasPrefix("^") })
  }

  @Test("archived workers are a group at the end")
  func archive() throws {
    var bench = bench()
    let id = try #require(bench.screen.selected)
    bench.press("A")
    let list = WorkerList(bench.fleet, showsGroups: true)
    #expect(list.rows.suffix(2) == [.group(.archived, count: 1), .worker(id)])
    #expect(bench.screen.selected == id)
    // Nothing of its row says that somebody still looks.
    bench.press("+ +")
    let row = bench.rows.first { $0.contains("price-watch-es") }
    #expect(row?.hasPrefix(" _ price-watch-es") == true && row?.contains(" arch ") == true)
    #expect(row?.contains("ran when last looked at") == true)
    bench.press("A")
    #expect(WorkerList(bench.fleet, showsGroups: true).counts[.archived] == nil)
  }

  @Test("forgetting asks first, says what goes on, and the selection goes on to another worker")
  func forget() throws {
    var bench = bench()
    let id = try #require(bench.screen.selected)
    bench.press("D")
    #expect(bench.text.contains("may go on spending"))
    bench.press("n")
    #expect(bench.fleet.workers[id] != nil)
    bench.press("D y")
    #expect(bench.fleet.workers[id] == nil && bench.actions.contains(.forget(id)))
    #expect(bench.screen.selected != id && bench.screen.selected != nil)
  }

  @Test("marked workers are pinned, archived and forgotten together, and the count is asked about")
  func marked() {
    var bench = bench()
    bench.press("g space space")
    let ids = bench.fleet.workers.inOrder(bench.fleet.workers.marked)
    #expect(ids.count == 2)
    #expect(bench.rows.filter { $0.hasPrefix("+") }.count == 2)
    #expect(bench.rows[1].contains("2 marked"))
    bench.press("p")
    #expect(bench.fleet.workers.pinned.isSuperset(of: ids))
    #expect(bench.fleet.notice?.text == "pinned: 2 workers")
    bench.press("p")
    #expect(bench.fleet.workers.pinned.isDisjoint(with: ids))
    bench.press("A")
    #expect(bench.text.contains("Archive 2 workers?") && bench.fleet.workers.archived == [])
    bench.press("y")
    #expect(bench.fleet.workers.archived == Set(ids))
    #expect(
      bench.fleet.notice?.text == "archived: 2 workers; what runs goes on and may spend")
    bench.press("A y D")
    #expect(bench.text.contains("Forget 2 workers?"))
    bench.press("n")
    #expect(bench.fleet.workers.marked == Set(ids))
    bench.press("D y")
    #expect(ids.allSatisfy { bench.fleet.workers[$0] == nil })
    #expect(bench.fleet.workers.marked == [])
  }

  @Test("what is done to marked workers that a filter hides says how many they are, and asks")
  func hidden() throws {
    var bench = Bench(columns: 120, rows: 40)
    bench.press("1 * /")
    bench.type("price-")
    bench.press("enter")
    #expect(bench.rows[1].contains("1 Workers 1/12") && bench.rows[1].contains("/ price-  +12 "))
    bench.press("A")
    #expect(bench.text.contains("Archive 12 workers, 11 of them not listed?"))
    bench.press("n p")
    #expect(bench.fleet.workers.archived == [])
    #expect(bench.fleet.notice?.text == "pinned: 12 workers, 11 of them not listed")
    bench.press("D")
    guard case .confirm(let confirm)? = bench.screen.overlays.last else {
      Issue.record("no question")
      return
    }
    #expect(confirm.names[0] == "price-watch-es")
    #expect(confirm.names.dropFirst().allSatisfy { $0.hasSuffix("  (not listed)") })
    #expect(bench.text.contains("cv-screen  (not listed)"))
    bench.resize(80, 16)
    #expect(bench.text.contains("and 7 more") && bench.text.contains("They leave this list"))
    #expect(confirm.shownNames(rows: 12) == confirm.names && confirm.shownNames(rows: 1) == [])
  }

  @Test("a pin, a name and a mark end what was said of an earlier key")
  func said() {
    var bench = bench()
    var said: [String?] = []
    for key in ["z", "p", "z", "p", "space"] {
      bench.press(key)
      said.append(bench.fleet.notice?.text)
    }
    let title = "price-watch-es"
    #expect(
      said == [
        "nothing to take back: z undoes rename, pin, archive, mark and forget",
        "pinned: \(title)", "taken back: pinned \(title)", "pinned: \(title)", nil,
      ])
    bench.press("g r ctrl-u")
    bench.type("Rex")
    bench.press("enter")
    #expect(bench.fleet.notice?.text == "its name is now: Rex")
  }

  @Test("* marks all that are listed, and the backslash clears the marks")
  func markAll() {
    var bench = bench()
    bench.press("*")
    #expect(bench.fleet.workers.marked == Set(bench.fleet.order))
    bench.press("\\")
    #expect(bench.fleet.workers.marked == [])
    bench.press("\\")
    #expect(bench.screen.remark == "none is marked")
  }

  @Test("ids and addresses that are pasted are adopted together; one wrong one adopts none")
  func adopt() {
    var bench = bench()
    let known = bench.fleet.order[0]
    bench.press("a enter")
    #expect(bench.text.contains("type or paste an id first"))
    bench.send(.paste("wrk_8\nhttps://h/api/workers/wrk_9 hdg_secret"))
    bench.press("enter")
    #expect(bench.text.contains("this looks like an API key"))
    #expect(bench.fleet.workers["wrk_8"] == nil)
    bench.press("ctrl-w")
    bench.send(.paste(" wrk_9,\(known)"))
    bench.press("enter")
    #expect(bench.screen.remark == "adopted: 2 workers, 1 known already")
    #expect(bench.fleet.workers["wrk_8"] != nil && bench.fleet.workers["wrk_9"] != nil)
    #expect(bench.screen.selected == "wrk_8")
    bench.press("a")
    bench.type("nonsense id")
    bench.press("enter")
    #expect(bench.text.contains("\"nonsense\": this is no worker's id"))
    #expect(bench.text.contains("nonsense id") && bench.fleet.workers["nonsense"] == nil)
    bench.press("esc")
    bench.press("a x esc")
    #expect(bench.screen.overlays == [])
  }
}
