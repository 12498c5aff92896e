import Support
import Testing
import WorkerAPI

@Suite struct SSEDecoderTests {
  private struct Result: Equatable {
    var events: [ServerSentEvent]
    var lastEventID: String
    var retry: Int?
  }

  private func decode(_ chunks: [[UInt8]]) throws -> Result {
    var decoder = SSEDecoder()
    let events = try chunks.flatMap { try decoder.feed($0) }
    return Result(
      events: events, lastEventID: decoder.lastEventID, retry: decoder.retryMilliseconds)
  }

  @Test("Each stream gives its events, wherever it is cut", arguments: SSECase.all)
  func cut(stream: SSECase) throws {
    let expected = Result(
      events: stream.events, lastEventID: stream.lastEventID, retry: stream.retry)
    let bytes = stream.bytes
    #expect(try decode([bytes]) == expected)
    for cut in 0...bytes.count {
      #expect(try decode([Array(bytes[..<cut]), [], Array(bytes[cut...])]) == expected, "\(cut)")
    }
    #expect(try decode(bytes.map { [$0] }) == expected)
  }

  @Test("An event is given with its blank line, not with the next chunk")
  func prompt() throws {
    for end in ["\n\n", "\r\r", "\r\n\r", "\r\n\n"] {
      var decoder = SSEDecoder()
      #expect(try decoder.feed(Array("data: x\(end)".utf8)) == [ServerSentEvent(data: "x")])
      #expect(try decoder.feed(Array("\n".utf8)) == [])
    }
  }

  @Test("A resumed stream keeps the id it was opened with until the server gives one")
  func resumed() throws {
    var decoder = SSEDecoder(lastEventID: "4")
    #expect(decoder.lastEventID == "4")
    let events = try decoder.feed(Array("data: a\n\nid: 5\ndata: b\n\nid\n\n".utf8))
    #expect(
      events == [ServerSentEvent(data: "a", id: "4"), ServerSentEvent(data: "b", id: "5")])
    #expect(decoder.lastEventID == "")
  }

  @Test("A line or an event beyond the bound overflows, and so does all that follows")
  func overflow() throws {
    let chunk = [UInt8](repeating: 0x78, count: 1 << 20)
    var line = SSEDecoder()
    for _ in 0..<16 { #expect(try line.feed(chunk) == []) }
    #expect(throws: SSEDecoder.Overflow.self) { try line.feed([0x78]) }
    #expect(throws: SSEDecoder.Overflow.self) { try line.feed([0x0A]) }

    var data = SSEDecoder()
    for _ in 0..<16 {
      #expect(try data.feed(Array("data:".utf8) + chunk.dropLast() + [0x0A]) == [])
    }
    #expect(throws: SSEDecoder.Overflow.self) {
      try data.feed(Array("data:".utf8) + chunk + [0x0A])
    }
  }

  @Test("Events before an overflow in the same chunk are not lost")
  func eventsBeforeOverflow() throws {
    var decoder = SSEDecoder()
    let long = [UInt8](repeating: 0x78, count: SSEDecoder.eventLimit + 1)
    let events = try decoder.feed(Array("id: 1\ndata: a\n\n".utf8) + long)
    #expect(events == [ServerSentEvent(data: "a", id: "1")])
    #expect(decoder.lastEventID == "1")
    #expect(throws: SSEDecoder.Overflow.self) { try decoder.feed([]) }
  }

  @Test("A long line in small chunks takes linear time", .timeLimit(.minutes(1)))
  func linear() throws {
    let text = String(repeating: "x", count: 1 << 20)
    var decoder = SSEDecoder()
    var events: [ServerSentEvent] = []
    for byte in "data: \(text)\n\n".utf8 { events += try decoder.feed([byte]) }
    #expect(events == [ServerSentEvent(data: text)])

    var sevens = SSEDecoder()
    let bytes = Array("data: \(text)\n\n".utf8)
    events = try stride(from: 0, to: bytes.count, by: 7).flatMap { begin in
      try sevens.feed(Array(bytes[begin..<min(begin + 7, bytes.count)]))
    }
    #expect(events == [ServerSentEvent(data: text)])

    let lines = String(repeating: "data: y\n", count: 100_000)
    var block = SSEDecoder()
    #expect(try block.feed(Array((lines + "\n").utf8)).first?.data.utf8.count == 199_999)
  }

  @Test("Random bytes never crash, and their chunks do not matter")
  func fuzz() throws {
    var random = Seeded(6)
    let pieces: [[UInt8]] = [
      [0x0A], [0x0D], [0x0D, 0x0A], [0x3A], [0x20], [0xEF], [0xBB], [0xBF], [0x00], [0xFF],
      Array("data".utf8), Array("event".utf8), Array("id".utf8), Array("retry".utf8), [0x31],
    ]
    for _ in 0..<3_000 {
      let chunks = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? []
      }
      let whole = try decode([chunks.flatMap(\.self)])
      #expect(try decode(chunks) == whole, "\(chunks)")
      #expect(try decode(chunks.flatMap(\.self).map { [$0] }) == whole, "\(chunks)")
    }
  }
}
