import Fleet
import WorkerAPI
import WorkerClient
import WorkerServer

/// A generated stream from the embedded server to the transcript, over loopback.
struct BenchHTTP {
  /// How much slower than the server the slow consumer is.
  private static let slowness = 10.0

  let events: Int
  let rounds: Int

  /// One reading of the whole stream.
  private struct Reading {
    var events = 0
    var bytes = 0
    /// Seconds of processor time, and on the clock.
    var processor = 0.0
    var clock = 0.0
    /// The most events that the server had read before they were consumed.
    var ahead = 0
  }

  /// Reports each figure as soon as it is known.
  func run(_ report: (BenchFigure) -> Void) async throws {
    let fountain = Fountain(deltas: events)
    let (ports, found) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingOldest(1))
    let serving = Task.detached {
      defer { found.finish() }
      try await fountain.run { found.yield($0) }
    }
    defer { serving.cancel() }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else {
      try await serving.value
      throw CommandFailure(message: "the server did not start", status: CommandFailure.failed)
    }
    let transport = CurlTransport(
      endpoint: try Endpoint(base: "http://127.0.0.1:\(port)", version: Signalbox.version))
    defer { transport.close() }
    try await measure(Service(transport: transport), fountain, port, report)
  }

  private func measure(
    _ service: Service, _ fountain: Fountain, _ port: Int, _ report: (BenchFigure) -> Void
  ) async throws {
    var readings: [Reading] = []
    var curls: [Double] = []
    for _ in 0..<rounds {
      readings.append(try await read(service, fountain))
      if let clock = try await Curl.seconds("http://127.0.0.1:\(port)/") { curls.append(clock) }
    }
    let reading = readings.sorted { $0.clock < $1.clock }[rounds / 2]
    let count = Double(reading.events)
    let rate = count / reading.clock
    report(BenchFigure(name: "events", value: count, unit: "events"))
    report(
      BenchFigure(name: "stream", value: Double(reading.bytes) / 0x1p20, unit: "MiB", digits: 1))
    report(BenchFigure(name: "rate", value: rate, unit: "events/s"))
    report(
      BenchFigure(
        name: "cpu", value: reading.processor / count * 1e6, unit: "µs/event", digits: 3))
    if curls.count == rounds {
      let curl = count / curls.sorted()[rounds / 2]
      report(BenchFigure(name: "curl-rate", value: curl, unit: "events/s"))
      report(BenchFigure(name: "curl-ratio", value: rate / curl, unit: "of curl", digits: 2))
    } else {
      Output.error("signalbox: curl is not installed, so that there is no ratio to it")
    }
    report(memory("memory"))
    let slow = try await read(service, fountain, rate: rate / Self.slowness)
    report(
      BenchFigure(
        name: "slow-rate", value: Double(slow.events) / slow.clock, unit: "events/s"))
    report(BenchFigure(name: "slow-ahead", value: Double(slow.ahead), unit: "events"))
    report(memory("slow-memory"))
  }

  private func memory(_ name: String) -> BenchFigure {
    BenchFigure(
      name: name, value: Double(ProcessUse.now.peakMemory) / 0x1p20, unit: "MiB", digits: 1)
  }

  /// Reads the stream to its end as the console does; a rate, in events a second, holds it back.
  private func read(
    _ service: Service, _ fountain: Fountain, rate: Double? = nil
  ) async throws -> Reading {
    let given = fountain.given
    let before = ProcessUse.now
    var reading = Reading()
    var transcript = Transcript()
    var decoder = SSEDecoder()
    let stream = try await service.stream("bench", lastEventID: "")
    while let chunk = try await stream.next() {
      reading.bytes += chunk.count
      var items: [StreamItem] = []
      try decoder.feed(chunk) { data, _, id in
        items.append(StreamItem(WorkerEvent(bytes: data), id: id))
      }
      for item in items { transcript.apply(item.event, now: 1) }
      reading.events += items.count
      reading.ahead = max(reading.ahead, fountain.given - given - reading.events)
      if let rate {
        let due = Double(reading.events) / rate - (ProcessUse.now.clock - before.clock)
        if due > 0 { try await Task.sleep(for: .seconds(due)) }
      }
    }
    let after = ProcessUse.now
    reading.processor = after.processor - before.processor
    reading.clock = after.clock - before.clock
    guard transcript.isDone, reading.events == fountain.length + 1,
      transcript.oddities.malformed == 0
    else {
      throw CommandFailure(
        message: "\(reading.events) of \(fountain.length + 1) events came",
        status: CommandFailure.failed)
    }
    return reading
  }
}
