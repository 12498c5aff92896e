import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The schedule form")
struct ScheduleFormTests {
  private func form(_ bench: Bench) -> ScheduleForm? {
    if case .form(let form) = bench.screen.overlays.last { form } else { nil }
  }

  private func requests(_ bench: Bench) -> [ScheduleRequest] {
    bench.actions.compactMap {
      if case .schedule(_, FleetFixture.watched, let request) = $0 { request } else { nil }
    }
  }

  /// The form of the watched worker with its budget set to standard.
  private func opened(zone: Zone = .berlin) -> Bench {
    var bench = Bench(zone: zone)
    bench.press("5 n shift-tab left shift-tab shift-tab shift-tab")
    return bench
  }

  private let instruction =
    "Compare list prices at the five suppliers and flag any change > 3 %"

  @Test(
    "each kind gives exactly its request",
    arguments: [
      (0, "2026-12-24 18:30", ScheduleKind.once(1_798_133_400)),
      (0, "tomorrow 09:00", .once(1_795_593_600)),
      (1, "1h30m", .delayed(seconds: 5400)), (2, "0 7 * * MON-FRI", .cron("0 7 * * mon-fri")),
      (3, "every 20s", .interval(seconds: 20)),
    ])
  func kinds(_ kind: Int, _ text: String, _ meaning: ScheduleKind) {
    var bench = opened()
    for _ in 0..<kind { bench.press("right") }
    bench.press("tab ctrl-u")
    bench.type(text)
    bench.press("enter")
    #expect(
      requests(bench) == [ScheduleRequest(input: instruction, when: meaning, budget: .standard)])
    #expect(bench.screen.overlays == [])
  }

  @Test("where the five fires do not fit below the fields, Enter shows them before it sends")
  func reviews() {
    var bench = Bench(columns: 40, rows: 12, zone: .berlin)
    bench.press("5 n right right shift-tab left enter")
    #expect(requests(bench) == [])
    #expect(bench.rows.filter { $0.contains("CET = 07:00 UTC") }.count == 5)
    #expect(bench.text.contains("at 07:00 UTC, Monday to Friday"))
    bench.press("esc")
    #expect(form(bench)?.isReviewing == false)
    bench.press("enter enter")
    #expect(requests(bench).map(\.when) == [.cron("0 7 * * 1-5")])
  }

  @Test("in a review a high budget is asked for again, and an unlimited one for a yes")
  func reviewsBudget() {
    var bench = Bench(columns: 40, rows: 12, zone: .berlin)
    bench.press("5 n enter enter")
    #expect(requests(bench) == [])
    #expect(bench.text.contains("Enter again creates it"))
    bench.press("esc shift-tab right enter enter")
    #expect(requests(bench) == [])
    bench.type("yes")
    bench.press("enter")
    #expect(requests(bench).map(\.budget) == [.unlimited])
  }

  @Test("a moment on another day in UTC names that day")
  func namesDay() {
    var bench = Bench(columns: 40, rows: 12, zone: .berlin)
    bench.press("5 n right right tab ctrl-u")
    bench.type("30 23 * * *")
    bench.press("shift-tab shift-tab left enter")
    #expect(bench.rows.filter { $0.contains("00:30 CET = Tue 23:30 UTC") }.count == 1)
  }

  @Test("requirement 18: the fires that are shown are those that come, in local time and in UTC")
  func preview() {
    var bench = opened()
    bench.press("right right tab ctrl-u")
    bench.type("30 6 * * 1")
    #expect(
      bench.rows.filter { $0.contains("CET  ") }.map {
        $0.split(separator: "│").last?.split(separator: " ").joined(separator: " ") ?? ""
      } == [
        "Fires Mon 30 Nov 07:30 CET Mon 30 Nov 06:30 UTC in 5d",
        "Mon 07 Dec 07:30 CET Mon 07 Dec 06:30 UTC in 12d",
        "Mon 14 Dec 07:30 CET Mon 14 Dec 06:30 UTC in 19d",
        "Mon 21 Dec 07:30 CET Mon 21 Dec 06:30 UTC in 26d",
        "Mon 28 Dec 07:30 CET Mon 28 Dec 06:30 UTC in 33d",
      ])
  }

  @Test("what is wrong stands under the field that it is about, and nothing is sent")
  func problems() {
    for (kind, text, words) in [
      (0, "", "say when"), (0, "soon", "not a date"),
      (0, "2020-01-01 09:00", "that moment is past"),
      (1, "0", "a span is from 1 second"), (1, "9999d", "a span is from 1 second"),
      (1, "-5m", "not a span"), (2, "61 * * * *", "in the minute field"),
      (2, "* * *", "five fields"), (2, "0 0 30 2 *", "this never comes"), (3, "1x", "not a span"),
    ] {
      var bench = opened()
      for _ in 0..<kind { bench.press("right") }
      bench.press("tab ctrl-u")
      bench.type(text)
      bench.press("enter")
      let row = bench.rows.firstIndex { $0.contains("│ When") } ?? 0
      #expect(bench.rows[row + 1].contains(words), "\(text): \(bench.rows[row + 1])")
      #expect(requests(bench) == [])
      #expect(form(bench)?.field == .when)
    }
  }

  @Test("a time that went by while the form was open is not sent as another day's")
  func passes() {
    var bench = opened()
    bench.press("tab ctrl-u")
    bench.type("15:07")
    #expect(bench.text.contains("once, on Tue 24 Nov 15:07 CET"))
    bench.now += 120
    #expect(bench.text.contains("that moment has passed") && !bench.text.contains("Fires"))
    bench.press("tab enter")
    #expect(requests(bench) == [])
    #expect(
      form(bench)?.problemAt(.when, now: bench.now)
        == "passed; now Wed 25 Nov 15:07 CET: Enter again")
    bench.press("enter")
    #expect(requests(bench).map(\.when) == [.once(1_795_615_620)])
  }

  @Test("what is sent is what is shown, also when the same words have come to mean another day")
  func staysAsShown() {
    var bench = opened()
    bench.press("tab")
    bench.now += 9 * 3600
    #expect(bench.text.contains("once, on Wed 25 Nov 09:00 CET"))
    bench.press("enter")
    #expect(requests(bench).map(\.when) == [.once(1_795_593_600)])
  }

  @Test("a typed yes and a review are asked for again when the moment went by")
  func passesLate() {
    var bench = Bench(columns: 40, rows: 12, zone: .berlin)
    bench.press("5 n shift-tab right tab tab ctrl-u")
    bench.type("15:07")
    bench.press("enter enter y e s")
    bench.now += 120
    #expect(bench.text.contains("that moment has passed"))
    bench.press("enter enter")
    #expect(requests(bench) == [] && form(bench)?.typedYes == "")
    #expect(bench.text.contains("Wed 25 Nov 15:07 CET"))
    bench.press("enter y e s enter")
    #expect(requests(bench).map(\.when) == [.once(1_795_615_620)])
  }

  @Test("the message names the schedule that was made and its fire")
  func names() {
    for (kind, words) in [
      (ScheduleKind.once(1_795_593_600), "once, Wed 25 Nov 09:00 CET"),
      (.cron("0 7 * * *"), "cron 0 7 * * *, next Wed 25 Nov 09:00 CET"),
    ] {
      var bench = Bench(zone: .berlin)
      let schedule = Schedule(
        id: "sch_new", budget: .low, input: "Go.", kind: kind, nextRunAt: 1_795_593_600)
      bench.tell(.scheduled(intent: "i", worker: FleetFixture.watched, schedule))
      #expect(bench.rows[23] == "> schedule created: \(words)")
    }
  }

  @Test("an empty instruction is not sent")
  func empty() {
    var bench = opened()
    bench.press("tab tab ctrl-u enter")
    #expect(requests(bench) == [])
    #expect(bench.text.contains("write an instruction first"))
    #expect(form(bench)?.field == .text)
  }

  @Test("looking at another kind loses nothing, and neither does Esc")
  func keepsTyped() {
    var bench = opened()
    bench.press("right tab ctrl-u")
    bench.type("42m")
    bench.press("shift-tab right left tab")
    #expect(form(bench)?.when.text == "42m")
    bench.press("tab")
    bench.type(" Now.")
    bench.press("esc")
    #expect(bench.rows[23] == "> draft kept")
    bench.press("5 n")
    #expect(form(bench)?.when.text == "42m")
    #expect(form(bench)?.area.text == instruction + " Now.")
    #expect(form(bench)?.budget == .standard)
    // What the memory keeps is all that the next run has.
    var later = Bench(bench.fleet, zone: .berlin)
    later.press("5 n")
    #expect(form(later)?.kind == .delay && form(later)?.when.text == "42m")
    later.press("shift-tab")
    #expect(form(later)?.moments == "delay\ntomorrow 09:00\n42m\n0 7 * * 1-5\n1h")
  }

  @Test("moments that another version wrote are left alone")
  func strangeMoments() {
    var bench = opened()
    bench.press("esc")
    for text in ["", "weekly\na\nb\nc\nd", "cron\nx"] {
      bench.tell(.prefer(name: "form \(FleetFixture.watched)", value: text))
      bench.press("5 n")
      #expect(form(bench)?.moments == "once\ntomorrow 09:00\n15m\n0 7 * * 1-5\n1h")
      bench.press("esc")
    }
  }

  @Test("a high budget needs two Enters, an unlimited one a typed yes")
  func budgets() {
    var bench = Bench()
    bench.press("5 n enter")
    #expect(requests(bench) == [])
    #expect(bench.text.contains("High budget: Enter again creates it."))
    bench.press("enter")
    #expect(requests(bench).map(\.budget) == [.high])

    var other = Bench()
    other.press("5 n shift-tab right enter enter")
    #expect(requests(other) == [])
    other.press("y e s enter")
    #expect(requests(other).map(\.budget) == [.unlimited])
  }

  @Test(
    "a paste goes into the field as text: one line for the moment, all lines for the instruction")
  func paste() {
    var bench = opened()
    bench.press("right tab ctrl-u")
    bench.send(.paste("2h\n"))
    #expect(form(bench)?.when.text == "2h ")
    bench.press("tab ctrl-u")
    bench.send(.paste("One\nTwo\n"))
    #expect(form(bench)?.area.text == "One\nTwo\n")
    #expect(requests(bench) == [])
    bench.press("enter")
    #expect(
      requests(bench) == [
        ScheduleRequest(input: "One\nTwo\n", when: .delayed(seconds: 7200), budget: .standard)
      ])
  }

  @Test(
    "a paste where the focus is on no text goes to the instruction, and the focus with it",
    arguments: [
      ("", Budget.standard), ("shift-tab", .standard),
      ("shift-tab right right enter y", .unlimited),
    ])
  func pasteBesideText(_ keys: String, _ budget: Budget) {
    var bench = opened()
    bench.press(keys)
    bench.send(.paste(" Then\nsay.\n"))
    let text = instruction + " Then\nsay.\n"
    let draft = Draft(
      subject: .schedule(worker: FleetFixture.watched), text: text, cursor: text.count,
      budget: budget)
    #expect(form(bench)?.draft == draft && bench.fleet.drafts[draft.subject] == draft)
    #expect(form(bench)?.field == .text && form(bench)?.typedYes == "")
    #expect(form(bench)?.when.text == "tomorrow 09:00")
    #expect(bench.screen.context == .form)
    #expect(requests(bench) == [])
  }

  @Test("a paste while the fires are looked at goes back to the fields, where it is seen")
  func pasteInReview() {
    var bench = Bench(columns: 40, rows: 12, zone: .berlin)
    bench.press("5 n enter")
    #expect(form(bench)?.isReviewing == true)
    bench.send(.paste(" Now."))
    #expect(form(bench)?.isReviewing == false && form(bench)?.field == .text)
    #expect(form(bench)?.area.text == instruction + " Now.")
    #expect(requests(bench) == [])
  }

  @Test("a long moment scrolls under its cursor")
  func longMoment() {
    var bench = Bench(columns: 40, rows: 12)
    bench.press("5 n tab ctrl-u")
    bench.type("2026-12-24 18:30 or a little later on that day")
    let row = bench.rows.first { $0.contains("│ When") } ?? ""
    #expect(row.contains("later on that day"))
    #expect(bench.frame.cursor.map { bench.frame[$0.x - 1, $0.y].glyph } == "y")
  }

  @Test("without a worker there is nothing to schedule")
  func noWorker() {
    var bench = Bench(FleetFixture.empty)
    for (key, start) in [("5 n", "ctrl-n"), ("1 c", "n"), ("enter", "n")] {
      bench.press(key)
      #expect(bench.rows[23] == "> no worker is selected; \(start) starts one")
    }
    bench.press("5 D")
    #expect(bench.rows[23] == "> no schedule is selected")
    bench.press("4 d")
    #expect(bench.rows[23] == "> this worker has no file yet")
  }
}
