import Testing
import WorkerAPI

@testable import Fleet

/// What a GET after a gap makes of a transcript.
@Suite struct ReconcileTests {
  private static let finish = StreamItem(.finish(reason: "stop", metadata: nil))

  private static func text(_ text: String) -> [StreamItem] {
    Telling.text("t", text).map { StreamItem($0) }
  }

  private static func message(_ id: String?, _ text: String, _ parts: JSON...) -> JSON {
    [
      "id": id.map { .string($0) } ?? .null, "role": "assistant",
      "parts": .array([["type": "text", "text": .string(text)]] + parts),
    ]
  }

  private static func worker(_ status: String, _ messages: JSON...) -> Worker {
    .sample("a", status, JSONObject([("messages", .array(messages))]))
  }

  /// A worker whose stream had a gap and has ended, having said these.
  private func ended(_ items: [StreamItem], hasGap: Bool = true) -> Desk {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.stream(worker: "a", .items(items)), at: 102)
    if hasGap {
      _ = desk.send(.stream(worker: "a", .lost(reason: "cut", retryAfter: 1)), at: 103)
      _ = desk.send(.stream(worker: "a", .opened), at: 104)
    }
    _ = desk.send(.stream(worker: "a", .ended), at: 105)
    return desk
  }

  private func texts(_ desk: Desk) -> [String] {
    desk["a"].transcript.entries.map { if case .text(let text) = $0.content { text } else { "?" } }
  }

  private static func start(_ id: String?) -> StreamItem {
    StreamItem(.start(messageID: id, metadata: nil))
  }

  @Test("What the stream lost in the gap comes from the stored messages", arguments: ["m", nil])
  func lost(id: String?) {
    var desk = ended([Self.start(id)] + Self.text("one ") + [Self.finish])
    let stored = Self.worker("completed", Self.message(id, "one two three"))
    _ = desk.send(.polled(worker: "a", stored, askedAt: 106), at: 107)
    #expect(texts(desk) == ["one two three"])
    #expect(!desk["a"].hasGap)
    let edition = desk["a"].transcript.edition
    _ = desk.send(.polled(worker: "a", stored, askedAt: 108), at: 109)
    #expect(desk["a"].transcript.edition == edition, "once is enough")
  }

  @Test("A stream that breaks after the end is not asked for again: the answer holds what it lacks")
  func brokenAfterEnd() {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(.stream(worker: "a", .items([Self.start("m")] + Self.text("one "))), at: 102)
    let stored = Self.worker("completed", Self.message("m", "one two three"))
    _ = desk.send(.polled(worker: "a", stored, askedAt: 103), at: 104)
    // It is still being read.
    #expect(texts(desk) == ["one "])
    var unreachable = desk
    _ = unreachable.send(
      .stream(worker: "a", .lost(reason: "away", retryAfter: 9, .unreachable)), at: 105)
    #expect(unreachable["a"].stream == .waiting(retryAt: 114, reason: "away"))
    let effects = desk.send(
      .stream(worker: "a", .lost(reason: "silent", retryAfter: 9, .broken)), at: 105)
    #expect(effects.first == .cancel(.follow("a")))
    #expect(effects.contains(.poll(worker: "a", after: 0)))
    #expect(desk["a"].stream == .ended)
    _ = desk.send(.polled(worker: "a", stored, askedAt: 106), at: 107)
    #expect(texts(desk) == ["one two three"])
  }

  @Test("What the stream told twice is told once, in one message or in two")
  func doubled() {
    let once = Self.text("one") + [Self.finish]
    for (items, stored) in [
      ([Self.start("m")] + Self.text("one") + once, Self.message("m", "one")),
      ([Self.start(nil)] + once + [Self.start(nil)] + once, Self.message(nil, "one")),
      ([Self.start("x")] + once + [Self.start("y")] + once, Self.message("z", "one")),
    ] {
      var desk = ended(items)
      _ = desk.send(.polled(worker: "a", Self.worker("completed", stored), askedAt: 106), at: 107)
      #expect(texts(desk) == ["one"])
      #expect(desk["a"].transcript.turns.count == 1)
    }
  }

  @Test("Calls, sources and files that are stored and were not streamed come in")
  func parts() {
    let call: JSON = [
      "type": "tool-search", "toolCallId": "c", "state": "output-available", "input": 1,
      "output": 2,
    ]
    let link: JSON = ["type": "source-url", "sourceId": "s", "url": "https://s"]
    for part in [call, link] {
      var desk = ended([Self.start("m")] + Self.text("one") + [Self.finish])
      let stored = Self.worker("completed", Self.message("m", "one", part))
      _ = desk.send(.polled(worker: "a", stored, askedAt: 106), at: 107)
      #expect(desk["a"].transcript.entries.count == 2)
    }
  }

  @Test("What the stream told and no message holds stays: reasoning, errors, unsaved messages")
  func richer() {
    let thought: [StreamItem] = [
      Self.start("m"), StreamItem(.reasoningStart(id: "r")),
      StreamItem(.reasoningDelta(id: "r", delta: "hm")), StreamItem(.reasoningEnd(id: "r")),
    ]
    let streams: [([StreamItem], Worker)] = [
      (
        thought + Self.text("one") + [Self.finish],
        Self.worker("completed", Self.message("m", "one"))
      ),
      ([Self.start("m")] + Self.text("one") + [Self.finish], Self.worker("completed")),
      (
        [Self.start("m"), StreamItem(.error("boom"))],
        Self.worker("completed", Self.message("m", ""))
      ),
      (
        [Self.start("m")] + Self.text("one") + [Self.finish, Self.start("n")] + Self.text("two")
          + [Self.finish], Self.worker("completed", Self.message("m", "one"))
      ),
    ]
    for (items, stored) in streams {
      var desk = ended(items)
      let before = desk["a"].transcript.entries
      _ = desk.send(.polled(worker: "a", stored, askedAt: 106), at: 107)
      #expect(desk["a"].transcript.entries == before)
    }
  }

  @Test("A stream without a gap, and an answer older than its end, change nothing")
  func untouched() {
    let items = [Self.start("m")] + Self.text("one two") + [Self.finish]
    let stored = Self.worker("completed", Self.message("m", "one"))
    var whole = ended(items, hasGap: false)
    _ = whole.send(.polled(worker: "a", stored, askedAt: 106), at: 107)
    #expect(texts(whole) == ["one two"])
    var late = ended(items)
    _ = late.send(.polled(worker: "a", stored, askedAt: 104), at: 107)
    #expect(texts(late) == ["one two"] && late["a"].hasGap)
  }

  @Test("While a run goes on only its finished messages are mended")
  func running() {
    var desk = Desk(("a", .running))
    _ = desk.send(.stream(worker: "a", .opened), at: 101)
    _ = desk.send(
      .stream(worker: "a", .items([Self.start("m")] + Self.text("on") + [Self.finish])), at: 102)
    _ = desk.send(.stream(worker: "a", .lost(reason: "cut", retryAfter: 1)), at: 103)
    _ = desk.send(.stream(worker: "a", .opened), at: 104)
    _ = desk.send(.stream(worker: "a", .items([Self.start("n")] + Self.text("two"))), at: 105)
    let stored = Self.worker("running", Self.message("m", "one"), Self.message("n", "tw"))
    _ = desk.send(.polled(worker: "a", stored, askedAt: 106), at: 107)
    #expect(texts(desk) == ["one", "two"])
    #expect(desk["a"].stream == .live(since: 104) && desk["a"].hasGap)
  }

  @Test("After stored messages have filled the transcript a replay does not tell them again")
  func thenReplay() {
    var desk = ended([Self.start("m")] + Self.text("on") + [Self.finish])
    let stored = Self.worker("completed", Self.message("m", "one"))
    _ = desk.send(.polled(worker: "a", stored, askedAt: 106), at: 107)
    _ = desk.send(.stream(worker: "a", .opened), at: 108)
    let items = [Self.start("m")] + Self.text("one") + [Self.finish]
    _ = desk.send(.stream(worker: "a", .items(items)), at: 109)
    _ = desk.send(.stream(worker: "a", .items([Self.start("n")] + Self.text("two"))), at: 110)
    #expect(texts(desk) == ["one", "two"])
  }
}
