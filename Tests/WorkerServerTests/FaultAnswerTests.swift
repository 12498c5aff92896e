import Testing
import WorkerAPI

@testable import WorkerServer

/// What single answers suffer, over a real socket.
@Suite("Faulty answers", .timeLimit(.minutes(1)))
struct FaultAnswerTests {
  @Test("A refused request is not carried out", arguments: [429, 500, 502, 503])
  func refusal(status: Int) async throws {
    try await FaultBench.serving("\(status)=100%") { bench in
      let answer = try await bench.ask("POST", "/api/workers", body: #"{"input":"x"}"#)
      #expect(answer.status == status)
      #expect(answer.header("retry-after") == ([429, 503].contains(status) ? "1" : nil))
      let json = try JSONReader.read(answer.body)
      #expect(json["error"]?.string?.isEmpty == false && json["error"] == json["message"])
      #expect(await bench.world.workerIDs.isEmpty)
    }
  }

  @Test(
    "An answer that breaks off belongs to a request that was carried out", arguments: [true, false])
  func broken(isReset: Bool) async throws {
    try await FaultBench.serving(isReset ? "reset=100%" : "cut=100%") { bench in
      let answer = try await bench.ask("POST", "/api/workers", body: #"{"input":"x"}"#)
      #expect(answer.status == 200 && answer.isReset == isReset)
      let length = try #require(answer.header("content-length").flatMap { Int($0) })
      #expect(answer.body.count == length / 2)
      #expect(await bench.world.workerIDs.count == 1)
    }
  }

  @Test("An answer waits at least as long as the latency says")
  func latency() async throws {
    try await FaultBench.serving("latency=30..40ms") { bench in
      let start = ContinuousClock.now
      let answer = try await bench.ask("GET", "/api/workers/x")
      #expect(answer.status == 404)
      #expect(ContinuousClock.now - start >= .milliseconds(30))
    }
  }

  @Test("The same seed gives the same statuses")
  func seed() async throws {
    func statuses(_ seed: UInt64) async throws -> [Int] {
      let (found, source) = AsyncStream<Int>.makeStream()
      try await FaultBench.serving("503=50%", { $0.seed = seed }) { bench in
        for _ in 0..<16 { source.yield(try await bench.ask("GET", "/api/workers/x").status) }
        source.finish()
      }
      return await found.reduce(into: []) { $0.append($1) }
    }
    let first = try await statuses(3)
    #expect(Set(first) == [404, 503])
    #expect(try await statuses(3) == first)
    #expect(try await statuses(4) != first)
  }

  @Test("A request's own faults stand in place of the server's, where the server heeds them")
  func header() async throws {
    @Sendable func status(_ bench: FaultBench, _ list: String) async throws -> Int {
      try await bench.ask("GET", "/api/workers/x", headers: ["X-Signalbox-Fault: \(list)"]).status
    }
    try await FaultBench.serving("500=100%", { $0.allowsFaultHeader = true }) { bench in
      #expect(try await status(bench, "502=100%") == 502)
      #expect(try await status(bench, "") == 404)
      let usual = try await bench.ask("GET", "/api/workers/x")
      #expect(usual.status == 500)
      let answer = try await bench.ask(
        "GET", "/api/workers/x", headers: ["X-Signalbox-Fault: 502=100%,what"])
      #expect(answer.status == 400)
      #expect(String(decoding: answer.body, as: UTF8.self).contains(#"no fault \"what\""#))
    }
    try await FaultBench.serving { bench in
      let unheeded = try await status(bench, "502=100%")
      #expect(unheeded == 404)
    }
  }
}
