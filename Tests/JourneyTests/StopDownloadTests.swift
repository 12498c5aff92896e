import Fleet
import FoundationEssentials
import Support
import Testing
import WorkerAPI

@testable import signalbox

@Suite("A download that is stopped", .timeLimit(.minutes(1)))
@MainActor
struct StopDownloadTests {
  private nonisolated static let bytes = (0..<65_536).map { UInt8(truncatingIfNeeded: $0) }
  private nonisolated static let half = 32_768

  /// Sends half of the file and then nothing; the rest only where that is asked for.
  private nonisolated static func serve(_ connection: Connection) throws {
    let request = try connection.readRequest()
    let path = request.line.split(separator: " ").dropFirst().first ?? ""
    let headers = ["Connection: close", "ETag: \"v1\""]
    if path == "/api/workers/wrk_a" {
      try connection.answer(
        headers: ["Connection: close", "Content-Type: application/json"],
        #"{"id":"wrk_a","status":"completed","title":"Big","files":"#
          + #"[{"filename":"big.bin","mediaType":"application/octet-stream","url":"/f"}]}"#)
    } else if !path.hasSuffix("/files/big.bin") {
      try connection.answer("404 Not Found", headers: ["Connection: close"])
    } else if request.headers["range"] == "bytes=\(half)-",
      request.headers["if-range"] == "\"v1\""
    {
      try connection.answer(
        "206 Partial Content",
        headers: headers + ["Content-Range: bytes \(half)-65535/65536"],
        body: Array(bytes[half...]))
    } else {
      let head = ["HTTP/1.1 200 OK"] + headers + ["Content-Length: \(bytes.count)", "", ""]
      try connection.write(Array(head.joined(separator: "\r\n").utf8) + bytes[..<half])
      // Until the client is gone.
      _ = try connection.readRequest()
    }
  }

  @Test("lets go of the server, keeps what came, and goes on from there")
  func goesOn() async throws {
    let server = try LoopbackServer { try Self.serve($0) }
    let journey = try await Journey(at: server.base)
    let display = journey.display
    journey.store.send(
      .adopt([KnownWorker(id: "wrk_a", instruction: "Make it.", budget: .low, addedAt: 1)]))
    await display.wait(for: "big.bin")
    display.press("4 d")
    await display.wait(for: "50 %")
    display.press("D")
    await display.wait(for: "big.bin stopped at 33 kB of 66 kB; saving it again goes on from there")
    let folder = "\(journey.folder)/downloads"
    let part = FileManager.default.contents(atPath: "\(folder)/.parts/wrk_a/big.bin.part")
    #expect(part.map(Array.init) == Array(Self.bytes[..<Self.half]))
    #expect(FileManager.default.contents(atPath: "\(folder)/wrk_a/big.bin") == nil)
    display.press("d")
    await display.wait(for: "saved 66 kB, sha256")
    let saved = FileManager.default.contents(atPath: "\(folder)/wrk_a/big.bin")
    #expect(saved.map(Array.init) == Self.bytes)
    await journey.end()
  }
}
