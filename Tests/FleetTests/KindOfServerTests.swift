import Support
import Testing
import WorkerAPI

@testable import Fleet

/// One stream, cut wherever it can be cut, told again by each kind of server.
@Suite struct KindOfServerTests {
  /// A worker whose stream is read from one connection after the other.
  private struct Reader {
    var desk = Desk(("a", .running))
    var time = 101.0
    /// Events that the server has sent and that arrived.
    var seen = 0
    let kind: KindOfServer
    let events: [WorkerEvent]

    /// Opens a connection and reads so many events of it, or all to the end.
    mutating func read(_ count: Int?, inChunksOf size: Int = 1) {
      time += 5
      _ = desk.send(.stream(worker: "a", .opened), at: time)
      let all = kind.connection(events, after: seen, lastEventID: desk["a"].lastEventID)
      let read = Array(all.prefix(count ?? all.count))
      for start in stride(from: 0, to: read.count, by: size) {
        time += 0.25
        let chunk = Array(read[start..<min(start + size, read.count)])
        _ = desk.send(.stream(worker: "a", .items(chunk)), at: time)
      }
      switch kind {
      case .sendsOnlyNew: seen += read.count
      case .sendsRunningMessageAgain:
        seen = max(seen, events.count - all.count + read.count)
      default: seen = max(seen, read.count)
      }
      if count == nil {
        _ = desk.send(.stream(worker: "a", .ended), at: time)
      } else {
        _ = desk.send(.stream(worker: "a", .lost(reason: "cut", retryAfter: 1)), at: time)
      }
    }

    var messages: [JSON] { desk["a"].transcript.messages }
  }

  private static let tellings: [(name: String, events: [WorkerEvent])] = [
    ("messages with ids", Telling.run(ids: ["m1", "m2"])),
    ("messages without ids", Telling.run(ids: [nil, nil])),
    (
      "one message of like deltas",
      [.start(messageID: nil, metadata: nil)] + Telling.text("t", "a", "a", "a", "a", "a", "a")
        + [.finish(reason: nil, metadata: nil)]
    ),
    ("deltas without any framing", (0..<8).map { .textDelta(id: "t", delta: DeltaText("\($0)")) }),
  ]

  private func whole(_ events: [WorkerEvent]) -> [JSON] {
    var transcript = Transcript()
    for event in events { transcript.apply(event, now: nil) }
    return transcript.messages
  }

  @Test("Cut once anywhere, each part is there once", arguments: KindOfServer.allCases)
  func cutOnce(kind: KindOfServer) {
    for (name, events) in Self.tellings {
      for cut in 0...events.count {
        for size in [1, 3, 100] {
          var reader = Reader(kind: kind, events: events)
          reader.read(cut, inChunksOf: size)
          reader.read(nil, inChunksOf: size)
          let isWhole = reader.messages == whole(events)
          #expect(isWhole, "\(name), cut after \(cut), chunks of \(size)")
        }
      }
    }
  }

  @Test("Cut three times at any places, each part is there once", arguments: KindOfServer.allCases)
  func cutOften(kind: KindOfServer) {
    var random = Seeded(21)
    for (name, events) in Self.tellings {
      for _ in 0..<300 {
        var reader = Reader(kind: kind, events: events)
        let cuts = (0..<3).map { _ in Int.random(in: 0...events.count, using: &random) }
        for cut in cuts { reader.read(cut, inChunksOf: Int.random(in: 1...5, using: &random)) }
        reader.read(nil)
        let isWhole = reader.messages == whole(events)
        #expect(isWhole, "\(name), cut after \(cuts)")
      }
    }
  }
}
