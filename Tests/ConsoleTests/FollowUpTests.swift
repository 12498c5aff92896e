import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The composer of a follow-up")
struct FollowUpTests {
  /// A worker that is done and has two files.
  private let digest = "wrk_digest"

  private func composer(_ bench: Bench) -> Composer? {
    if case .composer(let composer) = bench.screen.overlays.last { composer } else { nil }
  }

  private func form(_ bench: Bench) -> ScheduleForm? {
    if case .form(let form) = bench.screen.overlays.last { form } else { nil }
  }

  /// Paid requests among what the fleet was told.
  private func sent(_ bench: Bench) -> [Action] {
    bench.actions.filter {
      switch $0 {
      case .create, .continueWorker, .schedule: true
      default: false
      }
    }
  }

  private func opened(_ worker: String = "wrk_digest") -> Bench {
    var bench = Bench()
    bench.select(worker)
    bench.press("c")
    return bench
  }

  private func draft(_ text: String, _ cursor: Int? = nil) -> Draft {
    Draft(
      subject: .followUp(worker: digest), text: text, cursor: cursor ?? text.count, budget: .low)
  }

  private func formDraft(_ text: String, _ cursor: Int) -> Draft {
    Draft(subject: .schedule(worker: digest), text: text, cursor: cursor, budget: .low)
  }

  @Test("Tab goes through text, budget, files and when, shift-Tab back; a new worker has two")
  func fields() {
    var bench = opened()
    var seen: [Composer.Field?] = []
    for key in ["tab", "tab", "tab", "tab", "shift-tab", "shift-tab", "shift-tab", "shift-tab"] {
      bench.press(key)
      seen.append(composer(bench)?.field)
    }
    #expect(seen == [.budget, .files, .when, .text, .when, .files, .budget, .text])
    #expect(sent(bench) == [])
    var other = Bench()
    other.press("n tab")
    #expect(composer(other)?.field == .budget)
    #expect(!other.text.contains("│ Files ") && !other.text.contains("│ When "))
    other.press("tab")
    #expect(composer(other)?.field == .text)
  }

  @Test("left and right choose a file, Space and Enter name it at the end, once, and send nothing")
  func names() {
    var bench = opened()
    #expect(bench.text.contains("Files    [F1 report/november.md]  1 of 2 "))
    bench.type("Read")
    bench.press("home tab tab right right")
    #expect(
      bench.text.contains(
        "Files    [F2 leads.csv]  2 of 2, Enter or Space names it in the text"))
    bench.press("space")
    let first = "Read\nfile leads.csv: https://files.example/f2\n"
    #expect(composer(bench)?.draft == draft(first))
    #expect(bench.fleet.drafts[.followUp(worker: digest)] == draft(first))
    #expect(
      bench.text.contains("no file goes with a follow-up: its name and address are in the text"))
    bench.press("enter")
    #expect(composer(bench)?.draft == draft(first))
    #expect(bench.text.contains("its name and address are in the text already"))
    bench.press("left enter")
    let both = first + "file report/november.md: https://files.example/f1\n"
    #expect(composer(bench)?.draft == draft(both) && composer(bench)?.field == .files)
    #expect(sent(bench) == [])
  }

  @Test("without a file the row says so, and so do its keys")
  func hasNone() {
    var bench = opened("wrk_party")
    #expect(bench.text.contains("Files    none "))
    bench.press("tab tab left right")
    #expect(composer(bench)?.problem == nil)
    for key in ["space", "enter"] {
      bench.press(key)
      #expect(bench.text.contains("this worker has no file yet"))
    }
    #expect(bench.fleet.drafts[.followUp(worker: "wrk_party")] == nil)
    #expect(sent(bench) == [])
  }

  @Test("the chosen file stays chosen when others come")
  func keepsChoice() {
    var bench = opened()
    bench.press("tab tab right")
    let more: JSON = [
      ["filename": "a.md", "mediaType": "text/markdown", "url": "https://files.example/f0"],
      ["filename": "leads.csv", "mediaType": "text/csv", "url": "https://files.example/f2"],
      ["filename": "z.md", "mediaType": "text/markdown", "url": "https://files.example/f9"],
    ]
    if let worker = FleetFixture.worker(
      digest, "completed", createdAt: bench.now - 4000, [("files", more)])
    {
      bench.tell(.polled(worker: digest, worker, askedAt: bench.now))
    }
    #expect(bench.text.contains("[F2 leads.csv]  2 of 3, "))
  }

  @Test(
    "later hands text and cursor over to the schedule form, and the follow-up keeps its draft",
    arguments: ["right", "l", "space", "enter"])
  func handsOver(_ key: String) {
    var bench = opened()
    bench.type("Again")
    bench.press("left tab tab tab")
    #expect(bench.text.contains("When     [now] later "))
    bench.press(key)
    #expect(bench.screen.overlays.count == 1 && form(bench)?.worker == digest)
    #expect(form(bench)?.draft == formDraft("Again", 4))
    #expect(bench.fleet.drafts[.followUp(worker: digest)] == draft("Again", 4))
    #expect(bench.fleet.drafts[.schedule(worker: digest)] == formDraft("Again", 4))
    #expect(bench.rows[23] == "> the follow-up keeps its draft")
    #expect(sent(bench) == [])
  }

  @Test("a form that holds a draft stays as it is, and so does the follow-up")
  func keepsForm() {
    var bench = opened()
    bench.tell(.write(formDraft("Daily", 2)))
    bench.type("Again")
    bench.press("tab tab tab right")
    #expect(composer(bench)?.draft == draft("Again") && composer(bench)?.field == .when)
    #expect(bench.fleet.drafts[.followUp(worker: digest)] == draft("Again"))
    #expect(bench.fleet.drafts[.schedule(worker: digest)] == formDraft("Daily", 2))
    #expect(
      bench.rows[23] == "> the schedule form already holds a draft; n in Schedules opens it")
  }

  @Test("the instruction with which the form begins is no draft of anybody's")
  func takesPlaceOfInstruction() {
    var bench = opened()
    bench.tell(.write(formDraft("Write the weekly digest.", 24)))
    bench.type("Again")
    bench.press("tab tab tab right")
    #expect(form(bench)?.draft == formDraft("Again", 5))
  }

  @Test("an empty follow-up opens the form as it is, and writes nothing into it")
  func opensForm() {
    var bench = opened()
    bench.press("tab tab tab right")
    #expect(form(bench)?.area.text == "Write the weekly digest.")
    #expect(bench.fleet.drafts[.schedule(worker: digest)] == nil)
    bench.press("esc c")
    bench.tell(.write(formDraft("Daily", 2)))
    bench.press("tab tab tab right")
    #expect(form(bench)?.draft == formDraft("Daily", 2))
  }

  @Test(
    "a paste beside the text goes to its cursor", arguments: ["tab", "tab tab", "tab tab tab"])
  func pastes(_ keys: String) {
    var bench = opened()
    bench.type("Go")
    bench.press("left \(keys)")
    bench.send(.paste("a\nb\n"))
    #expect(composer(bench)?.draft == draft("Ga\nb\no", 5))
    #expect(composer(bench)?.field == .text)
    #expect(sent(bench) == [])
  }

  @Test(
    "the text keeps its rows beside the choices, which share one in a small screen",
    arguments: [(80, 24, 5), (120, 40, 5), (80, 20, 5), (40, 12, 3), (25, 6, 2)])
  func sizes(_ columns: Int, _ rows: Int, _ free: Int) {
    var bench = opened()
    bench.resize(columns, rows)
    let top = bench.rows.firstIndex { $0.contains("┌─ Continue") } ?? 0
    let budget = bench.rows.firstIndex { $0.contains("[low]") } ?? 0
    #expect(budget - top - 1 == free)
    let below = Array(bench.rows[(budget + 1)...])
    if rows >= 24 {
      #expect(below[0].contains("Files    [F1 ") && below[1].contains("When     [now] later "))
    } else if rows > 6 {
      #expect(below[0].contains("Files ") && below[0].contains("When [now] later "))
    }
    bench.press("tab tab")
    #expect(bench.rows[budget + 1].contains("[F1 rep"))
    #expect(bench.rows.contains { $0.contains("[low]") })
    bench.press("tab")
    #expect(bench.rows.contains { $0.contains("[now] later") })
  }
}
