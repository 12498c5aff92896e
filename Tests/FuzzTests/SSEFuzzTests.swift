import Support
import Testing
import WorkerAPI

@Suite struct SSEFuzzTests {
  private static let pieces = [
    "\n", "\n", "\n", "\n\n", "\r", "\r\n", ":", ": ", " ", "data", "data:", "data: x", "event:",
    "event: y", "id:", "id: 7", "id", "retry:", "retry: 20", "99999999999999999999", "\0",
    "\u{FEFF}", "é", "😀", "\u{2028}", "\u{301}", "{\"type\":\"text-delta\"}", "Data: z",
  ]

  private func decode(_ chunks: [[UInt8]]) -> PlainSSE? {
    var result = PlainSSE()
    var decoder = SSEDecoder()
    for chunk in chunks {
      guard let events = try? decoder.feed(chunk) else { return nil }
      result.events += events
    }
    result.lastEventID = decoder.lastEventID
    result.retry = decoder.retryMilliseconds
    return result
  }

  @Test("A random stream gives the events that the rules word by word give, however it is cut")
  func differential() throws {
    try Fuzz(share: 25, name: "sse").run { random in
      var bytes = Mutation.text(Self.pieces, 16, &random)
      Mutation.mutate(&bytes, &random)
      let chunks = Mutation.chunks(bytes, &random)
      let expected = PlainSSE(bytes)
      let result = decode(chunks)
      guard result != expected else { return nil }
      return Fuzz.Failure("\(String(describing: result)) is not \(expected), \(chunks)", bytes)
    }
  }
}
