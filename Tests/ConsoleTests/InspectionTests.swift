import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("All fields of a worker, or of something of it")
struct InspectionTests {
  private func worker(having more: [(String, JSON)]) -> WorkerState? {
    var fleet = FleetFixture.single()
    guard
      let worker = FleetFixture.worker(
        "wrk_one", "running", createdAt: FleetFixture.now - 60, more)
    else { return nil }
    _ = reduce(
      &fleet, .polled(worker: "wrk_one", worker, askedAt: FleetFixture.now), now: FleetFixture.now)
    return fleet.workers["wrk_one"]
  }

  @Test("a field that this version does not know is shown, with what is in it")
  func unknown() throws {
    let state = try #require(
      worker(having: [("later", JSON.object(JSONObject([("a", [1, "two"]), ("b", .null)])))]))
    let tree = Inspection(state, isRaw: false, now: FleetFixture.now)
    let rows = tree.rows.suffix(5).map { "\($0.depth) \($0.name) \($0.value)" }
    #expect(rows == ["1 later ", "2 a 2 items", "3 1 1", "3 2 two", "2 b null"])
    let raw = Inspection(state, isRaw: true, now: FleetFixture.now)
    #expect(raw.rows.first?.value == "{" && raw.rows.last?.value == "}")
    #expect(raw.rows.contains { $0.value == #""later": {"# })
  }

  @Test("numbers are shown as they came")
  func numbers() throws {
    let written = ["1.10", "1e3", "12345678901234567890", "-0", "2.50"]
    let sent = try JSONReader.read("[\(written.joined(separator: ","))]")
    let state = try #require(worker(having: [("later", sent)]))
    let tree = Inspection(state, isRaw: false, now: FleetFixture.now)
    #expect(tree.rows.suffix(5).map(\.value) == written)
    let raw = Inspection(state, isRaw: true, now: FleetFixture.now)
    let end = raw.rows.dropLast(2).suffix(5).map { $0.value.filter { $0 != "," } }
    #expect(end == written)
  }

  @Test("one turn is one turn")
  func singular() throws {
    var bench = Bench(FleetFixture.single())
    let events: [WorkerEvent] = [
      .start(messageID: "m", metadata: nil), .textStart(id: "t"),
      .textDelta(id: "t", delta: "One."),
    ]
    bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
    let state = try #require(bench.fleet.workers["wrk_one"])
    let output = Inspection(state, isRaw: false, now: FleetFixture.now).rows
      .first { $0.name == "output" }
    #expect(output?.value == "1 turn, 1 part")
  }

  @Test("what is much, long or deep is bounded, and says that it is cut")
  func bounds() throws {
    var deep: JSON = 1
    for _ in 0..<200 { deep = ["x": deep] }
    let many = JSON.array((0..<10_000).map { JSON.integer($0) })
    let long = JSON.string(String(repeating: "é", count: 100_000))
    let state = try #require(
      worker(having: [("deep", deep), ("long", long), ("many", many)]))
    for isRaw in [false, true] {
      let inspection = Inspection(state, isRaw: isRaw, now: FleetFixture.now)
      #expect(inspection.rows.count == Inspection.lineLimit && inspection.isCut)
      #expect(inspection.rows.allSatisfy { $0.value.count <= Inspection.textLimit + 40 })
    }
  }

  @Test("it scrolls to its ends, changes its form, and renews what it shows")
  func keys() {
    var bench = Bench()
    bench.press("i G")
    guard case .inspection(let end)? = bench.screen.overlays.last else {
      return #expect(Bool(false), "it is open")
    }
    #expect(end.offset > 0 && !end.isRaw)
    bench.press("r")
    guard case .inspection(let raw)? = bench.screen.overlays.last else { return }
    #expect(raw.isRaw && raw.offset == 0)
    bench.tell(.rename(FleetFixture.watched, "another"))
    bench.press("r ctrl-r")
    #expect(bench.text.contains("another: fields"))
    bench.press("esc")
    #expect(bench.screen.overlays == [])
  }

  @Test("without a worker it says so; over the schedules the key is theirs")
  func others() {
    var bench = Bench(FleetFixture.empty)
    bench.press("i")
    #expect(bench.screen.overlays == [] && bench.screen.remark?.hasPrefix("no worker") == true)
    var full = Bench()
    full.press("5 i")
    guard case .forecast? = full.screen.overlays.last else {
      return #expect(Bool(false), "the forecast is open")
    }
  }

  @Test("r over what a schedule will do shows its fields, then these as JSON, and no raw one")
  func schedule() {
    var bench = Bench()
    bench.press("5 i r")
    guard case .inspection(let fields)? = bench.screen.overlays.last else {
      return #expect(Bool(false), "it is open")
    }
    #expect(
      fields.rows.map(\.name) == [
        "here", "worker", "worker's id", "fires", "as this version reads it", "id", "budget",
        "input", "nextRunAt", "type", "cron",
      ])
    #expect(bench.text.contains("cron 0 7 * * 1-5 of price-watch-es: fields "))
    bench.press("r")
    #expect(bench.text.contains(": fields as JSON "))
    #expect(bench.text.contains(#""cron": "0 7 * * 1-5""#) && !bench.text.contains("raw JSON"))
    bench.tell(.schedulesLoaded(worker: FleetFixture.watched, []))
    bench.press("ctrl-r")
    #expect(bench.screen.remark == "the server has it no more; it is shown as it was")
    #expect(bench.text.contains(#""cron": "0 7 * * 1-5""#))
    bench.press("esc")
    #expect(bench.screen.context == .forecast)
    bench.press("r")
    #expect(bench.screen.context == .forecast)
    #expect(bench.screen.remark == "the server has it no more")
  }

  @Test("a source and a file are as the server gave them, and what only came by the stream is not")
  func parts() throws {
    let state = try #require(
      worker(having: [
        ("sources", [["id": "s", "title": "A", "url": "https://a.example", "rank": 7]]),
        ("files", [["filename": "a.csv", "mediaType": "text/csv", "url": "/a", "owner": "me"]]),
      ]))
    let now = FleetFixture.now
    let source = try #require(
      Inspection(.source("https://a.example"), of: state, isRaw: false, now: now))
    #expect(source.isOriginal && source.title == "[1] A")
    #expect(source.rows.last.map { "\($0.name) \($0.value)" } == "rank 7")
    let file = try #require(Inspection(.file("a.csv"), of: state, isRaw: true, now: now))
    #expect(file.isOriginal && file.rows.contains { $0.value == #""owner": "me""# })
    #expect(Inspection(.file("b.csv"), of: state, isRaw: true, now: now) == nil)
    for pane in ["3", "4"] {
      var bench = Bench()
      bench.press("\(pane) i r")
      #expect(bench.text.contains(": fields as JSON "), "\(bench.text)")
    }
    var empty = Bench(FleetFixture.single())
    empty.press("4 i")
    #expect(empty.text.contains("Read the news.: fields "))
  }

  @Test("a saved file is there with its path and the whole of its digest")
  func saved() throws {
    var state = try #require(FleetFixture.single().workers["wrk_one"])
    let digest = String(repeating: "ab", count: 32)
    state.downloads["a.csv"] = .done(SavedFile(path: "/s/a.csv", bytes: 2, digest: digest))
    state.downloads["b.csv"] = .failed(reason: "no room")
    let rows = Inspection(state, isRaw: false, now: FleetFixture.now).rows
    let place = try #require(rows.firstIndex { $0.name == "saved a.csv" })
    #expect(rows[place].value == "/s/a.csv" && rows[place + 1].value == digest)
    #expect(!rows.contains { $0.name == "saved b.csv" })
  }
}
