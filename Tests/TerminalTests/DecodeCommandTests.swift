import Support
import Testing

extension BinaryTests {
  @Suite("decode on the command line", .timeLimit(.minutes(3)))
  struct DecodeCommandTests {
    private static let stream = """
      id: 1\r
      data: {"type":"start","messageId":"m"}\r
      \r
      data: {"type":"text-delta","id":"1","delta":"# Title\\n\\nSome *words* \\u001b[2J"}

      data: {"type":"tool-input-start","toolCallId":"c","toolName":"web"}

      data: {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"{\\"url\\":\\"https://h/a"}

      data: lost
      """

    @Test("sse prints an event a line and drops the unfinished block")
    func events() throws {
      let ending = try Workshop().run(["decode", "sse"], input: Self.stream)
      #expect(ending.status == 0)
      let lines = ending.output.split(separator: "\n")
      #expect(lines.count == 4)
      #expect(
        lines.first
          == #"{"event":"message","data":"{\"type\":\"start\",\"messageId\":\"m\"}","id":"1"}"#)
    }

    @Test("messages --text shows what a terminal would show, and nothing that could act on it")
    func text() throws {
      let ending = try Workshop().run(
        ["decode", "messages", "--text", "--width", "40"], input: Self.stream)
      #expect(ending.status == 0)
      #expect(
        ending.output == """

          ai    Title

                Some words \u{FFFD}[2J
          tool  web h/a          preparing
                in  {
                      "url": "https://h/a"
                    }

          """)
    }

    @Test("messages reads a worker object as a GET gives it")
    func worker() throws {
      let ending = try Workshop().run(
        ["decode", "messages"],
        input: """
            {"id": "w", "object": "worker", "status": "completed", "messages": [
            {"id": "m", "role": "assistant", "parts": [{"type": "text", "text": "stored"}]}]}
          """)
      #expect(ending.status == 0)
      #expect(ending.output.contains("\"rendered\": \"stored\""))
      #expect(ending.output.contains("\"status\": \"completed\""))
    }

    @Test("each line of a batch is answered, also one that is no request")
    func batch() throws {
      let ending = try Workshop().run(
        ["decode", "sse", "--batch"], input: "{\"chunks\":[\"ZGF0YTogYQoK\"]}\n\nnope\n{}")
      #expect(ending.status == 0)
      #expect(
        ending.output == """
          {"events":[{"event":"message","data":"a","id":""}],"last_event_id":"","retry":null,"events_after_chunk":[1]}
          {"error":"the line is not a JSON object"}
          {"error":"\\"chunks\\" is missing, or not an array"}

          """)
    }

    @Test("an input that is neither is said, with 1")
    func neither() throws {
      let ending = try Workshop().run(["decode", "messages"], input: "{\"no\": \"worker\"}")
      #expect(ending.status == 1)
      #expect(
        ending.errors
          == "signalbox: the input is no event stream, and no worker object either\n")
    }
  }
}
