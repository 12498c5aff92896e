import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

/// A row with one blank between its words.
private func words(_ row: some StringProtocol) -> String {
  row.split(separator: " ").joined(separator: " ")
}

@Suite("Rows of the sources")
struct SourcesPaneTests {
  /// Two turns: the first source is a replay, the last one came in the second turn.
  private var bench: Bench {
    var bench = Bench(FleetFixture.single(), columns: 100, rows: 20)
    func tell(_ events: [WorkerEvent]) {
      bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
    }
    tell([
      .start(messageID: "m", metadata: nil), .source(id: "a", title: "A", url: "https://a.example"),
    ])
    bench.now += 120
    tell([
      .source(id: "b", title: "B", url: "https://www.b.example"),
      .finish(reason: "stop", metadata: nil), .start(messageID: "n", metadata: nil),
    ])
    bench.now += 60
    tell([.source(id: "c", title: nil, url: "https://c.example/x/")])
    bench.press("3")
    return bench
  }

  private func rows(_ bench: Bench) -> [String] { bench.rows.filter { $0.hasPrefix(" [") } }

  @Test("say when they came where that is known, and what is new in the latest turn")
  func times() {
    let bench = bench
    #expect(
      rows(bench).map(words) == [
        "[1] A a.example -", "[2] B www.b.example 14:07 -", "[3] c.example/x 14:08 - +new",
      ])
    let columns = Set(rows(bench).dropFirst().map { $0.firstRange(of: "14:0")?.lowerBound })
    #expect(columns.count == 1)
  }

  @Test("a narrow pane has no times, and a narrower one only how often they are cited")
  func narrow() {
    var bench = bench
    bench.resize(49, 14)
    #expect(
      rows(bench).map(words) == [
        "[1] A a.example -", "[2] B b.example -", "[3] c.example/x - +new",
      ])
    bench.resize(36, 14)
    #expect(rows(bench).map(words) == ["[1] A -", "[2] B -", "[3] c.example/x -"])
  }

  @Test("numbers stand to the right, so that all titles begin in one column")
  func numbers() {
    var bench = Bench(FleetFixture.single())
    let sources = (1...10).map {
      WorkerEvent.source(id: "\($0)", title: "T", url: "https://\($0).example")
    }
    bench.tell(.stream(worker: "wrk_one", .items(sources.map { StreamItem($0) })))
    bench.press("3 G")
    let rows = bench.rows.filter { $0.contains(" T ") }
    #expect(rows.map { $0.prefix(7) }.suffix(2) == ["  [9] T", " [10] T"])
  }
}

@Suite("Rows of the files, and what is done to those that are marked")
struct FilesPaneTests {
  private let names = ["tables/prices.csv", "chart.png", "notes on suppliers.md"]

  private func marks(_ bench: Bench) -> [String] {
    bench.rows.filter { $0.dropFirst().hasPrefix("F") }.map { String($0.prefix(3)) }
  }

  private func saved(_ bench: Bench) -> [String] {
    bench.actions.compactMap { if case .download(_, let file) = $0 { file.key } else { nil } }
  }

  @Test("space marks, d saves all that are marked, and then the one under the cursor again")
  func saves() {
    var bench = Bench()
    bench.press("4")
    #expect(marks(bench) == [" F1", " F2", " F3"])
    bench.press("space space")
    #expect(marks(bench) == ["+F1", "+F2", " F3"])
    #expect(bench.text.contains("2 marked"))
    bench.press("d")
    #expect(saved(bench) == Array(names.prefix(1)))
    #expect(bench.screen.remark == "saving 1 file, 1 already being saved")
    #expect(marks(bench) == [" F1", " F2", " F3"])
    bench.press("d")
    #expect(saved(bench) == [names[0], names[2]])
    bench.press("g space g space")
    #expect(marks(bench) == [" F1", " F2", " F3"])
  }

  @Test("where there are none, it says whether some may still come")
  func absence() {
    var bench = Bench(FleetFixture.single(), columns: 80, rows: 24)
    bench.press("4")
    #expect(bench.text.contains("No files yet.") && bench.text.contains("as the worker writes"))
    bench.fleet.workers["wrk_one"]?.phase = Reading(.done, at: bench.now, from: .poll)
    bench.press("f")
    #expect(bench.text.contains("None of its runs made a file."))
    bench.press("3")
    #expect(bench.text.contains("None of its runs read a source."))
    #expect(bench.text.contains("ctrl-r asks the server again."))
  }

  @Test("a second d says that the file is being saved, in the list and in a look into it")
  func twice() {
    var bench = Bench()
    bench.press("4 j d")
    #expect(bench.rows[23] == "> chart.png is already being saved, 25 %; D stops it")
    bench.press("enter d")
    #expect(bench.rows[23] == "> chart.png is already being saved, 25 %; D stops it")
    #expect(saved(bench) == [])
  }

  @Test("what an earlier attempt left is looked for once, and shown")
  func begun() {
    var bench = Bench()
    bench.press("4 j k f")
    let sought = bench.actions.compactMap { action -> [String]? in
      if case .seekParts(_, let files) = action { files.map(\.key) } else { nil }
    }
    #expect(sought == [[names[2]]])
    bench.tell(
      .partFound(worker: FleetFixture.watched, file: names[2], bytes: 630_000, of: 3_000_000))
    #expect(bench.text.contains("saved in part, 21 %"))
    bench.press("G d")
    #expect(saved(bench) == [names[2]])
  }

  @Test("another worker has none that are marked")
  func clears() {
    var bench = Bench()
    bench.press("4 space")
    #expect(bench.screen.markedFiles == [names[0]])
    bench.press("1 j")
    #expect(bench.screen.markedFiles == [])
  }

  @Test("a puts name and address at the end of the follow-up, each once, and says that it is all")
  func attaches() throws {
    var bench = Bench()
    let subject = Draft.Subject.followUp(worker: FleetFixture.watched)
    let first = """
      file tables/prices.csv: /files/tables/prices.csv
      file chart.png: /files/chart.png

      """
    bench.press("4 space space a")
    #expect(bench.screen.context == .composer)
    #expect(bench.fleet.drafts[subject]?.text == first)
    #expect(
      bench.screen.remark
        == "no file goes with a follow-up: the names and addresses are in the text")
    bench.type("Read")
    bench.press("esc a")
    let last = "Read\nfile notes on suppliers.md: /files/notes%20on%20suppliers.md\n"
    #expect(bench.fleet.drafts[subject]?.text == first + last)
    bench.press("esc a")
    #expect(bench.fleet.drafts[subject]?.text == first + last)
    #expect(
      bench.screen.remark == "no file goes with a follow-up: its name and address are in the text")
  }

  @Test("without a file its keys say so")
  func none() {
    var bench = Bench(FleetFixture.single())
    for key in ["space", "d", "a"] {
      bench.press("4 \(key)")
      #expect(bench.screen.remark == "this worker has no file yet")
    }
    #expect(bench.screen.overlays == [])
  }

  @Test("empty panes say what to press, by the keys as they are")
  func empty() {
    var bench = Bench(FleetFixture.single())
    bench.screen.keymap =
      bench.screen.keymap.changed(by: [
        KeyChange("everywhere", "refresh", ["f7"], line: 1),
        KeyChange("schedules", "schedule", ["N"], line: 2),
      ]).keymap
    for (pane, sentence) in [
      ("3", "f7 asks the server again."), ("4", "f7 asks the server again."),
      ("5", "N makes one: once, delay, cron, interval."),
    ] {
      bench.press(pane)
      #expect(bench.rows.contains { words($0) == sentence }, "\(bench.text)")
    }
  }
}

@Suite("Rows of the agenda")
struct SchedulesPaneTests {
  private func bench(_ columns: Int, _ rows: Int) -> Bench {
    let now = FleetFixture.now
    var recollection = Recollection(
      workers: ["digest", "other"].map {
        KnownWorker(id: $0, title: $0, instruction: "", budget: .low, addedAt: now - 600)
      })
    recollection.runs = [
      RunCost(worker: "digest", endedAt: now - 300, spent: Spent(credits: 0.7))
    ]
    func schedule(_ id: String, _ kind: ScheduleKind, _ next: Double?) -> Schedule {
      Schedule(id: id, budget: .low, input: "Go.", kind: kind, nextRunAt: next)
    }
    let once = now + 2_592_000
    var fleet = State()
    for action in [
      Action.recalled(recollection),
      .schedulesLoaded(
        worker: "digest",
        [
          schedule("s1", .interval(seconds: 14_400), now + 14_069),
          schedule("s2", .once(once), once),
        ]),
      .schedulesLoaded(worker: "other", [schedule("s3", .other("on-event"), nil)]),
    ] { _ = reduce(&fleet, action, now: now) }
    return Bench(fleet, columns: columns, rows: rows)
  }

  @Test("begin with the time on a large screen, and end with what a run costs")
  func diary() {
    var bench = bench(200, 60)
    let rows = bench.rows.map { words($0.split(separator: "│").last ?? "") }
    for row in [
      "Tue 18:00 digest every 4h ~0.7 cr", "Thu 24 Dec digest once ~0.7 cr",
      "? other on-event -",
    ] { #expect(rows.contains(row), "\(row) in \(bench.text)") }
    #expect(rows.contains { $0.contains("5 Agenda, all workers 3") && $0.contains("times in UTC") })
    bench.press("5 f")
    #expect(
      bench.rows[2...4].map(words) == [
        "Tue 24 Nov 18:00 digest every 4h in 3h54 ~0.7 cr",
        "Thu 24 Dec 14:05 digest once in 30d ~0.7 cr", "? other on-event -",
      ])
  }

  @Test("have the clock of the coming day on a smaller one where no name is cut for it")
  func clock() {
    var bench = bench(120, 40)
    func rows() -> [String] {
      bench.rows.map { words($0.split(separator: "│").first ?? "") }
    }
    #expect(rows().contains("every 4h digest 18:00 in 3h54"))
    #expect(rows().contains("once digest in 30d"))
    bench.tell(.rename("digest", "weekly-digest"))
    #expect(rows().contains("every 4h weekly-digest in 3h54"))
  }
}
