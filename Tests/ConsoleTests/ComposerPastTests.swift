import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("What an empty field of the composer can be filled with")
struct ComposerPastTests {
  private func composer(_ bench: Bench) -> Composer? {
    if case .composer(let composer) = bench.screen.overlays.last { composer } else { nil }
  }

  /// What is said of the recalled text that stands in the field, where the screen says it too.
  private func said(_ bench: Bench) -> String {
    guard let composer = composer(bench), let place = composer.standing else { return "" }
    let words = composer.past[place].words(width: 76, ellipsis: "…")
    return bench.text.contains(words) ? words : "not on the screen: \(words)"
  }

  private let written: [Draft.Subject: Draft] = [
    .followUp(worker: "wrk_one"): Draft(
      subject: .followUp(worker: "wrk_one"), text: "Ask again", cursor: 3, budget: .low),
    .schedule(worker: "wrk_one"): Draft(
      subject: .schedule(worker: "wrk_one"), text: "Look daily", cursor: 10, budget: .low),
  ]

  /// Three instructions were sent, one of which stands in a draft as well.
  private func bench() -> Bench {
    var bench = Bench(FleetFixture.single())
    for text in ["First", "Ask again", "Second"] {
      bench.press("n")
      bench.send(.paste(text))
      bench.press("enter")
    }
    for draft in written.values { bench.tell(.write(draft)) }
    return bench
  }

  @Test("up goes through the other drafts, then what was written, each text once; down goes back")
  func recalls() {
    var bench = bench()
    bench.press("n")
    var seen: [[String]] = []
    for key in ["up", "up", "up", "up", "up", "down", "down", "down", "down", "down"] {
      bench.press(key)
      seen.append([composer(bench)?.area.text ?? "", said(bench)])
    }
    let ask = ["Ask again", "draft for Read the news. (copy)"]
    let look = ["Look daily", "schedule draft for Read the news. (copy)"]
    let second = ["Second", "written before, 1 of 2"]
    let first = ["First", "written before, 2 of 2"]
    #expect(
      seen == [ask, look, second, first, first, second, look, ask, ["", ""], ["", ""]])
    #expect(bench.fleet.drafts == written)
  }

  @Test("what is recalled is a copy: the other draft stays, and the changed text is one's own")
  func copies() {
    var bench = bench()
    bench.press("n up x")
    let own = Draft(subject: .newWorker, text: "Ask againx", cursor: 10, budget: .standard)
    #expect(composer(bench)?.draft == own)
    #expect(bench.fleet.drafts == written.merging([.newWorker: own]) { $1 })
    #expect(said(bench) == "")
    #expect(bench.text.contains("2 words, kept as you type"))
    bench.press("ctrl-u up")
    #expect(composer(bench)?.area.text == "Ask again")
  }

  @Test("a follow-up is offered the draft of a new worker, and not its own")
  func offersNewWorker() {
    var bench = bench()
    let new = Draft(subject: .newWorker, text: "Find a venue", cursor: 0, budget: .high)
    bench.tell(.write(new))
    bench.tell(
      .write(Draft(subject: .followUp(worker: "wrk_one"), text: "", cursor: 0, budget: .low)))
    bench.press("c up")
    #expect(composer(bench)?.area.text == "Find a venue" && composer(bench)?.area.cursor == 12)
    #expect(said(bench) == "draft for a new worker (copy)")
    #expect(bench.text.contains("draft for a new worker (copy); it still runs"))
    bench.press("up")
    #expect(said(bench) == "schedule draft for Read the news. (copy)")
    #expect(bench.fleet.drafts[.newWorker] == new)
  }

  @Test("what stood in the field before it was emptied comes back by undo")
  func undoes() {
    var bench = bench()
    bench.press("n")
    bench.type("Mine")
    bench.press("ctrl-u up up ctrl-_ ctrl-_")
    #expect(composer(bench)?.area.text == "")
    bench.press("ctrl-_")
    #expect(composer(bench)?.area.text == "Mine")
  }

  @Test("a title is cut to leave the words around it, and nothing in it reaches the terminal")
  func titles() {
    let past = Past(
      text: "a", origin: .draft(.followUp(worker: "w"), title: "Read\n\u{1B}[31mthe news"))
    #expect(past.words(width: 76, ellipsis: "…") == "draft for Read \u{FFFD}[31mthe news (copy)")
    #expect(past.words(width: 24, ellipsis: "…") == "draft for Read \u{FFFD}… (copy)")
  }

  @Test("the newest worker's draft is nearer than an older one's")
  func order() {
    var state = State()
    let known = [("wrk_z", 10.0), ("wrk_a", 20.0)].map { id, at in
      KnownWorker(id: id, title: "\(id)!", instruction: id, budget: .low, addedAt: at)
    }
    _ = reduce(&state, .recalled(Recollection(workers: known)), now: 30)
    for id in ["wrk_z", "wrk_a"] {
      let subject = Draft.Subject.followUp(worker: id)
      let draft = Draft(subject: subject, text: "To \(id)", cursor: 0, budget: .low)
      _ = reduce(&state, .write(draft), now: 31)
    }
    let blank = Draft(subject: .schedule(worker: "wrk_a"), text: " \n", cursor: 0, budget: .low)
    _ = reduce(&state, .write(blank), now: 32)
    #expect(
      Past.all(in: state, besides: .newWorker) == [
        Past(text: "To wrk_z", origin: .draft(.followUp(worker: "wrk_z"), title: "wrk_z!")),
        Past(text: "To wrk_a", origin: .draft(.followUp(worker: "wrk_a"), title: "wrk_a!")),
      ])
  }
}
