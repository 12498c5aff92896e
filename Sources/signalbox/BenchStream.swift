import Fleet
import WorkerAPI

/// The path of `StreamReader` and the transcript without the network.
struct BenchStream {
  /// As much as libcurl gives at once.
  static let chunkSize = 16 << 10

  var rounds: Int
  private let events: Int
  private let chunks: [[UInt8]]

  init(events: Int, rounds: Int) {
    self.events = events
    self.rounds = rounds
    chunks = Self.chunks(events)
  }

  func figures() -> [BenchFigure] {
    let decoded = median { decode { _ in } }
    let whole = median {
      var transcript = Transcript()
      decode { transcript.apply($0, now: 1) }
    }
    let count = Double(events)
    let size = chunks.reduce(0) { $0 + $1.count }
    return [
      BenchFigure(name: "events", value: count, unit: "events"),
      BenchFigure(name: "stream", value: Double(size) / 0x1p20, unit: "MiB", digits: 1),
      BenchFigure(name: "rate", value: count / whole.clock, unit: "events/s"),
      BenchFigure(name: "cpu", value: whole.processor / count * 1e6, unit: "µs/event", digits: 3),
      BenchFigure(
        name: "cpu-decode", value: decoded.processor / count * 1e6, unit: "µs/event", digits: 3),
      BenchFigure(
        name: "memory", value: Double(ProcessUse.now.peakMemory) / 0x1p20, unit: "MiB", digits: 1),
    ]
  }

  private func decode(_ apply: (WorkerEvent) -> Void) {
    var decoder = SSEDecoder()
    for chunk in chunks {
      var items: [StreamItem] = []
      try? decoder.feed(chunk) { data, _, id in
        items.append(StreamItem(WorkerEvent(bytes: data), id: id))
      }
      for item in items { apply(item.event) }
    }
  }

  /// What the median round took.
  private func median(_ round: () -> Void) -> (processor: Double, clock: Double) {
    var processor: [Double] = []
    var clock: [Double] = []
    for _ in 0..<rounds {
      let before = ProcessUse.now
      round()
      let after = ProcessUse.now
      processor.append(after.processor - before.processor)
      clock.append(after.clock - before.clock)
    }
    return (processor.sorted()[rounds / 2], clock.sorted()[rounds / 2])
  }

  /// One text part in small deltas, as servers send them, with an id for each event.
  private static func chunks(_ events: Int) -> [[UInt8]] {
    let words = ["The ", "quick ", "brown ", "fox ", "jumps\\n", "over ", "thé ", "lazy ", "dog. "]
    var bytes = Array("id: 0\ndata: {\"type\":\"text-start\",\"id\":\"txt-0\"}\n\n".utf8)
    var chunks: [[UInt8]] = []
    for number in 1...events {
      let word = words[number % words.count]
      let event = "{\"type\":\"text-delta\",\"id\":\"txt-0\",\"delta\":\"\(word)\"}"
      bytes.append(contentsOf: "id: \(number)\ndata: \(event)\n\n".utf8)
      if bytes.count >= chunkSize {
        chunks.append(Array(bytes[..<chunkSize]))
        bytes.removeFirst(chunkSize)
      }
    }
    return chunks + [bytes]
  }
}
