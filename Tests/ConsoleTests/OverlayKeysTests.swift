import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Questions, help, themes and leaving")
struct OverlayKeysTests {
  @Test("cancelling a schedule asks first, and the question names it")
  func cancel() {
    var bench = Bench(zone: .berlin)
    bench.press("5 D")
    guard case .confirm(let confirm) = bench.screen.overlays.last else {
      Issue.record("no question")
      return
    }
    #expect(
      confirm
        == Confirm(
          title: "Cancel this schedule?",
          lines: [
            "cron 0 7 * * 1-5 of price-watch-es", "next fire: Wed 25 Nov 08:00 CET",
          ],
          quote: "instruction: Compare the prices again.",
          action: .cancelSchedule(
            intent: bench.intent(of: confirm.action), worker: FleetFixture.watched,
            schedule: "sch_cron")))
    let told = bench.actions
    for key in ["n", "esc", "q", "ctrl-c"] {
      bench.press(key)
      #expect((bench.screen.overlays, bench.actions) == ([], told))
      bench.press("D enter space j")
      #expect(bench.actions == told)
    }
    guard case .confirm(let last) = bench.screen.overlays.last else {
      Issue.record("no question")
      return
    }
    bench.press("y")
    #expect(bench.actions == told + [last.action])
  }

  @Test("the answer is about the schedule that was asked about, whatever comes in between")
  func cancelRace() throws {
    var bench = Bench()
    bench.press("5 D")
    bench.tell(.schedulesLoaded(worker: FleetFixture.watched, []))
    bench.press("y")
    let action = try #require(bench.actions.last)
    #expect(
      action
        == .cancelSchedule(
          intent: bench.intent(of: action), worker: FleetFixture.watched, schedule: "sch_cron"))
  }

  @Test("the cursor of the agenda stays with its schedule while others come and go")
  func agendaCursor() throws {
    var bench = Bench(columns: 120, rows: 40)
    bench.press("5 j D esc")
    let soon = Schedule(
      id: "sch_soon", budget: .low, input: "Soon.", kind: .delayed(seconds: 5),
      nextRunAt: bench.now + 5)
    bench.tell(.schedulesLoaded(worker: "wrk_review", [soon]))
    bench.press("D y")
    let action = try #require(bench.actions.last)
    #expect(
      action
        == .cancelSchedule(
          intent: bench.intent(of: action), worker: "wrk_digest", schedule: "sch_each"))
  }

  @Test("d downloads the file under the cursor")
  func download() {
    var bench = Bench()
    bench.press("4 j j d")
    #expect(
      bench.actions.last
        == .download(
          worker: FleetFixture.watched,
          WorkerFile(
            filename: "notes on suppliers.md", mediaType: "text/markdown",
            url: "/files/notes%20on%20suppliers.md")))
    #expect(bench.text.contains("0 B"))
  }

  @Test("a theme is tried at once, kept by Enter, and Esc brings the old one back")
  func themes() {
    var bench = Bench()
    bench.screen.theme = .plain
    bench.press("T j")
    #expect(bench.screen.theme.name == "dark")
    bench.press("j")
    #expect(bench.screen.theme.name == "light")
    bench.press("esc")
    #expect(bench.screen.theme == .plain)
    bench.press("T j enter")
    #expect(bench.screen.theme == Theme.builtIn("dark"))
    #expect(bench.actions == [.prefer(name: "theme", value: "dark")])
    bench.press("T k k k k q")
    #expect(bench.screen.theme.name == "dark")
  }

  @Test("a kept theme comes back at the start, unless one was asked for")
  func keptTheme() {
    var state = State()
    _ = reduce(
      &state, .recalled(Recollection(preferences: ["theme": "nord"])), now: FleetFixture.now)
    #expect(Bench(state).screen.theme.name == "nord")
    var screen = Screen(size: Size(columns: 80, rows: 24))
    screen.keepsTheme = true
    _ = screen.prepare(state)
    #expect(screen.theme.name == "dark")
  }

  @Test("the help scrolls to its last line and no further, and closes")
  func help() {
    var bench = Bench(columns: 40, rows: 12)
    bench.press("2 ?")
    let isToldOfTexts = { (context: Binding.Context?) in
      HelpOverlay.lines(bench.screen, HelpBox(in: context)).contains { $0.text == "In a text" }
    }
    #expect(isToldOfTexts(.composer) && isToldOfTexts(nil))
    #expect(!isToldOfTexts(.requests) && !isToldOfTexts(.pane(.output)))
    let lines = HelpOverlay.lines(bench.screen, HelpBox(in: .pane(.output))).map(\.text)
    var seen: [String] = []
    for _ in 0..<200 {
      seen += bench.rows.filter { $0.hasPrefix("│ ") }.map { row in
        var text = row.dropFirst(2).dropLast(2)
        while text.last == " " { text.removeLast() }
        return String(text)
      }
      bench.press("j")
    }
    #expect(lines.filter { line in !seen.contains { line.hasPrefix($0.prefix(30)) } } == [])
    #expect(bench.text.contains(" \(lines.count)/\(lines.count) "))
    bench.press("k")
    #expect(bench.text.contains(" \(lines.count - 1)/\(lines.count) "))
    bench.press("q")
    #expect(bench.screen.overlays == [])
  }

  @Test("ctrl-c asks for a second press; another key in between takes the first back")
  func interrupt() {
    var bench = Bench(FleetFixture.single())
    bench.press("ctrl-c")
    #expect(bench.rows[23] == "> ctrl-c again quits; workers go on and keep spending")
    bench.press("j ctrl-c")
    #expect(!bench.outcomes.contains(.quit))
    bench.press("ctrl-c")
    #expect(bench.outcomes.last == .quit)
  }

  @Test("a paste between two ctrl-c takes the first back")
  func interruptedInterrupt() {
    var bench = Bench()
    bench.press("ctrl-c")
    bench.send(.paste("x"))
    bench.press("ctrl-c")
    #expect(!bench.outcomes.contains(.quit))
  }

  @Test("q leaves the detail, then the console; f10 leaves at once")
  func quits() {
    var bench = Bench(FleetFixture.single())
    bench.press("4 f q q")
    #expect((bench.screen.focus, bench.outcomes.contains(.quit)) == (.workers, false))
    bench.press("q")
    #expect(bench.outcomes.last == .quit)
    var other = Bench(FleetFixture.single())
    other.press("4 f10")
    #expect(other.outcomes.last == .quit)
  }

  @Test("a download that would break off is said first", arguments: ["q", "f10", "ctrl-c"])
  func breaksOff(_ key: String) {
    var bench = Bench()
    bench.press("1 \(key)")
    #expect(bench.rows[23].hasSuffix(" quits; a download breaks off at 25 %"))
    bench.press("j \(key)")
    #expect(!bench.outcomes.contains(.quit))
    bench.press(key)
    #expect(bench.outcomes.last == .quit)
  }

  @Test(":q quits, whatever breaks off")
  func quitByWord() {
    var bench = Bench()
    bench.press("1 : q enter")
    #expect(bench.outcomes.last == .quit)
  }

  @Test(
    "outside events end, suspend, redraw",
    arguments: [
      (Event.hangup, Outcome.quit), (.terminate, .quit), (.resumed, .redraw),
      (.key(.control("z")), .suspend), (.key(.control("l")), .redraw),
    ])
  func outside(_ event: Event, _ outcome: Outcome) {
    var bench = Bench()
    bench.send(event)
    #expect(bench.outcomes == [outcome])
  }

  @Test("a key without a meaning says so, until the next key")
  func unknown() {
    var bench = Bench()
    bench.press("x")
    #expect(bench.rows[23] == "> x does nothing here; ? shows the keys")
    bench.press("j")
    #expect(bench.rows[23].hasPrefix("> stream reopened"))
  }

  @Test("ctrl-r asks for everything again, and a refused key is tried again")
  func refresh() {
    var bench = Bench()
    let refusal = APIError(status: 401, message: "no")
    bench.tell(.pollFailed(worker: FleetFixture.watched, .refused(refusal)))
    #expect(bench.rows[0].contains("KEY REFUSED"))
    bench.press("ctrl-r")
    #expect(bench.actions == [.refresh(nil)])
    #expect(bench.rows[0].contains("CONNECTING"))
  }

  @Test("the agenda shows all workers where there is room, this one elsewhere; a turns it")
  func agenda() {
    var bench = Bench()
    bench.press("5")
    #expect(bench.text.contains("5 Schedules 2"))
    bench.press("a")
    #expect(bench.text.contains("5 Schedules 5"))
    bench.resize(120, 40)
    #expect(bench.text.contains("5 Agenda, all workers 5"))
    bench.press("a")
    #expect(bench.text.contains("5 Schedules 2"))
  }
}
