import FoundationEssentials
import Testing
import WorkerAPI

@testable import signalbox

@Suite("Decoding, one case a line") struct DecodeTests {
  private static func chunks(_ chunks: [[UInt8]]) -> JSON {
    ["chunks": .array(chunks.map { .string(Data($0).base64EncodedString()) })]
  }

  @Test("Events come with the chunk that ends them, with the id and the retry of the stream")
  func events() throws {
    let request = Self.chunks([
      [0xEF, 0xBB, 0xBF] + Array("id: 7\r".utf8), Array("\ndata: a".utf8) + [0xFF, 0x0D, 0x0A],
      Array("data:b\n\nretry: 10\n".utf8), Array("event: x\ndata\n\n: c\nid\n\ndata: lost".utf8),
    ])
    #expect(
      try SSECase.answer(request) == [
        "events": [
          ["event": "message", "data": "a\u{FFFD}\nb", "id": "7"],
          ["event": "x", "data": "", "id": "7"],
        ],
        "last_event_id": "", "retry": 10, "events_after_chunk": [0, 0, 1, 2],
      ])
  }

  @Test("An event beyond the bound is said, and what came before it stays")
  func overflow() throws {
    let request = Self.chunks([
      Array("data: a\n\n".utf8), Array(repeating: 0x61, count: (16 << 20) + 1),
      Array("\n\ndata: b\n\n".utf8),
    ])
    let answer = try SSECase.answer(request)
    #expect(answer["error"] == "an event is larger than 16 MiB")
    #expect(answer["events_after_chunk"] == [1, 1, 1])
  }

  @Test("Frames give messages, what was odd about them, and plain text without controls")
  func messages() throws {
    let answer = try MessagesCase.answer([
      "frames": [
        #"{"type":"text-start","id":"1"}"#, "nope",
        #"{"type":"text-delta","id":"1","delta":"red \u001b[31m \u202e text"}"#, "[DONE]",
        #"{"type":"text-delta","id":"9","delta":"x"}"#,
        #"{"type":"data-p","id":"i","data":1,"transient":true}"#, #"{"type":"new"}"#,
        #"{"object":"worker","id":"w","status":"running"}"#,
        #"{"type":"error","errorText":"bad\u0007"}"#,
        #"{"type":"tool-input-available","toolCallId":"c","toolName":"a\u009b","input":{"\u001b":1}}"#,
      ]
    ])
    let parts: JSON = [
      ["type": "text", "text": "red \u{1B}[31m \u{202E} text", "state": "streaming"],
      ["type": "text", "text": "x", "state": "streaming"],
      [
        "type": "tool-a\u{9B}", "toolCallId": "c", "state": "input-available",
        "input": ["\u{1B}": 1],
      ],
    ]
    #expect(
      answer == [
        "messages": [
          [
            "id": .null, "role": "assistant", "parts": parts, "metadata": .null,
            "finish_reason": .null, "abort_reason": .null, "status": "error",
          ]
        ],
        "errors": ["bad\u{7}"], "bad_frames": [1, 4], "unknown_types": ["new"],
        "transient": [["type": "data-p", "id": "i", "data": 1, "transient": true]], "done": true,
        "worker": ["id": "w", "status": "running"],
        "rendered": .string(
          """
          red \u{FFFD}[31m \u{FFFD} text
          nope
          x
          error: bad\u{FFFD}
          tool: a\u{FFFD} (running)
            in: {"\\u001b":1}
          """),
      ])
  }

  @Test("What is no case is named")
  func wrong() {
    #expect(throws: DecodeCommand.BatchFailure.self) { try SSECase.answer(["chunks": ["*"]]) }
    #expect(throws: DecodeCommand.BatchFailure.self) { try SSECase.answer([:]) }
    #expect(throws: DecodeCommand.BatchFailure.self) { try MessagesCase.answer(["frames": [1]]) }
  }
}
