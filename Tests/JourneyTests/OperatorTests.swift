import Canvas
import Console
import Fleet
import FoundationEssentials
import Registry
import Support
import Testing
import WorkerAPI
import WorkerServer

@Suite("An operator at the console", .serialized, .timeLimit(.minutes(5)))
@MainActor
struct OperatorTests {
  @Test("starts a worker, reads what it writes, and continues it")
  func startsAndContinues() async throws {
    let journey = try await Journey()
    let display = journey.display
    await journey.startWorker("Compare the price of tea in three shops")
    display.press("c")
    display.type("And of coffee")
    display.press("enter")
    await display.wait {
      $0.contains("turn 2/2") && $0.contains("DONE 1") && $0.contains("── turn 2 ")
    }
    let worker = try #require(
      journey.session.screen.selected.flatMap { journey.store.state.workers[$0] })
    #expect(
      worker.transcript.prompts == [["Compare the price of tea in three shops"], ["And of coffee"]])
    #expect(worker.transcript.turns.map(\.status) == [.completed, .completed])
    await journey.end()
  }

  @Test("the raw events of a worker come with what came before, and go on with the next turn")
  func taps() async throws {
    let journey = try await Journey()
    let display = journey.display
    await journey.startWorker("Compare the price of tea in three shops")
    let worker = try #require(journey.store.state.order.first)
    await display.wait { $0.contains("DONE 1") }
    display.press("2")
    display.press("R")
    display.press("R")
    await display.wait { $0.contains("RAW EVENTS  ended") }
    let before = try #require(journey.store.state.wire)
    #expect(before.worker == worker && before.first == 0)
    #expect(before.entries.first?.raw.text.hasPrefix(#"{"type":"start""#) == true)
    #expect(before.entries.contains { $0.raw.text.hasPrefix(#"{"type":"text-delta""#) })
    display.press("c")
    display.type("And of coffee")
    display.press("enter")
    await display.wait {
      let count = journey.store.state.wire?.count ?? 0
      return $0.contains("RAW EVENTS  ended") && count > before.count
    }
    let log = try #require(journey.store.state.wire)
    #expect(log.entries.count { $0.mark == .turn } == 2)
    display.press("R")
    await display.wait { $0.contains("PARTS") }
    #expect(journey.store.state.wire == nil)
    await journey.end()
  }

  @Test("finds what a worker wrote, and finds it in the file after the end")
  func searches() async throws {
    let journey = try await Journey()
    let display = journey.display
    await journey.startWorker("Compare the price of tea in three shops")
    display.press("ctrl-f")
    display.type("compare price tea")
    let finds = await display.wait { $0.contains("places") || $0.contains("1 place") }
    #expect(finds.contains("you"))
    display.press("enter")
    await display.wait { !$0.contains("Search all workers") }
    let worker = try #require(journey.store.state.order.first)
    let live = try #require(journey.store.state.workers[worker]?.transcript)
    await journey.session.end()
    let file = try ScrollbackFile.open(folder: journey.folder)
    let window = try #require(try await file.window(worker, at: .last))
    // Where a step begins is not kept.
    let told = { (transcript: Transcript) in
      transcript.messages.flatMap { $0["parts"]?.array ?? [] }.filter { $0["type"] != "step-start" }
    }
    #expect(!told(live).isEmpty && told(window.transcript) == told(live))
    #expect(window.transcript.prompts == live.prompts)
    #expect(
      try await file.search(ScrollbackSearch("compare price tea")).finds.first?.kind == .prompt)
    await journey.end()
  }

  @Test("makes a schedule that fires, and cancels it by its name")
  func schedules() async throws {
    let journey = try await Journey(cast: [Self.finished])
    let display = journey.display
    await display.wait(for: "DONE 1")
    display.press("5 n right right right tab ctrl-u")
    display.type("1s")
    display.press("enter")
    await display.wait(for: "schedule created")
    await display.wait { $0.contains(/turn \d+\/[2-9]/) }
    display.press("5 D")
    let question = await display.wait(for: "Cancel this schedule?")
    #expect(question.contains("every 1s of Tea prices"))
    display.press("y")
    await display.wait(for: "schedule cancelled")
    await display.wait(for: "No schedules.")
    await journey.end()
  }

  @Test("saves a file whose bytes are those that the server has")
  func downloads() async throws {
    let journey = try await Journey(cast: [Self.finished])
    let display = journey.display
    await display.wait(for: "DONE 1")
    let id = try #require(journey.session.screen.selected)
    await display.wait(for: "prices.csv")
    display.press("4 d")
    await display.wait(for: "saved")
    let worker = try #require(journey.store.state.workers[id])
    let file = try #require(worker.files.first)
    guard case .done(let saved) = worker.downloads[file.filename ?? ""] else {
      Issue.record("not saved: \(worker.downloads)")
      return await journey.end()
    }
    let kept = try #require(FileManager.default.contents(atPath: saved.path))
    let service = journey.service
    let stream = try await service.file(
      .path(Route.file(worker: id, path: file.filename ?? "").path))
    var sent: [UInt8] = []
    while let chunk = try await stream.next() { sent += chunk }
    #expect(Array(kept) == sent)
    #expect(saved.bytes == sent.count && saved.digest?.count == 64)
    await journey.end()
  }

  private static let finished = Part(
    title: "Tea prices", instruction: "Compare the price of tea.", scenario: "prices",
    startedSecondsAgo: 100_000, seed: 3)
}
