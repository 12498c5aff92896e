import Support
import Testing
import WorkerAPI

@Suite struct SSEEncoderTests {
  static let blocks: [(event: ServerSentEvent, text: String)] = [
    (ServerSentEvent(data: "x"), "data: x\n\n"), (ServerSentEvent(data: ""), "data: \n\n"),
    (
      ServerSentEvent(type: "end", data: "a\nb", id: "7"),
      "id: 7\nevent: end\ndata: a\ndata: b\n\n"
    ),
    (ServerSentEvent(data: "a\r\nb\rc\n\r\n"), "data: a\ndata: b\ndata: c\ndata: \ndata: \n\n"),
    (
      ServerSentEvent(type: "e\n\rvil", data: "x", id: "1\ndata: y"),
      "id: 1data: y\nevent: evil\ndata: x\n\n"
    ),
    (ServerSentEvent(data: "x", id: "1\u{0}"), "data: x\n\n"),
  ]

  @Test("Each event is one block", arguments: blocks)
  func encode(event: ServerSentEvent, text: String) {
    #expect(SSEEncoder.encode(event) == text)
  }

  @Test("What is encoded is decoded as it was, with keep-alives in between")
  func roundTrip() throws {
    var random = Seeded(7)
    let pieces = ["a", " ", "\n", ":", "é", "😀", "data: ", "\u{FEFF}", "\0", "\u{2028}"]
    func text() -> String {
      (0..<Int.random(in: 0..<6, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
    }
    for _ in 0..<500 {
      let events = (0..<5).map { number in
        ServerSentEvent(
          type: Bool.random(using: &random) ? "message" : " kind\(number)", data: text(),
          id: "\(number)")
      }
      let stream = events.map { SSEEncoder.keepAlive + SSEEncoder.encode($0) }.joined()
      var decoder = SSEDecoder()
      #expect(try decoder.feed(Array(stream.utf8)) == events)
    }
  }
}
