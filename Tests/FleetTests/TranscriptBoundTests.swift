import Testing
import WorkerAPI

@testable import Fleet

@Suite struct TranscriptBoundTests {
  private let mebibyte = String(repeating: "x", count: 1 << 20)
  private let bounds = Transcript.Bounds(bytes: 16 << 20, entries: 100_000)

  private func transcript(_ events: [WorkerEvent]) -> Transcript {
    events.reduce(into: Transcript(bounds: bounds)) { $0.apply($1, now: nil) }
  }

  @Test("Past the bound the oldest entries are emptied, whatever they hold")
  func oldest() {
    let kinds: [(Int) -> WorkerEvent] = [
      { .plainText("\($0)" + mebibyte) }, { .textDelta(id: "\($0)", delta: DeltaText(mebibyte)) },
      { .error("\($0)" + mebibyte) },
      { .data(name: "\($0)", id: nil, value: .string(mebibyte), isTransient: false) },
      { .file(url: "data:\($0)" + mebibyte, mediaType: "") },
      { .tool(callID: "\($0)", .inputAvailable(name: "t", title: nil, input: .string(mebibyte))) },
    ]
    for kind in kinds {
      let transcript = transcript((0..<40).map(kind))
      let dropped = transcript.entries.prefix { $0.content == .dropped }.count
      let kept = transcript.entries.dropFirst(dropped)
      #expect(!kept.contains { $0.content == .dropped })
      #expect((11...16).contains(kept.count))
      #expect(transcript.heldBytes == kept.reduce(0) { $0 + $1.content.weight })
      #expect(transcript.heldBytes <= bounds.bytes)
      #expect(transcript.droppedBytes >= dropped << 20)
      #expect(transcript.edition == 0 && transcript.firstKept == dropped)
    }
  }

  @Test("One entry holds no more than the bound, and what is cut is counted")
  func single() {
    var transcript = Transcript(bounds: bounds)
    for _ in 0..<20 { transcript.apply(.textDelta(id: "1", delta: DeltaText(mebibyte)), now: nil) }
    #expect(transcript.entries[0].content.weight == bounds.bytes)
    #expect(transcript.droppedBytes == 4 << 20)
    #expect(transcript.edition == 0)
  }

  @Test("A text that goes on after it was emptied goes on in an entry of its own")
  func emptied() {
    var transcript = transcript([.textDelta(id: "old", delta: DeltaText(mebibyte))])
    for number in 0..<20 { transcript.apply(.plainText("\(number)" + mebibyte), now: nil) }
    #expect(transcript.entries[0].content == .dropped)
    let held = transcript.heldBytes
    let dropped = transcript.droppedBytes
    for delta in ["more", " of it"] as [DeltaText] {
      transcript.apply(.textDelta(id: "old", delta: delta), now: nil)
    }
    #expect(transcript.entries[0].content == .dropped)
    #expect(transcript.entries.last?.content == .text("more of it"))
    #expect(transcript.heldBytes == held + 10)
    #expect(transcript.droppedBytes == dropped)
  }

  @Test("A stored message that replaces a shorter one keeps to the bound of entries too")
  func storedAnew() throws {
    var transcript = Transcript(bounds: Transcript.Bounds(bytes: 1 << 20, entries: 6))
    for count in 4...7 {
      let parts = (0..<count).map { ["type": "text", "text": .string("\($0)")] as JSON }
      transcript.applyStored(["role": "assistant", "id": "m", "parts": .array(parts)])
      #expect(transcript.entries.count <= 6)
      #expect(transcript.entries.last?.content == .text("\(count - 1)"))
      #expect(transcript.oldestKept < transcript.entries.count)
    }
  }

  @Test("A stored message that the bound has emptied stays empty, and the later ones stay")
  func storedBehindTheBound() {
    let message: (String) -> JSON = { id in
      [
        "role": "assistant", "id": .string(id),
        "parts": [["type": "text", "text": .string(id + mebibyte)]],
      ]
    }
    var transcript = Transcript(bounds: Transcript.Bounds(bytes: 4 << 20, entries: 100))
    for number in 0..<6 { transcript.applyStored(message("\(number)")) }
    let before = transcript
    transcript.applyStored(message("0"))
    #expect(transcript == before)
  }

  @Test("A replaced output weighs what it holds now")
  func replaced() {
    var transcript = Transcript([
      .tool(callID: "c", .inputAvailable(name: "t", title: nil, input: "q"))
    ])
    for _ in 0..<100 {
      transcript.apply(
        .tool(callID: "c", .output(.string(mebibyte), isPreliminary: true)), now: nil)
    }
    transcript.apply(.tool(callID: "c", .output("small", isPreliminary: false)), now: nil)
    #expect(transcript.heldBytes == transcript.entries[0].content.weight)
    #expect(transcript.droppedBytes == 0)
  }

  @Test("Past so many entries the older half goes, and open parts go on")
  func entries() {
    var transcript = Transcript([.start(messageID: "m", metadata: nil), .textStart(id: "first")])
    for number in 1..<Transcript.entryLimit {
      transcript.apply(.source(id: "\(number)", title: nil, url: "u"), now: nil)
    }
    transcript.apply(.textStart(id: "last"), now: nil)
    transcript.apply(.textDelta(id: "last", delta: "a"), now: nil)
    transcript.apply(.tool(callID: "c", .inputStart(name: "t", title: nil)), now: nil)
    transcript.apply(.tool(callID: "c", .inputDelta("{")), now: nil)
    let half = Transcript.entryLimit / 2
    #expect(transcript.entries.count == half + 2)
    #expect(transcript.entries[half].content == .text("a"))
    #expect(transcript.entries[half + 1].content.weight == 2)
    #expect(transcript.turns.map(\.firstEntry) == [0])
    #expect(transcript.oddities.malformed == 0)
    #expect(transcript.heldBytes == transcript.entries.reduce(0) { $0 + $1.content.weight })
    transcript.apply(.textDelta(id: "first", delta: "b"), now: nil)
    #expect(transcript.oddities.malformed == 1)
  }

  @Test("Messages and their metadata are bounded")
  func turns() {
    var transcript = Transcript()
    for number in 0..<(Transcript.turnLimit + 5) {
      transcript.apply(.start(messageID: "\(number)", metadata: nil), now: nil)
      transcript.apply(.finish(reason: nil, metadata: nil), now: nil)
    }
    #expect(transcript.turns.count == Transcript.turnLimit)
    #expect(transcript.turns.last?.messageID == "\(Transcript.turnLimit + 4)")
    transcript.apply(.metadata(["a": 1]), now: nil)
    transcript.apply(.metadata(["b": .string(mebibyte)]), now: nil)
    #expect(transcript.turns.last?.metadata == ["a": 1])
    #expect(transcript.oddities.malformed == 1)
  }

  @Test("What a stream says that the operator said is bounded")
  func prompts() {
    var transcript = Transcript()
    for number in 0..<20 {
      transcript.applyStored([
        "role": "user", "parts": [["text": .string("\(number)" + mebibyte)]],
      ])
    }
    #expect(transcript.prompts.map(\.count) == [3])
  }

  @Test(
    "20,000 deltas, a delta of a megabyte and 20,000 data parts take linear time",
    .timeLimit(.minutes(1)))
  func linear() {
    var transcript = Transcript(bounds: .whole)
    for _ in 0..<20_000 { transcript.apply(.textDelta(id: "1", delta: "0123456789"), now: nil) }
    transcript.apply(.textDelta(id: "1", delta: DeltaText(mebibyte)), now: nil)
    for number in 0..<20_000 {
      transcript.apply(.data(name: "d", id: "\(number)", value: 1, isTransient: false), now: nil)
      transcript.apply(.tool(callID: "c", .inputStart(name: "t", title: nil)), now: nil)
      transcript.apply(.tool(callID: "c", .inputDelta("0123456789")), now: nil)
    }
    #expect(transcript.entries[0].content.weight == 200_000 + (1 << 20))
    #expect(transcript.entries.count == 20_002)
  }

  @Test("Metadata of many names merges in linear time", .timeLimit(.minutes(1)))
  func merging() {
    let many = JSON.object(JSONObject((0..<40_000).map { ("n\($0)", 1) }))
    #expect(many.merging(many) == many)
    let deep =
      (try? JSONReader.read(
        String(repeating: "{\"a\":", count: 500) + "1" + String(repeating: "}", count: 500)))
      ?? .null
    #expect(deep.merging(deep) == deep)
  }
}
