import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

extension Shot {
  static let reading = [
    ("find", "2 g / supplier"), ("found", "2 g / supplier enter n"), ("filter", "2 & supplier"),
    ("outline", "2 L"), ("select", "2 g v j j j"), ("clean", "2 V g"), ("raw", "2 g R"),
    ("merged", "1 g j j j j space space B"), ("times", "2 f t t"),
  ].flatMap { name, keys in
    [(80, 24), (40, 12), (25, 6)].map { columns, rows in
      Shot(name: "output-\(name)-\(columns)x\(rows)", columns: columns, rows: rows, keys: keys)
    }
  }
}

@Suite("Ways to read the output")
struct ReadingTests {
  @Test("a picture is what it was", arguments: Shot.reading)
  func picture(_ shot: Shot) { Snapshot.check(shot.bench.frame.golden, shot.name) }

  private func bench(_ events: [WorkerEvent] = [], _ text: String = "", columns: Int = 80)
    -> Bench
  {
    var bench = Bench(FleetFixture.single(), columns: columns, rows: 24)
    let words: [WorkerEvent] = [.textStart(id: "t"), .textDelta(id: "t", delta: DeltaText(text))]
    tell(&bench, [.start(messageID: "m", metadata: nil)] + events + (text.isEmpty ? [] : words))
    bench.press("2 f")
    return bench
  }

  private func tell(_ bench: inout Bench, _ events: [WorkerEvent]) {
    bench.tell(.stream(worker: "wrk_one", .items(events.map { StreamItem($0) })))
  }

  @Test("long lines go on, move sideways, and stay moved while text streams")
  func sideways() {
    let long = (1...40).map { "word\($0)" }.joined(separator: " ")
    var bench = bench([], long)
    bench.press("l")
    #expect(bench.rows[23] == "> lines are broken to fit; w lets them go on")
    bench.press("w l l")
    #expect(bench.rows[1].contains("no wrap +16"))
    #expect(bench.rows[4].hasPrefix("ai    ‹ word4 word5"))
    #expect(bench.rows[4].hasSuffix("›"))
    tell(&bench, [.textDelta(id: "t", delta: "\n\nand more of it than was there before")])
    #expect(bench.rows[4].hasPrefix("ai    ‹ word4 word5"))
    #expect(bench.rows[6] == "      ‹an was there before")
    bench.press("h h")
    #expect(bench.rows[4].hasPrefix("ai    word1 "))
    bench.press("h")
    #expect(bench.screen.focus == .workers)
    bench.press("2 w")
    #expect(!bench.rows[1].contains("no wrap"))
    #expect(bench.rows[5].hasPrefix("      word"))
  }

  @Test("without UTF-8 the signs of a line that goes on are ASCII, and a call that fits stays")
  func ascii() {
    let call: [WorkerEvent] = [
      .tool(callID: "a", .inputAvailable(name: "query", title: nil, input: ["k": 1])),
      .tool(callID: "a", .output(1, isPreliminary: false)),
    ]
    var bench = bench(call, String(repeating: "0123456789", count: 12))
    bench.screen.isUnicode = false
    bench.press("w")
    let whole = bench.rows[3]
    #expect(whole.hasPrefix("tool  query {\"k\":1}") && whole.contains("  ok  "))
    let text = (0..<bench.rows.count).first { bench.rows[$0].hasPrefix("ai    0123") } ?? 0
    #expect(bench.rows[text].hasSuffix("012>"))
    bench.press("l")
    #expect(bench.rows[3] == whole)
    #expect(bench.rows[text].hasPrefix("ai    <90123"))
    bench.press("l l l l l")
    #expect(bench.rows[text].hasSuffix("6789"))
  }

  @Test("sideways stops where no line on the screen goes further")
  func stops() {
    var bench = bench([], "short")
    bench.press("w l")
    #expect(bench.rows[23] == "> no line on the screen goes further")
  }

  @Test("requirement 18: t shows when a part came, and every time says its zone")
  func times() {
    var bench = Bench(FleetFixture.full, columns: 120, rows: 40, zone: .berlin)
    bench.press("2 f G t")
    #expect(bench.rows[1].contains("ages"))
    bench.press("t")
    #expect(bench.rows[1].contains("CET"))
    let local = bench.rows
    bench.press("t")
    #expect(bench.rows[1].contains("UTC"))
    #expect(bench.rows != local)
    bench.press("t")
    #expect(!bench.rows[1].contains("UTC"))
  }

  @Test("what was said before a turn has the time at which that began")
  func promptTime() {
    var bench = bench([
      .metadata(["createdAt": .number((FleetFixture.now - 300) * 1000)]), .textStart(id: "t"),
      .textDelta(id: "t", delta: "Done."),
    ])
    bench.press("t t")
    #expect(bench.rows[2].hasPrefix("you   14:00  Read the news."))
  }

  @Test("t passes over the UTC that the local times are")
  func utc() {
    var bench = Bench(FleetFixture.full, zone: .utc)
    bench.press("2 t t")
    #expect(bench.screen.reading.times == .local)
    bench.press("t")
    #expect(bench.screen.reading.times == .off)
  }

  @Test("R shows Markdown as it was written, then events, then parts as JSON, then what it means")
  func forms() {
    var bench = bench([], "# Title\n\n**bold** words")
    bench.press("R")
    #expect(bench.rows[1].contains("RAW TEXT"))
    #expect(bench.rows[4...6] == ["ai    # Title", "", "      **bold** words"])
    bench.press("R")
    #expect(bench.rows[1].contains("RAW EVENTS"))
    bench.press("R")
    #expect(bench.rows[1].contains("PARTS"))
    #expect(bench.rows[4].contains("\"type\": \"text\""))
    bench.press("R")
    #expect(bench.rows[4] == "ai    Title")
  }

  @Test("a plain view has no margin, and Esc gives the margin back")
  func clean() {
    var bench = bench([], "words")
    bench.press("V")
    #expect(bench.rows[2...4] == ["Read the news.", "", "words"])
    bench.press("esc")
    #expect(bench.rows.contains { $0.contains("ai    words") })
    #expect(bench.screen.focus == .output)
  }

  @Test("a rule below a turn says when it began, how long it took and what it cost")
  func turns() {
    var bench = bench()
    let start = FleetFixture.now - 300
    tell(
      &bench,
      [
        .metadata([
          "createdAt": .number(start * 1000),
          "usage": ["durationMs": 192_000, "credits": 2.9],
        ]),
        .textStart(id: "t"), .textDelta(id: "t", delta: "Done."), .textEnd(id: "t"),
        .finish(reason: "stop", metadata: nil),
      ])
    #expect(bench.rows[5].hasPrefix("── turn 1  14:00 UTC  3m12  2.9 cr ───"))
  }

  @Test("a turn that says nothing of itself has a number and no guesses")
  func quietTurn() {
    var bench = Bench(FleetFixture.single())
    var transcript = Transcript()
    transcript.apply(.start(messageID: "m", metadata: nil), now: nil)
    transcript.apply(.textStart(id: "t"), now: nil)
    transcript.apply(.textDelta(id: "t", delta: "a"), now: nil)
    transcript.apply(.finish(reason: nil, metadata: nil), now: nil)
    bench.fleet.workers["wrk_one"]?.transcript = transcript
    bench.press("2 f")
    #expect(bench.rows[4].hasPrefix("── turn 1 ────"))
  }

  @Test("e and E go to errors and failed tools, and say which of how many")
  func problems() {
    func failed(_ name: String) -> [WorkerEvent] {
      [
        .tool(callID: name, .inputStart(name: name, title: nil)),
        .tool(callID: name, .outputError("no answer")),
      ]
    }
    let filler = (1...60).map { WorkerEvent.plainText("line \($0)") }
    var bench = bench(failed("first") + filler + failed("second") + [.error("the end")])
    bench.press("g e")
    #expect(bench.rows[23].hasPrefix("> 1/3: first"))
    bench.press("e")
    #expect(bench.rows[23].hasPrefix("> 2/3: second"))
    #expect(bench.text.contains("tool  second"))
    bench.press("e")
    #expect(bench.rows[23] == "> 3/3: the end")
    bench.press("e")
    #expect(bench.rows[23] == "> no error after this")
    bench.press("E E")
    #expect(bench.rows[23].hasPrefix("> 1/3: first"))
    bench.press("E")
    #expect(bench.rows[23] == "> no error before this")
  }

  @Test("what was gone to is what enter opens, while it is on the screen, and o shows it whole")
  func opensWhatWasGoneTo() {
    func failed(_ name: String) -> [WorkerEvent] {
      let rows = JSON.array((1...60).map { .string("\(name) \($0)") })
      return [
        .tool(callID: name, .inputAvailable(name: name, title: nil, input: ["rows": rows])),
        .tool(callID: name, .outputError("no answer")),
      ]
    }
    var bench = bench(failed("first") + failed("second"))
    bench.press("g e e")
    #expect(bench.rows[23].hasPrefix("> 2/2: second {"))
    bench.press("enter")
    let titles = bench.rows.filter { $0.hasPrefix("tool  ") }
    #expect(titles.count == 2)
    #expect(bench.rows.contains { $0.hasSuffix("\"second 1\",") })
    #expect(!bench.rows.contains { $0.hasSuffix("\"first 1\",") })
    bench.press("o")
    let papers = bench.outcomes.compactMap { outcome in
      if case .handOver(let handover) = outcome { handover.text } else { nil }
    }
    #expect(papers.last?.hasPrefix("- tool: second, failed") == true)
    #expect(papers.last?.contains("second 60") == true)
    bench.press("enter L j enter enter")
    #expect(!bench.rows.contains { $0.hasSuffix("\"second 1\",") })
    #expect(bench.rows.contains { $0.hasSuffix("\"first 1\",") })
  }

  @Test("( and ) go by tool calls, also where the parts are shown as they came")
  func tools() {
    func called(_ name: String) -> [WorkerEvent] {
      [
        .tool(callID: name, .inputAvailable(name: name, title: nil, input: ["url": "a.example"])),
        .tool(callID: name, .output(1, isPreliminary: false)),
      ]
    }
    let filler = (1...60).map { WorkerEvent.plainText("line \($0)") }
    var bench = bench(called("first") + filler + called("second") + filler + [.error("the end")])
    bench.press("g )")
    #expect(bench.rows[23].hasPrefix("> 1/2: first a.example"))
    bench.press(")")
    #expect(bench.rows[23].hasPrefix("> 2/2: second a.example"))
    #expect(bench.text.contains("tool  second"))
    bench.press(")")
    #expect(bench.rows[23] == "> no tool call after this")
    bench.press("( (")
    #expect(bench.rows[23] == "> no tool call before this")
    bench.press("R R R g )")
    #expect(bench.rows[23] == "> 2/2: second a.example")
    bench.press("e")
    #expect(bench.rows[23] == "> 1/1: the end")
  }

  @Test("the outline lists turns, headings and errors, and enter goes there")
  func outline() {
    let filler = (1...30).map { "line \($0)\n\n" }.joined()
    var bench = bench([], "# One\n\n\(filler)## Two\n\n\(filler)")
    tell(&bench, [.error("it broke")])
    bench.press("L")
    let listed = bench.rows.filter { $0.contains("│") }
      .map { $0.filter { !"│".contains($0) }.split(separator: " ").joined(separator: " ") }
    #expect(listed == ["turn 1 Read the news.", "One", "Two", "> ! it broke"])
    bench.press("k enter")
    #expect(bench.rows[2] == "      ## Two")
  }

  @Test("a link to a source carries its number, also when the source comes later")
  func sources() {
    var bench = bench(
      [],
      "see [this](https://a.example/x) and [1](https://a.example/x), ![chart](http://i.example/c)"
    )
    #expect(
      bench.rows[4] == "ai    see this (a.example) and 1 (a.example), [image: chart, i.example/c]")
    tell(&bench, [.source(id: "s", title: nil, url: "https://a.example/x")])
    #expect(bench.rows[4] == "ai    see this (a.example) [1] and [1], [image: chart, i.example/c]")
  }

  @Test("whatever keys are pressed while text streams, what is drawn is what is there")
  func random() {
    let keys = [
      "/", "&", "a", "!", "enter", "esc", "n", "N", "v", "j", "k", "g", "G", "pgup", "pgdn", "x",
      "w", "l", "h", "t", "R", "V", "e", "E", "L", "F", "{", "}", "2", "2",
    ]
    for seed in 1...20 {
      var dice = Seeded(UInt64(seed))
      var bench = bench([], "# a\n\nalpha `a` [a](https://a.example)\n\n")
      for step in 0..<150 {
        bench.press(keys.randomElement(using: &dice) ?? "2")
        if step % 3 == 0 {
          let words = [
            "a b ", "\n\n", "## ba\n\n", "| a | b |\n|--|--|\n| a | c |\n", "> quote a ",
          ]
          tell(
            &bench,
            [
              .textDelta(id: "t", delta: DeltaText(words.randomElement(using: &dice) ?? "")),
              .tool(callID: "c\(step % 7)", .inputStart(name: "fetch a", title: nil)),
              .tool(callID: "c\(step % 5)", .outputError("broken a")),
            ])
        }
        if step % 20 == 19 {
          bench.resize(Int.random(in: 20...130, using: &dice), Int.random(in: 4...45, using: &dice))
        }
        let output = bench.screen.output
        #expect(output.rendition.starts.count == output.rendition.sections.count + 1)
        #expect(bench.frame.size == bench.screen.size)
        if let number = output.matchCount?.number { #expect(number <= output.rendition.hitCount) }
      }
    }
  }

  @Test("no way to read shows text that could drive the terminal", arguments: Hostile.texts.indices)
  func hostile(_ number: Int) {
    let text = Hostile.texts[number]
    for keys in ["w", "R", "R R", "V", "e", "L", "t t", "v", "enter"] {
      var bench = Bench(Hostile.fleet(text), columns: 80, rows: 24)
      bench.press("2 g \(keys)")
      let scalars = bench.text.unicodeScalars.filter { $0 != "\n" }
      #expect(scalars.filter(Hostile.isForbidden).isEmpty, "\(keys)")
    }
  }
}
