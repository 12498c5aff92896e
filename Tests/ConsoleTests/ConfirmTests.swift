import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("A question before something that cannot be taken back")
struct ConfirmTests {
  /// A worker with an id as the service gives them.
  private func bench(_ columns: Int, _ rows: Int) -> Bench {
    var fleet = State()
    let known = KnownWorker(
      id: "t_org_2a81_w_90017", instruction: "Compare the list prices of five suppliers",
      budget: .low, addedAt: 0)
    _ = reduce(&fleet, .recalled(Recollection(workers: [known])), now: FleetFixture.now)
    return Bench(fleet, columns: columns, rows: rows)
  }

  /// The rows inside of the box.
  private func inside(_ bench: Bench) -> [String] {
    bench.rows.filter { $0.contains("│ ") }.map { row in
      var text = row.split(separator: "│").dropFirst(row.hasPrefix("│") ? 0 : 1).first ?? ""
      text = text.dropFirst()
      while text.last == " " { text.removeLast() }
      return String(text)
    }
  }

  @Test("wraps what follows from it, with the id whole and the answers in a row of their own")
  func wraps() {
    let title = "Compare the list prices of five suppliers"
    let id = "id: t_org_2a81_w_90017"
    let rows: [Size: [String]] = [
      Size(columns: 59, rows: 15): [
        title, id, "It leaves this list, with its drafts. On the server it",
        "goes on, and may go on spending: the service has no",
        "call that stops it.", "'signalbox registry adopt ID' takes it back.", "",
        "y yes, forget it  n no, keep it",
      ],
      Size(columns: 40, rows: 12): [
        "Compare the list prices of five", "suppliers", id, "It may keep spending.",
        "y yes, forget it  n no, keep it",
      ],
      Size(columns: 29, rows: 7): [
        "Compare the list prices", "of five suppliers", id, "It may keep spending.",
        "y yes  n no",
      ],
      Size(columns: 25, rows: 6): [
        "id:", "t_org_2a81_w_90017", "It may keep spending.", "y yes  n no",
      ],
    ]
    for (size, wanted) in rows {
      var bench = bench(size.columns, size.rows)
      bench.press("D")
      #expect(inside(bench) == wanted, "\(size)")
    }
  }

  @Test("of a long instruction the beginning is enough, and less of it in a small screen")
  func quotes() {
    let confirm = Confirm(
      title: "Sure?", lines: ["a worker"],
      quote: String(repeating: "word ", count: 300_000), consequence: "It is gone.",
      aside: "Or not.", action: .takeBack)
    func rows(_ limit: Int) -> [String] {
      ConfirmOverlay.rows(confirm, width: 14, limit: limit, ellipsis: "…")
    }
    #expect(
      rows(9) == [
        "a worker", "word word word", "word word word", "word word wor…", "It is gone.", "Or not.",
        "",
      ])
    #expect(rows(5) == rows(9).dropLast(2))
    #expect(rows(3) == ["a worker", "word word wor…", "It is gone."])
    #expect(rows(2) == ["a worker", "It is gone."])
    #expect(rows(1) == ["It is gone."] && rows(0) == [])
  }

  @Test("a typed yes is seen in the smallest screen")
  func typed() {
    var bench = bench(25, 6)
    bench.screen.overlays = [
      .confirm(Confirm(title: "Sure?", lines: ["a worker"], action: .takeBack, typed: ""))
    ]
    bench.press("y e")
    #expect(inside(bench) == ["a worker", "", "yes, Enter: ye"])
  }
}
