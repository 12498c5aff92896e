import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Copying and saving")
struct CopyTests {
  private func clips(_ bench: Bench) -> [Clip] {
    bench.outcomes.compactMap { if case .copy(let clip) = $0 { clip } else { nil } }
  }

  private func exports(_ bench: Bench) -> [Export] {
    bench.actions.compactMap { if case .export(let export) = $0 { export } else { nil } }
  }

  private func clip(_ keys: String, _ fleet: State = FleetFixture.full) -> Clip? {
    var bench = Bench(fleet)
    bench.press("1")
    bench.press(keys)
    #expect(bench.screen.overlays.isEmpty)
    return clips(bench).last
  }

  @Test("y opens the menu, a second key copies and closes it, and Esc only closes it")
  func menu() {
    var bench = Bench()
    bench.press("2 y")
    #expect(bench.screen.overlays == [.copying])
    bench.press("x")
    #expect(bench.screen.overlays == [.copying])
    bench.press("esc")
    #expect(bench.screen.overlays.isEmpty)
    #expect(clips(bench) == [])
    bench.press("y i")
    #expect(clips(bench) == [Clip(what: "the id", text: FleetFixture.watched)])
  }

  @Test("the row is uncut, with what the screen has no room for")
  func rows() {
    #expect(clip("1 y y")?.text.contains(FleetFixture.watched) == true)
    let source = clip("3 y y")?.text ?? ""
    #expect(source.hasPrefix("[1]  ") && source.contains("https://"))
    #expect(clip("4 y y")?.what == "the row")
    #expect(clip("6 y y")?.text.contains("spent") == true)
  }

  @Test("the address is that of the page, of the file, or of the worker")
  func addresses() {
    var bench = Bench()
    bench.screen.endpoint = "https://server.example/v3"
    bench.press("3 j y u 4 y u 2 y u")
    let worker = bench.fleet.workers[FleetFixture.watched]
    #expect(
      clips(bench).map(\.text) == [
        worker?.sources[1].url, worker?.files[0].url,
        "https://server.example/v3/api/workers/\(FleetFixture.watched)",
      ])
  }

  @Test("the curl command asks for what the pane shows, and never holds a key")
  func curl() {
    var bench = Bench()
    bench.screen.endpoint = "https://server.example"
    bench.press("1 y c 2 y c 5 y c")
    let start = "curl -sS -H \"Authorization: Bearer $HANDINGER_API_KEY\" "
    let path = "https://server.example/api/workers/\(FleetFixture.watched)"
    #expect(clips(bench)[0].text == start + "'\(path)'")
    #expect(clips(bench)[1].text.hasSuffix("'\(path)/stream'"))
    #expect(clips(bench)[1].text.hasPrefix("curl -sSN "))
    #expect(clips(bench)[2].text == start + "'\(path)/schedules'")
    bench.screen.endpoint = ""
    bench.press("1 y c")
    #expect(
      clips(bench)[3].text
        == start + "\"$HANDINGER_BASE_URL\"'/api/workers/\(FleetFixture.watched)'")
  }

  @Test("an id that is a shell's trap is one word of the command")
  func quoting() {
    #expect(Screen.quoted("a'$(id)'b") == "'a'\\''$(id)'\\''b'")
    var fleet = State()
    let trap = "wrk_'; rm -rf ~; '"
    _ = reduce(
      &fleet,
      .adopt([KnownWorker(id: trap, instruction: "x", budget: .low, addedAt: 0)]), now: 1)
    var bench = Bench(fleet)
    bench.screen.endpoint = "https://server.example"
    bench.press("y c")
    #expect(
      clips(bench).last?.text.hasSuffix(
        " 'https://server.example/api/workers/wrk_'\\'';%20rm%20-rf%20~;%20'\\'''") == true)
  }

  private static func written(_ texts: [String]) -> State {
    var state = FleetFixture.single()
    let events = texts.enumerated().flatMap { index, text -> [StreamItem] in
      [
        StreamItem(.textStart(id: "c\(index)")),
        StreamItem(.textDelta(id: "c\(index)", delta: DeltaText(text))),
        StreamItem(.textEnd(id: "c\(index)")),
      ]
    }
    _ = reduce(&state, .stream(worker: "wrk_one", .items(events)), now: FleetFixture.now)
    return state
  }

  @Test("output, message and code block are the worker's own Markdown, tabs and all")
  func output() {
    let first = "First **bold**.\n\n```make\nall:\n\tcc x.c\n```"
    let second = "Second, without code."
    let fleet = Self.written([first, second])
    #expect(clip("2 y y", fleet)?.text == second)
    #expect(clip("2 y o", fleet)?.text.hasSuffix("\(first)\n\n\(second)") == true)
    #expect(clip("2 y b", fleet)?.text == "all:\n\tcc x.c")
  }

  @Test("the code block on the screen comes before the last one")
  func block() {
    let early = "```\nearly code\n```\n" + String(repeating: "\nMore.\n", count: 60)
    let fleet = Self.written([early, "```\nlate code\n```"])
    #expect(clip("2 G y b", fleet)?.text == "late code")
    #expect(clip("2 g y b", fleet)?.text == "early code")
  }

  @Test("selected lines are taken at once, by y or by s, and the selection ends")
  func selected() {
    let fleet = Self.written(["One line.\n\nTwo."])
    for key in ["y", "s"] {
      var bench = Bench(fleet)
      bench.press("2 G v \(key)")
      #expect(bench.screen.output.selection == nil && bench.screen.overlays.isEmpty)
      let text = clips(bench).last?.text ?? exports(bench).last?.text
      #expect(text?.hasPrefix("Two.") == true)
    }
  }

  @Test("what is not there says so and copies nothing")
  func nothing() {
    var bench = Bench(FleetFixture.empty)
    for (keys, words) in [
      ("y i", "no worker is selected; n starts one"), ("y y", "no row is selected"),
      ("s", "there is nothing to save here yet"), ("2 s", "there is no output to save yet"),
    ] {
      bench.press(keys)
      #expect(bench.rows[23] == "> \(words)")
    }
    #expect(clips(bench) == [] && exports(bench) == [])
  }

  @Test("s makes Markdown of the output and text of the lists")
  func save() {
    var bench = Bench()
    bench.press("2 s 3 s 1 s")
    let exports = exports(bench)
    #expect(exports.map(\.place) == [.saved, .saved, .saved])
    let title = bench.fleet.workers[FleetFixture.watched]?.title ?? ""
    #expect(exports.map(\.name) == ["\(title).md", "\(title) sources.txt", "workers.txt"])
    #expect(exports[0].text.hasPrefix("# \(title)\n\n## You\n\n> "))
    #expect(exports[0].text.contains("\n## Sources\n\n1. "))
    #expect(exports[2].text.split(separator: "\n").count == bench.fleet.order.count)
  }

  @Test("requirement 5: hostile text leaves nothing in a copy or a file that a terminal obeys")
  func hostile() {
    for text in Hostile.texts {
      for pane in 1...6 {
        var bench = Bench(Hostile.fleet(text))
        bench.press("\(pane) s y y y o y b y i y u y e y c")
        for text in clips(bench).map(\.text) + exports(bench).map(\.text) {
          let found = text.unicodeScalars.filter {
            Hostile.isForbidden($0) && $0 != "\n" && $0 != "\t"
          }
          #expect(found.isEmpty, "pane \(pane): \(found)")
        }
      }
    }
  }

  @Test(
    "the message names way and size, and claims nothing that is not known",
    arguments: [
      (
        CopyRoute.terminal(.bare),
        "the id, 3 B, sent to the terminal by OSC 52; whether it was taken is not known"
      ),
      (
        .terminal(.screen),
        "the id, 3 B, sent through screen by OSC 52; whether it was taken is not known"
      ),
      (
        .tmuxBuffer(isOffered: true),
        "the id, 3 B, in tmux's buffer; tmux was asked to pass it to the clipboard"
      ),
      (.none(.tooLarge(limit: 2)), "the id, 3 B, too large for the clipboard:"),
      (.none(.unknownTerminal), "this terminal has no clipboard for the id, 3 B:"),
    ])
  func sentences(_ route: CopyRoute, _ words: String) {
    let clip = Clip(what: "the id", text: "abc")
    #expect(clip.sentence(route) == words)
    let isFile = if case .none = route { true } else { false }
    #expect((clip.export(route) != nil) == isFile)
  }
}

@MainActor
@Suite("A session that copies", .timeLimit(.minutes(1)))
struct SessionCopyTests {
  @Test("hands the text to the display and says by which way it went")
  func sent() async throws {
    let station = Station(FleetFixture.full)
    try station.session.begin()
    station.display.fake.press("1 y i")
    await station.display.fake.wait(for: "B, sent to the terminal by OSC 52")
    #expect(station.display.fake.copies == [station.session.screen.selected ?? ""])
    #expect(station.store.state.notice?.isAnswer == true)
    await station.session.end()
  }

  @Test("makes a file of what is too large, or says that it cannot")
  func file() async throws {
    let station = Station(FleetFixture.full)
    station.display.fake.copyRoute = .none(.tooLarge(limit: 1))
    try station.session.begin()
    let words = "too large for the clipboard: not saved"
    let (told, teller) = AsyncStream<Void>.makeStream()
    let draw = station.store.onChange
    station.store.onChange = { isAwaited in
      draw?(isAwaited)
      if station.store.state.notice?.text.contains(words) == true { teller.finish() }
    }
    station.display.fake.press("1 y i")
    for await _ in told {}
    // Drawn at once, whichever frame was the next to be due.
    station.display.fake.send(.resize(station.display.size))
    #expect(station.display.fake.text.contains(words))
    station.store.onChange = draw
    await station.session.end()
  }
}
