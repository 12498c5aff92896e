import Canvas
import Console
import Fleet
import Glibc
import Support
import Testing
import WorkerAPI
import WorkerClient
import WorkerServer

@testable import signalbox

@Suite("A console on a bad link", .serialized, .timeLimit(.minutes(5)))
@MainActor
struct BadLinkTests {
  /// Seconds of silence after which a stream counts as dead.
  private static let stall = 0.5

  private static let research = Part(
    title: "Research", instruction: "Run the scenario research.", scenario: "research",
    startedSecondsAgo: 0, seed: 5)

  @Test(
    "requirement 1: whatever becomes of its streams, it knows the end in time, and each message once",
    arguments: [
      "stall=5", "reset=3", "cut=4", "502=30%", "nofin", "split=7", "replay,cut=40",
      "noids,reset=25", "onlynew,cut=30", "stall=2%,reset=2%,502=20%,replay,split=7",
    ])
  func reconciles(_ faults: String) async throws {
    let journey = try await Journey(
      cast: [Self.research], faults: faults,
      timeouts: Endpoint.Timeouts(connect: 1, answer: 2, stall: Self.stall))
    let clock = ContinuousClock()
    let world = try #require(journey.world)
    let worker = try #require(await world.workerIDs.first)
    // A client without faults hears of the end when it comes.
    let stream = try await journey.service.stream(worker, lastEventID: "")
    while try await stream.next() != nil {}
    let end = clock.now
    // Nobody pressed a key, so nobody has read it.
    await journey.display.wait(for: "NEEDS YOU 1")
    #expect(clock.now - end < .seconds(Self.stall + 2), "\(clock.now - end) after the end")
    let sent = try #require(try await world.worker(worker)).messages.map(\.json)
    // What was said comes with the poll that tells of the end, or with the stream that comes after it.
    await journey.display.wait { _ in
      journey.store.state.workers[worker].map { Self.told($0.transcript.messages) }
        == Self.told(sent)
    }
    #expect(journey.store.state.workers[worker]?.phase.value == .done)
    await journey.end()
  }

  /// What a worker's messages say, part by part: where a step begins is not kept, and the order of
  /// an object's members means nothing.
  private static func told(_ messages: [JSON]) -> [[String]] {
    messages.filter { $0["role"]?.string == "assistant" }.map { message in
      (message["parts"]?.array ?? []).filter { $0["type"] != "step-start" }.map { part in
        ["type", "text", "toolCallId", "state", "url"].compactMap { part[$0]?.string }
          .joined(separator: " ")
      }
    }
  }

  @Test("requirement 2: ten minutes without a server hold up no key, and it recovers by itself")
  func outlastsOutage() async throws {
    let workshop = try Workshop()
    let (address, process) = try workshop.serve(key: Journey.key, speed: 100)
    let port = try #require(Int(address.split(separator: ":").last ?? ""))
    let journey = try await Journey(haste: 60, at: address)
    let display = journey.display
    let clock = ContinuousClock()
    await journey.startWorker("prices")
    display.press("n")
    display.type("marathon")
    display.press("enter")
    await display.wait(for: "1 run")
    display.press("1 G")
    await display.wait(for: "chart.png")
    process.signal(SIGKILL)
    // An answer that was on its way still counts as one.
    await display.wait { $0.contains(/DOWN \d\ds/) }
    let start = clock.now
    var (slowest, round) = (Duration.zero, 0)
    // Ten of the console's minutes.
    while clock.now - start < .seconds(10), !Task.isCancelled {
      let pane = Pane.allCases[round % Pane.allCases.count]
      round += 1
      let pressed = clock.now
      display.press("\(pane.rawValue)")
      // Each still shows what it had.
      let text = await display.wait { text in
        journey.session.screen.focus == pane && text.contains(Self.words[pane] ?? "")
      }
      slowest = max(slowest, clock.now - pressed)
      #expect(text.contains("DOWN"))
      // As fast as fingers are; the time itself is what is measured.
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(slowest < .milliseconds(100), "\(slowest), the longest of \(round)")
    _ = try workshop.serve(port: port, key: Journey.key, speed: 100)
    // Without a key.
    await display.wait { $0.contains("LIVE") && !$0.contains("DOWN") }
    await display.wait { !$0.contains(/\d run/) }
    #expect(journey.store.state.workers.values.allSatisfy { $0.phase.value == .done })
    await journey.end()
  }

  /// What stands in each pane while a worker that compared prices is selected.
  private static let words: [Pane: String] = [
    .workers: "prices", .output: "Recommendation: Old Mill", .sources: "[1] ", .files: "chart.png",
    .schedules: "No schedules.", .info: "last run",
  ]
}
