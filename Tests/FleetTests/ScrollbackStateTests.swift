import Support
import Testing
import WorkerAPI

@testable import Fleet

@Suite("What is given to the scrollback")
struct ScrollbackStateTests {
  /// The leaves as a scrollback would hold them.
  private struct Shelf {
    var leaves: [String: [Leaf.Section: [Int: Leaf]]] = [:]

    mutating func take(_ effects: [Effect]) {
      for case .writeScrollback(let changes) in effects {
        for change in changes {
          switch change {
          case .leaf(let leaf):
            leaves[leaf.worker, default: [:]][leaf.section, default: [:]][leaf.number] = leaf
          case .cut(let worker, let section, let number):

            let kept = leaves[worker]?[section]?.filter { $0.key < number }
            leaves[worker]?[section] = kept
          case .forget(let worker): leaves[worker] = nil
          }
        }
      }
    }

    func entries(_ worker: String) -> [Leaf] {
      (leaves[worker]?[.entry] ?? [:]).values.sorted { $0.number < $1.number }
    }

    func words(_ worker: String, _ section: Leaf.Section) -> [String] {
      (leaves[worker]?[section] ?? [:]).values.sorted { $0.number < $1.number }.map(\.words)
    }
  }

  private func desk() -> (Desk, Shelf) {
    var desk = Desk(("a", .running))
    _ = desk.send(.scrollbackOpened(isFresh: false), at: 100)
    desk["a"].transcript = Transcript()
    return (desk, Shelf())
  }

  private func event(_ dice: inout Seeded, _ number: Int) -> WorkerEvent {
    // One text at a time is open, as servers send them.
    let id = String(number / 40)
    return switch Int.random(in: 0...17, using: &dice) {
    case 0: .textStart(id: id)
    case 1, 2, 3: .textDelta(id: id, delta: DeltaText("word\(number) and é\n\n"))
    case 4:
      .textDelta(id: id, delta: DeltaText(String(repeating: "long \(number)\n", count: 9_000)))
    case 5: .textEnd(id: id)
    case 6: .reasoningStart(id: id)
    case 7: .reasoningDelta(id: id, delta: "hm\nso ")
    case 8: .reasoningEnd(id: id)
    case 9: .tool(callID: "c\(number)", .inputStart(name: "fetch", title: "Fetch"))
    case 10:
      .tool(
        callID: "c\(number)",
        .inputAvailable(name: "fetch", title: nil, input: ["url": .string("http://a/\(number)")]))
    case 11: .tool(callID: "c\(number - 1)", .output(["a": 1, "b": "found"], isPreliminary: false))
    case 12: .source(id: id, title: "S", url: "http://s.example/\(number)")
    case 13: .file(url: "/files/\(number).txt", mediaType: "text/plain")
    case 14:
      .data(name: "progress", id: "\(number)", value: ["n": .integer(number)], isTransient: false)
    case 15: .error("oh \(number)")
    case 16: .plainText("plain \(number)")
    default: .startStep
    }
  }

  private func parts(_ transcript: Transcript) -> [JSON] {
    transcript.messages.flatMap { $0["parts"]?.array ?? [] }
  }

  @Test("a stream of everything comes back from the leaves as it was, also what went from memory")
  func roundTrip() {
    for seed in 1...6 {
      var (desk, shelf) = desk()
      var dice = Seeded(UInt64(seed))
      var whole = Transcript(bounds: .whole)
      let first = WorkerEvent.start(messageID: "m", metadata: nil)
      whole.apply(first, now: nil)
      shelf.take(desk.send(.stream(worker: "a", .opened), at: 101))
      shelf.take(desk.send(.stream(worker: "a", .items([StreamItem(first)])), at: 101))
      for number in 0..<1_200 {
        let event = event(&dice, number)
        whole.apply(event, now: nil)
        shelf.take(desk.send(.stream(worker: "a", .items([StreamItem(event)])), at: 102))
        if Int.random(in: 0...40, using: &dice) == 0 {
          shelf.take(desk.send(.scrollbackDue, at: 102))
        }
      }
      shelf.take(desk.send(.stream(worker: "a", .ended), at: 103))
      shelf.take(desk.send(.scrollbackDue, at: 104))
      let live = desk["a"].transcript
      #expect(live.isCutOff && live.droppedBytes > 0)
      let leaves = shelf.entries("a")
      let restored = Transcript(leaves: leaves, prompts: [])
      #expect(leaves.map(\.number) == Array(0..<live.end))
      // Where a step begins is not kept.
      let told = parts(whole).filter { $0["type"] != "step-start" }
      let differs = zip(parts(restored), told).first { $0 != $1 }
      #expect(differs == nil, "\(differs.map { "\($0)\n\($1)" } ?? "")")
      #expect(parts(restored).count == told.count)
      // What is still in memory is the same, entry for entry.
      let kept = live.entries.dropFirst(live.firstKept - live.firstNumber)
      #expect(kept.map(\.content) == restored.entries.suffix(kept.count).map(\.content))
      #expect(kept.map(\.continuation) == restored.entries.suffix(kept.count).map(\.continuation))
      #expect(shelf.words("a", .source).count == desk["a"].sources.count)
    }
  }

  @Test("a second connection that tells everything again writes it over, and a longer rest goes")
  func replay() {
    var (desk, shelf) = desk()
    func text(_ id: String, _ words: String) -> [StreamItem] {
      [
        StreamItem(.textStart(id: id)), StreamItem(.textDelta(id: id, delta: DeltaText(words))),
        StreamItem(.textEnd(id: id)),
      ]
    }
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    let start = [StreamItem(.start(messageID: "m", metadata: nil))]
    shelf.take(
      desk.send(.stream(worker: "a", .items(start + text("1", "one") + text("2", "two"))), at: 101))
    shelf.take(desk.send(.scrollbackDue, at: 102))
    #expect(shelf.words("a", .entry) == ["one", "two"])
    _ = desk.send(.stream(worker: "a", .ended), at: 103)
    shelf.take(
      desk.send(.polled(worker: "a", .answered("a", "all anew", "and"), askedAt: 110), at: 110))
    shelf.take(desk.send(.scrollbackDue, at: 111))
    #expect(shelf.words("a", .entry) == ["all anew", "and"])
  }

  @Test("what the registry gave is not written over what the scrollback has, until it changes")
  func recalled() {
    var state = State()
    var shelf = Shelf()
    shelf.take(reduce(&state, .scrollbackOpened(isFresh: false), now: 1))
    let seen =
      #"{"id":"a","status":"completed","messages":[{"id":"m","role":"assistant","parts":[{"type":"text","text":"known"}]}]}"#
    let known = KnownWorker(
      id: "a", title: "T", instruction: "do", budget: .low, addedAt: 1, lastSeen: seen,
      lastSeenAt: 1)
    shelf.take(reduce(&state, .recalled(Recollection(workers: [known])), now: 1))
    shelf.take(reduce(&state, .rename("a", "New"), now: 2))
    shelf.take(reduce(&state, .scrollbackDue, now: 3))
    #expect(shelf.words("a", .title) == ["New"])
    #expect(shelf.entries("a") == [])
  }

  @Test("a scrollback that was just made learns everything, and a forgotten worker goes")
  func fresh() {
    var state = State()
    var shelf = Shelf()
    let seen =
      #"{"id":"a","status":"completed","sources":[{"id":"s","title":"S","url":"u"}],"messages":[{"id":"m","role":"assistant","parts":[{"type":"text","text":"known"}]}]}"#
    let known = KnownWorker(
      id: "a", title: "T", instruction: "do", budget: .low, addedAt: 1, lastSeen: seen,
      lastSeenAt: 1)
    _ = reduce(&state, .recalled(Recollection(workers: [known])), now: 1)
    _ = reduce(&state, .scrollbackOpened(isFresh: true), now: 1)
    shelf.take(reduce(&state, .scrollbackDue, now: 1))
    #expect(shelf.words("a", .title) == ["T"])
    #expect(shelf.words("a", .prompt) == ["do"])
    #expect(shelf.words("a", .source) == ["S\nu"])
    #expect(shelf.words("a", .entry) == ["known"])
    shelf.take(reduce(&state, .forget("a"), now: 2))
    #expect(shelf.leaves.isEmpty)
  }

  @Test("a finished worker that says nothing new costs no write")
  func quiet() {
    var (desk, shelf) = desk()
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.stream(worker: "a", .items([StreamItem(.plainText("all"))])), at: 101)
    _ = desk.send(.stream(worker: "a", .ended), at: 102)
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 110), at: 110)
    shelf.take(desk.send(.scrollbackDue, at: 111))
    #expect(shelf.words("a", .entry) == ["all"])
    _ = desk.send(.polled(worker: "a", .sample("a", "completed"), askedAt: 170), at: 170)
    #expect(desk.send(.scrollbackDue, at: 171).names == [])
  }

  @Test("without a scrollback nothing is written or waited for")
  func none() {
    var desk = Desk(("a", .running))
    let effects = desk.send(
      .stream(worker: "a", .items([StreamItem(.textDelta(id: "t", delta: "x"))])), at: 101)
    #expect(effects == [])
    #expect(desk.send(.readScrollback("a", .first), at: 102) == [])
  }

  @Test("a failed write is said once, and what is here is written again after it works")
  func failing() {
    var (desk, shelf) = desk()
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.stream(worker: "a", .items([StreamItem(.plainText("lost"))])), at: 101)
    _ = desk.send(.scrollbackDue, at: 102)
    _ = desk.send(.scrollbackFailed("no room"), at: 102)
    #expect(desk.state.notice?.text == "older output is not kept: no room")
    desk.state.notice = nil
    _ = desk.send(.scrollbackFailed("no room"), at: 103)
    #expect(desk.state.notice == nil)
    shelf.take(desk.send(.scrollbackWorks, at: 104))
    shelf.take(desk.send(.scrollbackDue, at: 105))
    #expect(shelf.words("a", .entry) == ["lost"])
    #expect(desk.state.scrollback?.fault == nil)
  }
}
