import Canvas
import Console
import Fleet
import FoundationEssentials
import Registry
import Support
import Testing
import WorkerClient
import WorkerServer

@testable import signalbox

@Suite("A recorded console", .serialized, .timeLimit(.minutes(5)))
@MainActor
struct ReplayTests {
  @Test("is the same console when it is played, and no byte of it holds the key")
  func same() async throws {
    let folder = try Folders.throwAway()
    defer { Folders.remove(folder) }
    let path = "\(folder)/recording"
    let journey = try await Journey(cast: [Self.research], record: path)
    // Nobody pressed a key yet, so nobody has read it.
    await journey.display.wait(for: "NEEDS YOU 1")
    await Self.ended(journey)
    journey.display.press("n")
    journey.display.type("Compare the price of tea in three shops")
    journey.display.press("enter")
    await journey.display.wait(for: "DONE 1")
    await Self.ended(journey)
    let lived = journey.store.state
    await journey.end()

    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!text.contains(Journey.key))
    let replay = Replay(
      try Recording(path: path), memory: try .inMemory(), clock: ScaledClock(speed: 20),
      downloads: folder)
    try await replay.remember()
    #expect(replay.newcomers.map(\.1.instruction) == ["Compare the price of tea in three shops"])
    let display = FakeDisplay(size: Size(columns: 120, rows: 40))
    let session = Session(
      store: replay.desk.store, display: display,
      screen: Screen(size: Size(columns: 120, rows: 40), server: "replay"), paceNow: wallClock,
      now: replay.desk.now)
    try session.begin()
    async let playing: Void = replay.play()
    // What comes last may be on its way to the screen still when the recording is over.
    await display.wait { _ in Self.tells(replay.desk.store.state, lived) }
    await playing
    #expect(replay.desk.store.state.order == lived.order)
    display.press("n")
    display.type("More")
    display.press("enter")
    await display.wait(for: "this is a recording: nothing is sent")
    await session.end()
  }

  /// A poll may tell of the end before the stream does.
  private static func ended(_ journey: Journey) async {
    await journey.display.wait { _ in
      journey.store.state.workers.values.allSatisfy { $0.stream == .ended }
    }
  }

  /// Whether every transcript says what it said then.
  private static func tells(_ played: State, _ lived: State) -> Bool {
    lived.order.allSatisfy { id in
      guard let one = lived.workers[id]?.transcript, let other = played.workers[id]?.transcript
      else { return false }
      return other.prompts == one.prompts && other.text == one.text && !one.text.isEmpty
    }
  }

  private static let research = Part(
    title: "Research", instruction: "Run the scenario research.", scenario: "research",
    startedSecondsAgo: 0, seed: 5)
}
