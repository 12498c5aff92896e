import Console
import Fleet
import FoundationEssentials
import Glibc
import Registry
import Support
import Testing
import WorkerAPI
import WorkerClient

@testable import signalbox

@Suite("Another key for a console that runs", .timeLimit(.minutes(2)))
@MainActor
struct KeyDeskTests {
  private struct Fixture {
    let journey: Journey
    let transport: CurlTransport
    let tape = Tape()

    @MainActor
    init() async throws {
      journey = try await Journey()
      transport = CurlTransport(endpoint: try Endpoint(base: "http://127.0.0.1:9", key: "old"))
    }

    @MainActor
    func desk(_ source: KeySource?) -> KeyDesk {
      KeyDesk(transport: transport, tape: tape, source: source, store: journey.store)
    }

    @MainActor
    func end() async {
      transport.close()
      await journey.end()
    }
  }

  @Test("what is typed is sent from now on, and no recording holds it")
  func typed() async throws {
    let fixture = try await Fixture()
    let path = "\(fixture.journey.folder)/recording"
    let head = Recording.Head(startedAt: 1, server: "h", registry: ["workers": []])
    let recorder = try Recorder(path: path, head: head, secrets: ["old"], elapsed: { 0 })
    #expect(await fixture.tape.begin(recorder))
    await fixture.desk(nil).renew("fresh-secret")
    #expect(fixture.transport.endpoint.key == "fresh-secret")
    #expect(fixture.journey.store.state.notice?.text == "asking with the other key")
    try await record(fixture.tape)
    #expect(await fixture.tape.end())
    // One that begins later knows of it too.
    let second = try Recorder(path: path + "2", head: head, secrets: [], elapsed: { 0 })
    #expect(await fixture.tape.begin(second))
    try await record(fixture.tape)
    for file in [path, path + "2"] {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(text.contains("[redacted]") && !text.contains("fresh-secret"))
    }
    await fixture.end()
  }

  private func record(_ tape: Tape) async throws {
    let base = ScriptedTransport(["GET /w": [.text("fresh-secret")]])
    _ = try await RecordingTransport(base, tape: tape).send(
      TransportRequest(method: .get, target: .path("/w")))
  }

  @Test("its file is read again; where that cannot be, the key stays and the reason is said")
  func reread() async throws {
    let fixture = try await Fixture()
    let path = "\(fixture.journey.folder)/key"
    try "renewed\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(chmod(path, 0o644) == 0)
    await fixture.desk(.file(path)).renew(nil)
    #expect(fixture.transport.endpoint.key == "old")
    #expect(fixture.journey.store.state.notice?.text.hasPrefix("the key stays: ") == true)
    #expect(chmod(path, 0o600) == 0)
    await fixture.desk(.file(path)).renew(nil)
    #expect(fixture.transport.endpoint.key == "renewed")
    await fixture.desk(nil).renew("a\nb")
    #expect(fixture.transport.endpoint.key == "renewed", "a key is one line")
    await fixture.end()
  }

  @Test("a command beside a console gets nothing of its terminal")
  func aside() throws {
    let command = KeySource.command("if read line; then echo taken; else echo alone; fi")
    #expect(try command.read(environment: [:], isAlone: false) == "alone")
  }
}
