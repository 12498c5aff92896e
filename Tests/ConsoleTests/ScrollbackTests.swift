import Canvas
import Fleet
import Registry
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Output beyond what memory holds")
struct ScrollbackTests {
  /// A console with one worker over a real scrollback; what it asks of that is done at once.
  private struct Desk {
    var fleet = State()
    var screen: Screen
    let file: ScrollbackFile
    var reads = 0

    init(rows: Int = 24) async throws {
      file = try ScrollbackFile.inMemory()
      screen = Screen(size: Size(columns: 80, rows: rows))
      try await tell(.scrollbackOpened(isFresh: true))
      try await tell(
        .adopt([KnownWorker(id: "a", title: "Log", instruction: "go", budget: .low, addedAt: 1)]))
      try await tell(
        .polled(
          worker: "a", try #require(Worker(json: ["id": "a", "status": "running"])), askedAt: 1))
    }

    mutating func tell(_ action: Action) async throws {
      var effects = reduce(&fleet, action, now: 100)
      while !effects.isEmpty {
        switch effects.removeFirst() {
        case .writeScrollback(let changes): try await file.write(changes)
        case .readScrollback(let worker, let place):
          reads += 1
          let window = try await file.window(worker, at: place)
          effects += reduce(&fleet, .scrollbackRead(worker, window), now: 100)
        case .search(let search):
          effects += reduce(&fleet, .found(try await file.search(search)), now: 100)
        default: break
        }
      }
      try await prepare()
    }

    mutating func prepare() async throws {
      for outcome in screen.prepare(fleet) {
        if case .fleet(let action) = outcome { try await tell(action) }
      }
    }

    mutating func press(_ script: String) async throws {
      for name in script.split(separator: " ") {
        let keys = Key(name: String(name)).map { [$0] } ?? name.map { Key.character($0) }
        for key in keys {
          for outcome in screen.handle(.key(key), fleet, now: 100) {
            if case .fleet(let action) = outcome { try await tell(action) }
          }
          try await prepare()
        }
      }
    }

    mutating func stream(_ events: [WorkerEvent]) async throws {
      try await tell(.stream(worker: "a", .items(events.map { StreamItem($0) })))
    }

    var rows: [String] {
      render(View(fleet: fleet, screen: screen, now: 100)).text
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The numbers of the lines on the screen.
    var numbers: [Int] {
      rows.compactMap { row in
        row.firstRange(of: "line ").flatMap { Int(row[$0.upperBound...].prefix { $0.isNumber }) }
      }
    }

    mutating func fill(_ count: Int) async throws {
      try await tell(.stream(worker: "a", .opened))
      try await stream([.start(messageID: "m", metadata: nil), .textStart(id: "t")])
      for start in stride(from: 0, to: count, by: 500) {
        let text = (start..<min(count, start + 500)).map {
          "line \($0) of a log that says much the same again and again\n"
        }.joined()
        try await stream([.textDelta(id: "t", delta: DeltaText(text))])
      }
      try await tell(.scrollbackDue)
    }
  }

  @Test("from the top page by page to the end, and back, no line is left out")
  func paging() async throws {
    var desk = try await Desk()
    let count = 60_000
    try await desk.fill(count)
    #expect(desk.fleet.workers["a"]?.transcript.isCutOff == true)
    try await desk.press("2 f g")
    #expect(desk.numbers.first == 0)
    var seen = desk.numbers
    #expect(desk.rows[0].contains("EARLIER 0 %") || desk.rows[1].contains("EARLIER 0 %"))
    while seen.last != count - 1 {
      try await desk.press("pgdn")
      let fresh = desk.numbers.filter { $0 > seen.last ?? -1 }
      try #require(fresh.first == (seen.last ?? -1) + 1, "after \(seen.last ?? -1)")
      seen += fresh
    }
    #expect(seen == Array(0..<count))
    #expect(desk.rows.joined().contains("FOLLOW") || desk.rows.joined().contains("PAUSED"))
    seen = desk.numbers.reversed()
    while seen.last != 0 {
      try await desk.press("pgup")
      let fresh = Array(desk.numbers.reversed().filter { $0 < seen.last ?? .max })
      try #require(fresh.first == (seen.last ?? 0) - 1, "before \(seen.last ?? -1)")
      seen += fresh
    }
    #expect(seen == Array((0..<count).reversed()))
    try await desk.press("G")
    #expect(desk.numbers.last == count - 1)
    #expect(desk.rows.joined().contains("FOLLOW"))
    #expect(desk.reads < 250)
  }

  @Test("the reader's lines stay while the stream goes on and takes them out of memory")
  func stays() async throws {
    var desk = try await Desk()
    try await desk.fill(40_000)
    try await desk.press("2 f pgup pgup")
    let numbers = desk.numbers
    #expect(numbers.count > 15)
    for start in stride(from: 40_000, to: 100_000, by: 500) {
      let text = (start..<start + 500).map { "line \($0) more of it, as it comes\n" }.joined()
      try await desk.stream([.textDelta(id: "t", delta: DeltaText(text))])
      if start.isMultiple(of: 5_000) { try await desk.tell(.scrollbackDue) }
      #expect(desk.numbers == numbers)
      #expect(desk.rows[1].contains(" new "), "\(start)")
    }
    #expect(desk.rows[1].contains("or more new"))
    try await desk.press("F")
    #expect(desk.numbers.last == 99_999)
  }

  @Test("a word is found where it went from memory, and enter shows the place")
  func finding() async throws {
    var desk = try await Desk()
    try await desk.tell(.stream(worker: "a", .opened))
    try await desk.stream([.start(messageID: "m", metadata: nil), .textStart(id: "t")])
    for number in 0..<60 {
      let special = number == 7 ? "here is the needle itself\n" : ""
      let text = String(repeating: "line \(number) of hay\n", count: 3_000) + special
      try await desk.stream([.textDelta(id: "t", delta: DeltaText(text))])
    }
    #expect(desk.fleet.workers["a"]?.transcript.text.contains("needle") == false)
    try await desk.press("2 ctrl-f needl")
    #expect(desk.rows.contains { $0.contains("here is the needle itself") })
    #expect(desk.rows.contains { $0.contains("1 place") })
    try await desk.press("enter")
    #expect(desk.rows.contains { $0.contains("here is the needle itself") })
    #expect(desk.rows.contains { $0.contains("line 8 of hay") })
    try await desk.press("ctrl-f tab")
    #expect(desk.rows.contains { $0.contains("Search all workers") })
  }

  @Test("what an earlier run kept is read without a network")
  func offline() async throws {
    var first = try await Desk()
    try await first.fill(300)
    var fleet = State()
    let known = KnownWorker(
      id: "a", title: "Log", instruction: "go", budget: .low, addedAt: 1,
      lastSeen: #"{"id":"a","status":"running"}"#, lastSeenAt: 50)
    _ = reduce(&fleet, .recalled(Recollection(workers: [known])), now: 100)
    _ = reduce(&fleet, .scrollbackOpened(isFresh: false), now: 100)
    first.fleet = fleet
    first.screen = Screen(size: Size(columns: 80, rows: 24))
    try await first.prepare()
    try await first.tell(.stream(worker: "a", .lost(reason: "no route", retryAfter: 9)))
    try await first.press("2 f")
    #expect(first.numbers.last == 299)
    #expect(first.rows.joined().contains("STORED"))
    try await first.press("g")
    #expect(first.numbers.first == 0)
  }
}
