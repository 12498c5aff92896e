import Console
import Fleet
import Registry
import Support
import Testing
import WorkerAPI
import WorkerClient

@testable import signalbox

@Suite("A recording of a console that runs", .timeLimit(.minutes(2)))
@MainActor
struct RecordingDeskTests {
  @Test("that ends by itself says why, and the header no longer says REC")
  func endsByItself() async throws {
    let journey = try await Journey()
    let path = "\(journey.folder)/recording"
    let recorder = try Recorder(
      path: path, head: Recording.Head(startedAt: 1, server: "h", registry: ["workers": []]),
      secrets: [], limit: 1_000, elapsed: { 0 })
    let tape = Tape(recorder)
    let desk = RecordingDesk(
      tape: tape, endpoint: try Endpoint(base: "http://127.0.0.1:9", key: "k"),
      registry: try .inMemory(), store: journey.store)
    desk.attend(recorder)
    await journey.display.wait(for: "  REC  ")
    let base = ScriptedTransport(["GET /w": [.text(String(repeating: "x", count: 2_000))]])
    _ = try await RecordingTransport(base, tape: tape).send(
      TransportRequest(method: .get, target: .path("/w")))
    await journey.display.wait {
      !$0.contains("  REC  ") && $0.contains("the recording ends here")
    }
    #expect(await tape.recorder == nil)
    await journey.end()
  }
}
