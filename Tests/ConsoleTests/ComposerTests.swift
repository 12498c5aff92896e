import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The composer")
struct ComposerTests {
  private func composer(_ bench: Bench) -> Composer? {
    if case .composer(let composer) = bench.screen.overlays.last { composer } else { nil }
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

  private func draft(_ text: String, _ cursor: Int, _ budget: Budget = .standard) -> Draft {
    Draft(subject: .newWorker, text: text, cursor: cursor, budget: budget)
  }

  @Test("typing, Enter: the worker is created with exactly that text, and the box is gone")
  func sends() {
    var bench = Bench(FleetFixture.single())
    bench.press("n")
    bench.type("Read q and ?")
    bench.press("ctrl-j")
    bench.type("then say.")
    bench.press("enter")
    #expect(sent(bench).count == 1)
    guard case .create(let key, let input, let budget) = sent(bench).first else { return }
    #expect((input, budget) == ("Read q and ?\nthen say.", .standard))
    #expect(key.count == 32 && key.allSatisfy(\.isHexDigit))
    #expect(bench.screen.overlays == [])
  }

  @Test("two requests never have the same key")
  func keys() {
    var bench = Bench(FleetFixture.single())
    for _ in 0..<20 {
      bench.press("n")
      bench.type("Go")
      bench.press("enter")
    }
    let keys = bench.actions.compactMap { if case .create(let key, _, _) = $0 { key } else { nil } }
    #expect((keys.count, Set(keys).count) == (20, 20))
  }

  @Test("chords with Alt edit words and leave the list alone")
  func chords() {
    var bench = Bench(FleetFixture.single())
    let list = bench.rows.dropLast()
    bench.press("ctrl-left alt-d alt-backspace")
    #expect(bench.rows.dropLast() == list)
    bench.press("n")
    bench.type("one two three")
    bench.press("ctrl-left alt-backspace")
    #expect(composer(bench)?.area.text == "one three")
    bench.press("alt-d")
    #expect(composer(bench)?.area.text == "one ")
  }

  @Test("Esc takes the typed yes back and leaves the text; only then it closes")
  func takesBack() {
    var bench = Bench()
    bench.press("n")
    bench.press("tab right right right enter y e")
    #expect(bench.screen.context == .typedYes)
    #expect(bench.rows[22].contains("enter go on  esc no") && !bench.rows[22].contains("budget"))
    bench.press("tab esc")
    let composer = composer(bench)
    #expect(composer?.field == .text && composer?.typed == "")
    #expect(composer?.budget == .unlimited && composer?.area.text.isEmpty == false)
    bench.press("esc")
    #expect(bench.screen.overlays == [] && sent(bench) == [])
  }

  @Test("every key press keeps the draft")
  func keepsDraft() {
    var bench = Bench(FleetFixture.single())
    bench.press("n")
    bench.type("Go")
    bench.press("left")
    #expect(
      bench.actions == [.write(draft("G", 1)), .write(draft("Go", 2)), .write(draft("Go", 1))])
  }

  @Test("a paste of fifty lines is text, sends nothing and acts as no key")
  func paste() {
    var bench = Bench(FleetFixture.single())
    let text = (1...50).map { "line \($0) q D y" }.joined(separator: "\n")
    bench.press("n")
    bench.send(.paste(text + "\n"))
    #expect(composer(bench)?.area.text == text + "\n")
    #expect(sent(bench) == [])
    #expect(bench.screen.context == .composer)
  }

  @Test(
    "a paste where nothing can be typed is ignored and says so", arguments: ["", "2", "?", "T"])
  func pasteElsewhere(_ keys: String) {
    var bench = Bench()
    bench.press(keys)
    let (before, told) = (bench.screen.context, bench.actions)
    bench.send(.paste("q\nD\ny\n"))
    #expect(bench.screen.context == before)
    #expect(bench.actions == told)
    #expect(bench.rows[23].contains("pasted text was ignored"))
  }

  @Test("a pasted paste after a first Enter takes the confirmation back")
  func pasteDisarms() {
    var bench = Bench(FleetFixture.single())
    bench.press("n tab right tab")
    bench.type("Go")
    bench.press("enter")
    #expect(composer(bench)?.isArmed == true)
    bench.send(.paste("\n"))
    #expect(composer(bench)?.isArmed == false)
    bench.press("enter")
    #expect(sent(bench) == [])
  }

  @Test(
    "a paste where the focus is on no text goes to the text with the focus, and sends nothing",
    arguments: [
      ("tab", Budget.standard), ("tab right", .high), ("tab right right enter y", .unlimited),
    ])
  func pasteBesideText(_ keys: String, _ budget: Budget) {
    var bench = Bench(FleetFixture.single())
    bench.press("n")
    bench.type("Go")
    bench.press("left \(keys)")
    bench.send(.paste("a\nb\n"))
    #expect(composer(bench)?.draft == draft("Ga\nb\no", 5, budget))
    #expect(bench.fleet.drafts == [.newWorker: draft("Ga\nb\no", 5, budget)])
    #expect(composer(bench)?.field == .text && composer(bench)?.typed == "")
    #expect(bench.screen.context == .composer)
    #expect(sent(bench) == [])
  }

  @Test("a high budget needs a second Enter, and any other key takes the first back")
  func high() {
    var bench = Bench(FleetFixture.single())
    bench.press("n")
    bench.type("Go")
    bench.press("tab right enter")
    #expect(composer(bench)?.budget == .high)
    #expect(sent(bench) == [])
    #expect(bench.text.contains("High budget: Enter again sends it."))
    bench.press("tab enter")
    #expect(sent(bench) == [])
    bench.press("enter")
    guard case .create(_, "Go", .high) = sent(bench).last else {
      Issue.record("not sent: \(bench.actions)")
      return
    }
  }

  @Test("an unlimited budget needs a typed yes, and nothing less")
  func unlimited() {
    for (typed, isSent) in [
      ("", false), ("y", false), ("YES", false), ("yesx", false), ("yes", true),
    ] {
      var bench = Bench(FleetFixture.single())
      bench.press("n")
      bench.type("Go")
      bench.press("tab right right enter enter")
      #expect(sent(bench) == [])
      bench.type(typed)
      bench.press("enter")
      #expect(sent(bench).isEmpty == !isSent, "\(typed)")
    }
  }

  @Test("an empty instruction is not sent and says what is missing")
  func empty() {
    var bench = Bench(FleetFixture.single())
    bench.press("n space enter")
    #expect(sent(bench) == [])
    #expect(bench.text.contains("write an instruction first"))
  }

  @Test(
    "Esc and ctrl-c keep the draft, and it comes back with its cursor and budget",
    arguments: ["esc", "ctrl-c"])
  func restores(_ key: String) {
    var bench = Bench(FleetFixture.single())
    bench.press("n")
    bench.type("Find the door")
    bench.press("tab left tab home right right")
    bench.press(key)
    #expect(bench.screen.overlays == [])
    #expect(bench.rows[23] == "> draft kept")
    #expect(bench.fleet.drafts[.newWorker] == draft("Find the door", 2, .low))
    bench.resize(120, 40)
    bench.press("2 ctrl-n")
    #expect(composer(bench)?.draft == draft("Find the door", 2, .low))
    #expect(bench.frame.cursor.map { bench.frame[$0.x, $0.y].glyph } == "n")
  }

  @Test("each worker has a follow-up draft of its own")
  func ownDrafts() {
    var bench = Bench()
    bench.select("wrk_party")
    bench.press("c")
    bench.type("One")
    bench.press("esc j c")
    #expect(composer(bench)?.area.text == "")
    bench.press("esc k c")
    #expect(composer(bench)?.area.text == "One")
  }

  @Test("a follow-up goes to the worker that was selected, with its budget")
  func followUp() {
    var bench = Bench()
    bench.select("wrk_old")
    bench.press("c enter")
    // The draft is what was being sent when the console ended, and goes out under its old key.
    guard case .continueWorker(_, "wrk_old", "And the imprint, too.", .standard) = sent(bench).last
    else {
      Issue.record("not sent: \(bench.actions)")
      return
    }
  }

  @Test("a running worker takes no follow-up; when it is done, the same box sends it")
  func tooEarly() {
    var bench = Bench(FleetFixture.single())
    bench.press("c")
    bench.type("Go on")
    bench.press("enter")
    #expect(sent(bench) == [])
    #expect(bench.text.contains("still runs"))
    if let done = FleetFixture.worker("wrk_one", "completed", createdAt: bench.now - 60) {
      bench.tell(.polled(worker: "wrk_one", done, askedAt: bench.now))
    }
    #expect(!bench.text.contains("still runs"))
    bench.press("enter")
    #expect(sent(bench).count == 1)
  }

  @Test("a budget of the server's own is shown, and needs the typed yes")
  func otherBudget() {
    var bench = Bench()
    bench.select("wrk_later")
    bench.press("c")
    bench.type("Go")
    #expect(bench.text.contains("[extra]"))
    bench.press("enter enter")
    #expect(sent(bench) == [])
    bench.press("escape tab right")
    #expect(composer(bench)?.budget == .standard)
  }

  @Test("up and down move by the rows that are seen", arguments: [40, 80, 120, 200])
  func rows(_ columns: Int) {
    var bench = Bench(FleetFixture.single(), columns: columns, rows: 24)
    bench.press("n")
    bench.type(String(repeating: "word ", count: 59) + "ab")
    let before = bench.frame.cursor
    bench.press("up")
    #expect(bench.frame.cursor == before.map { Point(x: $0.x, y: $0.y - 1) })
  }

  @Test("more than a mebibyte is refused, and what was there stays")
  func full() {
    var bench = Bench(FleetFixture.single())
    bench.press("n")
    bench.type("Go")
    bench.send(.paste(String(repeating: "x", count: TextArea.byteLimit)))
    #expect(composer(bench)?.area.text == "Go")
    #expect(bench.text.contains("the text is full at 1 MiB"))
  }

  /// A fleet that has spent its day's ceiling.
  private func spent() -> Bench {
    var bench = Bench(FleetFixture.full)
    bench.fleet.ceilings = Ceilings(fleet: 1)
    return bench
  }

  @Test("past a ceiling only a typed yes sends, and it lets just that order pass")
  func ceiling() {
    var bench = spent()
    bench.press("n")
    bench.type("Go")
    bench.press("enter enter y enter")
    #expect(sent(bench) == [])
    #expect(composer(bench)?.field == .confirmation)
    #expect(bench.text.contains("Ceiling reached: all workers"))
    bench.type("yes")
    bench.press("enter")
    #expect(sent(bench).count == 1)
    guard case .create(let key, _, _) = sent(bench).first else {
      return #expect(Bool(false))
    }
    #expect(bench.actions.contains(.allow(intent: key)))
    #expect(bench.fleet.sending.keys.contains(key))
  }

  @Test("a follow-up and a schedule past a ceiling are asked for as well")
  func ceilingOfOthers() {
    var bench = spent()
    bench.press("5 n enter")
    #expect(sent(bench) == [])
    bench.type("yes")
    bench.press("enter")
    #expect(sent(bench).count == 1)
  }

  @Test("up in an empty field brings back what was sent before, and down goes back")
  func history() {
    var bench = Bench(FleetFixture.single())
    for text in ["First", "Second\nwith two rows", "Third"] {
      bench.press("n")
      bench.send(.paste(text))
      bench.press("enter")
    }
    bench.press("n")
    var seen: [String] = []
    for key in ["up", "up", "up", "up", "down", "down", "down", "down"] {
      bench.press(key)
      seen.append(composer(bench)?.area.text ?? "")
    }
    let two = "Second\nwith two rows"
    #expect(seen == ["Third", two, "First", "First", two, "Third", "", ""])
    // What was changed is a text of its own: the keys move in its rows.
    bench.press("up x up")
    #expect(composer(bench)?.area.text == "Thirdx")
    #expect(bench.fleet.drafts[.newWorker]?.text == "Thirdx")
  }
}
