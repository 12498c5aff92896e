import Testing
import WorkerAPI

@Suite struct WorkerWordsTests {
  private static let text = JSON.string(String(repeating: "wörd \"\n", count: 6_000))
  private static let messages: JSON = [
    ["id": "u", "role": "user", "parts": [["type": "text", "text": "go"]]], 7,
    ["id": "m", "role": "assistant", "parts": [["type": "text", "text": text]]],
  ]

  private static func answer(_ more: [(String, JSON)]) -> JSON {
    .object(JSONObject([("id", "w"), ("later_field", [1.5])] + more))
  }

  @Test("What the worker said stays text until somebody wants it, and its text is that which came")
  func unread() async throws {
    let answer = Self.answer([("messages", Self.messages), ("files", [])])
    let worker = try #require(try Worker.read(Array(answer.pretty().utf8)))
    #expect(worker.messages.map(\.role) == ["user", "assistant"])
    #expect(worker.messages.map(\.id) == ["u", "m"])
    #expect(worker.messages.map { $0.unreadBytes > 32 << 10 } == [false, true])
    #expect(worker.raw["later_field"] == [1.5])
    #expect(Worker.isLeftOut(worker.raw["messages"]))
    let said = try [#require(Self.messages.array?[0]), #require(Self.messages.array?[2])]
    #expect(worker.messages.map(\.json) == said)
    let read = await worker.withWords()
    #expect(read.messages == said.map(StoredMessage.init))
    #expect(read.messages.map(\.head.json) == [.null, .null])
    for text in [worker.text, read.text] {
      #expect(
        try JSONReader.read(text)
          == Self.answer([("files", []), ("messages", .array(said))]))
    }
  }

  @Test("What a long answer says again is left out, and what is short is not")
  func repetition() throws {
    let short: JSON = [["content": [["text": "short"]]]]
    let answer = Self.answer([
      ("output", short), ("output_text", Self.text), ("messages", [["role": "user"]]),
    ])
    let worker = try #require(try Worker.read(answer.bytes))
    #expect(worker.raw["output"] == short && worker.outputText == "short")
    #expect(worker.raw["output_text"] == ["left out": "58 KiB, shown as output"])
    #expect(worker.raw["messages"] == [["role": "user"]])
    #expect(worker.text == worker.raw.text)
    let messages = Self.answer([("messages", Self.text)])
    #expect(try Worker.read(messages.bytes)?.messages == [])
  }

  @Test("A short answer is read at once, and the last of two members counts")
  func short() throws {
    let answer = Self.answer([("output_text", "x"), ("messages", Self.messages)])
    let twice = Self.answer([("messages", Self.messages), ("messages", ["x"])])
    #expect(try Worker.read(Self.answer([]).bytes) == Worker(json: Self.answer([])))
    #expect(try Worker.read(answer.bytes, beyond: 1 << 20) == Worker(json: answer))
    #expect(try Worker.read(twice.bytes)?.messages == [StoredMessage("x")])
  }

  @Test(
    "What is no answer is refused where it goes wrong, however long it is",
    arguments: ["", "[", "{", #"{"id":"w","#, #"{"id":"w"} x"#, #"{"id":"w","messages":[1,]}"#])
  func refused(text: String) throws {
    let room = String(repeating: " ", count: 40_000)
    let bytes = Array((room + text).utf8)
    let failure = #expect(throws: JSONReader.Failure.self) { try JSONReader.read(bytes) }
    #expect(throws: try #require(failure)) { try Worker.read(bytes) }
    for other in ["[]", "7", "{}", "\"\(room)\""] {
      #expect(try Worker.read(Array((room + other).utf8)) == nil)
    }
  }
}
