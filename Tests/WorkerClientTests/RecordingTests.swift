import Glibc
import Support
import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("A recording", .timeLimit(.minutes(2)))
struct RecordingTests {
  private let workshop: Workshop
  private let clock = ManualClock()
  private var path: String { "\(workshop.folder)/recording" }
  private static let head = Recording.Head(
    startedAt: 1_000.5, server: "example.org", registry: ["workers": []])
  private static let key = "sk-very-secret"

  init() throws { workshop = try Workshop() }

  private func recorder(limit: Int = Recorder.limit) throws -> Recorder {
    let clock = clock
    return try Recorder(
      path: path, head: Self.head, secrets: [Self.key], limit: limit,
      elapsed: { clock.seconds })
  }

  private static func get(_ path: String) -> TransportRequest {
    TransportRequest(method: .get, target: .path(path), headers: [HTTPHeader("Accept", "x")])
  }

  /// A poll, a stream in two pieces, an order, a lost connection: two seconds in all.
  private func play() async throws {
    let stream = ScriptedStream()
    let base = ScriptedTransport([
      "GET /w": [.text("one", type: "a/\(Self.key)"), .text("two")],
      "GET /w/stream": [.stream(stream)],
      "POST /w": [.text(#"{"id":"new"}"#)], "GET /bad": [.failure(.stalled(seconds: 1.5))],
    ])
    let recorder = try recorder()
    let transport = RecordingTransport(base, tape: Tape(recorder))
    _ = try await transport.send(Self.get("/w"))
    stream.begin(TransportHead(status: 200, headers: [HTTPHeader("Set-Cookie", "a=b")]))
    let opened = try await transport.open(Self.get("/w/stream"))
    clock.advance(by: 1)
    stream.feed([0xFF, 0x00])
    _ = try await opened.next()
    stream.feed("data: sk-very")
    _ = try await opened.next()
    stream.feed("-secret\n\n")
    _ = try await opened.next()
    stream.end()
    _ = try await opened.next()
    clock.advance(by: 1)
    _ = try await transport.send(
      TransportRequest(method: .post, target: .path("/w"), body: Array(Self.key.utf8)))
    _ = try? await transport.send(Self.get("/bad"))
    _ = try await transport.send(Self.get("/w"))
  }

  @Test("is one line for each thing that happened, and holds no secret")
  func lines() async throws {
    try await play()
    let text = try String(decoding: bytes(), as: UTF8.self)
    #expect(
      text == """
        {"signalbox":"recording","version":1,"startedAt":1000.5,"server":"example.org","registry":{"workers":[]}}
        {"t":0,"n":1,"ask":"GET","target":"/w","headers":[["Accept","x"]]}
        {"t":0,"n":1,"status":200,"headers":[["Content-Type","a/[redacted]"]]}
        {"t":0,"n":1,"text":"one"}
        {"t":0,"n":1,"end":true}
        {"t":0,"n":2,"ask":"GET","target":"/w/stream","headers":[["Accept","x"]]}
        {"t":0,"n":2,"status":200,"headers":[["Set-Cookie","[redacted]"]]}
        {"t":1000,"n":2,"base64":"/wA="}
        {"t":1000,"n":2,"text":"data: "}
        {"t":1000,"n":2,"text":"[redacted]\\n\\n"}
        {"t":1000,"n":2,"end":true}
        {"t":2000,"n":3,"ask":"POST","target":"/w","headers":[],"text":"[redacted]"}
        {"t":2000,"n":3,"status":200,"headers":[["Content-Type","application/json"]]}
        {"t":2000,"n":3,"text":"{\\"id\\":\\"new\\"}"}
        {"t":2000,"n":3,"end":true}
        {"t":2000,"n":4,"ask":"GET","target":"/bad","headers":[["Accept","x"]]}
        {"t":2000,"n":4,"failure":"stalled","seconds":1.5}
        {"t":2000,"n":5,"ask":"GET","target":"/w","headers":[["Accept","x"]]}
        {"t":2000,"n":5,"status":200,"headers":[["Content-Type","application/json"]]}
        {"t":2000,"n":5,"text":"two"}
        {"t":2000,"n":5,"end":true}

        """)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test("never replaces a file, and follows no link")
  func exclusive() throws {
    _ = try recorder()
    #expect(throws: RecordingError.exists(path: path)) { try recorder() }
    let link = "\(workshop.folder)/link"
    #expect(symlink("\(workshop.folder)/elsewhere", link) == 0)
    #expect(throws: RecordingError.exists(path: link)) {
      try Recorder(path: link, head: Self.head, secrets: [], elapsed: { 0 })
    }
  }

  @Test("ends at its bound with a sentence; what is recorded goes on")
  func bound() async throws {
    let base = ScriptedTransport(["GET /w": [.text(String(repeating: "x", count: 2_000))]])
    let recorder = try recorder(limit: 1_000)
    let transport = RecordingTransport(base, tape: Tape(recorder))
    #expect(try await transport.send(Self.get("/w")).body.count == 2_000)
    #expect(try await transport.send(Self.get("/w")).body.count == 2_000)
    var said: [String] = []
    for await sentence in recorder.notices { said.append(sentence) }
    #expect(
      said == ["the recording ends here, \(path) keeps what came before: it has reached 0 MiB"])
    #expect(try Recording(path: path).damage == nil)
  }

  @Test("that is ended takes nothing more, also not of a stream that is open")
  func finishes() async throws {
    let stream = ScriptedStream()
    let tape = Tape(try recorder())
    let base = ScriptedTransport(["GET /w": [.text("one")], "GET /s": [.stream(stream)]])
    let transport = RecordingTransport(base, tape: tape)
    stream.begin(TransportHead(status: 200, headers: []))
    let opened = try await transport.open(Self.get("/s"))
    stream.feed("before")
    _ = try await opened.next()
    let before = try bytes()
    #expect(await tape.end())
    stream.feed("after")
    _ = try await opened.next()
    _ = try await transport.send(Self.get("/w"))
    #expect(try bytes() == before && String(decoding: before, as: UTF8.self).contains("before"))
    #expect(await tape.recorder == nil)
    #expect(await !tape.end())
  }

  @Test("that cannot be made says why")
  func unusable() throws {
    #expect(
      throws: RecordingError.unusable(path: "/no/such", reason: "No such file or directory")
    ) {
      try Recorder(path: "/no/such", head: Self.head, secrets: [], elapsed: { 0 })
    }
  }

  @Test("cut at any byte gives what is before the cut, or says that it is no recording")
  func cuts() async throws {
    try await play()
    let whole = try bytes()
    let first = whole.firstIndex(of: 0x0A)!
    for length in 0..<whole.count {
      try rewrite(Array(whole[..<length]))
      guard length > first else {
        #expect(throws: RecordingError.noRecording(path: path)) { try Recording(path: path) }
        continue
      }
      let recording = try Recording(path: path)
      #expect((recording.damage == nil) == (whole[length - 1] == 0x0A))
      let lines = whole[..<length].split(separator: 0x0A, omittingEmptySubsequences: false)
      let asked = lines.dropLast().count {
        String(decoding: $0, as: UTF8.self).contains(#""ask":"#)
      }
      #expect(recording.exchanges.count == asked)
    }
  }

  @Test("with any byte changed is read without a crash")
  func noise() async throws {
    try await play()
    let whole = try bytes()
    var dice = Seeded(3)
    for _ in 0..<1_500 {
      var noisy = whole
      noisy[Int.random(in: noisy.indices, using: &dice)] = .random(in: 0...255, using: &dice)
      try rewrite(noisy)
      guard let recording = try? Recording(path: path) else { continue }
      for exchange in recording.exchanges { _ = recording.body(of: exchange) }
    }
  }

  @Test(
    "with a time out of all reason is none, and a line with one is damaged",
    arguments: ["1e300", "-1", "1e11"])
  func times(_ moment: String) throws {
    let first = #"{"signalbox":"recording","version":1,"startedAt":TIME,"server":"h"}"#
    try rewrite(Array((first.replacing("TIME", with: moment) + "\n").utf8))
    #expect(throws: RecordingError.noRecording(path: path)) { try Recording(path: path) }
    let line = #"{"t":TIME,"n":1,"ask":"GET","target":"/w","headers":[]}"#
    let time = moment == "1e11" ? "1000000000001" : moment
    try rewrite(
      Array(
        (first.replacing("TIME", with: "5") + "\n" + line.replacing("TIME", with: time) + "\n").utf8
      ))
    let recording = try Recording(path: path)
    #expect(recording.exchanges.isEmpty)
    #expect(recording.damage == "line 2 cannot be read; what is before it is played")
  }

  @Test("of a later version is refused")
  func newer() throws {
    try rewrite(Array("{\"signalbox\":\"recording\",\"version\":2}\n".utf8))
    #expect(throws: RecordingError.newer(path: path, version: 2)) { try Recording(path: path) }
  }

  // MARK: Playing

  @Test("plays an answer when its time has come, and the newest one afterwards")
  func answers() async throws {
    try await play()
    let time = ManualClock()
    let replay = ReplayTransport(
      try Recording(path: path), clock: time, elapsed: { time.seconds })
    #expect(try await replay.send(Self.get("/w")).body == Array("one".utf8))
    let failing = Task { try await replay.send(Self.get("/bad")) }
    await time.sleeping(1)
    #expect(time.sleeps == [2])
    time.advance(by: 2)
    await #expect(throws: TransportError.stalled(seconds: 1.5)) { try await failing.value }
    #expect(try await replay.send(Self.get("/w")).body == Array("two".utf8))
    #expect(try await replay.send(Self.get("/never")).head.status == 501)
    let order = TransportRequest(method: .post, target: .path("/w"))
    let refused = try await replay.send(order)
    #expect(refused.head.status == 405)
    #expect(APIError(response: refused).message == "this is a recording: nothing is sent")
  }

  @Test("plays a stream at its times, again from its start to who asks again")
  func streams() async throws {
    try await play()
    let time = ManualClock()
    let replay = ReplayTransport(
      try Recording(path: path), clock: time, elapsed: { time.seconds })
    let stream = try await replay.open(Self.get("/w/stream"))
    #expect(stream.head.status == 200)
    let first = Task { try await stream.next() }
    await time.sleeping(1)
    #expect(time.sleeps == [1])
    time.advance(by: 1)
    #expect(try await first.value == [0xFF, 0x00])
    let rest = Array("data: ".utf8)
    #expect(try await stream.next() == rest)
    #expect(try await stream.next() == Array("[redacted]\n\n".utf8))
    #expect(try await stream.next() == nil)
    let again = try await replay.open(Self.get("/w/stream"))
    #expect(try await again.next() == [0xFF, 0x00])
  }

  @Test("wakes a reader whose stream is cancelled")
  func cancelled() async throws {
    try await play()
    let time = ManualClock()
    let replay = ReplayTransport(
      try Recording(path: path), clock: time, elapsed: { time.seconds })
    let stream = try await replay.open(Self.get("/w/stream"))
    let first = Task { try await stream.next() }
    await time.sleeping(1)
    stream.cancel()
    await #expect(throws: TransportError.cancelled) { try await first.value }
  }

  // MARK: The file

  private func bytes() throws -> [UInt8] {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return Array(bytes[..<max(0, count)])
  }

  private func rewrite(_ bytes: [UInt8]) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    #expect(bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count)
  }
}
