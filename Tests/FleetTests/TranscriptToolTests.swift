import Testing
import WorkerAPI

@testable import Fleet

@Suite struct TranscriptToolTests {
  struct Case: Sendable {
    var name: String
    var frames: String
    /// The parts, one a line.
    var parts: String
    var malformed = 0
  }

  static let cases = [
    Case(
      name: "an input that streams is shown as far as it goes",
      frames: #"""
        {"type":"tool-input-start","toolCallId":"c","toolName":"web","title":"T","providerExecuted":true}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"{\"q\":\"cargo b"}
        """#,
      parts: #"""
        {"type":"tool-web","toolCallId":"c","state":"input-streaming","title":"T","input":{"q":"cargo b"},"providerExecuted":true}
        """#),
    Case(
      name: "an input of which nothing has come has no value",
      frames: #"{"type":"tool-input-start","toolCallId":"c","toolName":"web","dynamic":true}"#,
      parts: #"{"type":"dynamic-tool","toolName":"web","toolCallId":"c","state":"input-streaming"}"#
    ),
    Case(
      name: "a whole call, its output replaced",
      frames: #"""
        {"type":"tool-input-start","toolCallId":"c","toolName":"web"}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"{}"}
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":{"q":1},"providerMetadata":{"x":{"a":1}}}
        {"type":"tool-output-available","toolCallId":"c","output":[1],"preliminary":true}
        {"type":"tool-output-available","toolCallId":"c","output":[2]}
        """#,
      parts: #"""
        {"type":"tool-web","toolCallId":"c","state":"output-available","input":{"q":1},"output":[2],"callProviderMetadata":{"x":{"a":1}}}
        """#),
    Case(
      name: "a preliminary output says so",
      frames: #"""
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":null}
        {"type":"tool-output-available","toolCallId":"c","output":1,"preliminary":true}
        """#,
      parts: #"""
        {"type":"tool-web","toolCallId":"c","state":"output-available","input":null,"output":1,"preliminary":true}
        """#),
    Case(
      name: "an output comes in a later step, an error after an output",
      frames: #"""
        {"type":"start-step"}
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":1}
        {"type":"finish-step"}
        {"type":"start-step"}
        {"type":"tool-output-available","toolCallId":"c","output":1}
        {"type":"tool-output-error","toolCallId":"c","errorText":"late"}
        """#,
      parts: #"""
        {"type":"step-start"}
        {"type":"tool-web","toolCallId":"c","state":"output-error","input":1,"errorText":"late"}
        {"type":"step-start"}
        """#),
    Case(
      name: "the same id in a later step is another call, and what follows is for the newest",
      frames: #"""
        {"type":"start-step"}
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":1}
        {"type":"start-step"}
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":2}
        {"type":"start-step"}
        {"type":"tool-output-denied","toolCallId":"c"}
        """#,
      parts: #"""
        {"type":"step-start"}
        {"type":"tool-web","toolCallId":"c","state":"input-available","input":1}
        {"type":"step-start"}
        {"type":"tool-web","toolCallId":"c","state":"output-denied","input":2}
        {"type":"step-start"}
        """#),
    Case(
      name: "a static and a dynamic call of one id are two, and the first one gets the output",
      frames: #"""
        {"type":"tool-input-available","toolCallId":"c","toolName":"a","input":1}
        {"type":"tool-input-available","toolCallId":"c","toolName":"b","input":2,"dynamic":true}
        {"type":"tool-output-available","toolCallId":"c","output":3}
        """#,
      parts: #"""
        {"type":"tool-a","toolCallId":"c","state":"output-available","input":1,"output":3}
        {"type":"dynamic-tool","toolName":"b","toolCallId":"c","state":"input-available","input":2}
        """#),
    Case(
      name: "a second start in one step starts again",
      frames: #"""
        {"type":"tool-input-start","toolCallId":"c","toolName":"web"}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"[1"}
        {"type":"tool-input-start","toolCallId":"c","toolName":"web"}
        """#,
      parts: #"{"type":"tool-web","toolCallId":"c","state":"input-streaming"}"#),
    Case(
      name: "input that goes on in the next step opens the call there with all of its input",
      frames: #"""
        {"type":"start-step"}
        {"type":"tool-input-start","toolCallId":"c","toolName":"web"}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"[1"}
        {"type":"start-step"}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":",2"}
        """#,
      parts: #"""
        {"type":"step-start"}
        {"type":"tool-web","toolCallId":"c","state":"input-streaming","input":[1]}
        {"type":"step-start"}
        {"type":"tool-web","toolCallId":"c","state":"input-streaming","input":[1,2]}
        """#),
    Case(
      name: "a refused input is raw for a static call and the input of a dynamic one",
      frames: #"""
        {"type":"tool-input-error","toolCallId":"c","toolName":"web","input":"raw","errorText":"bad"}
        {"type":"tool-input-error","toolCallId":"d","toolName":"sql","input":"raw","errorText":"bad","dynamic":true}
        {"type":"tool-input-start","toolCallId":"e","toolName":"sql","dynamic":true}
        {"type":"tool-input-error","toolCallId":"e","toolName":"sql","input":1,"errorText":"bad"}
        """#,
      parts: #"""
        {"type":"tool-web","toolCallId":"c","state":"output-error","errorText":"bad","rawInput":"raw"}
        {"type":"dynamic-tool","toolName":"sql","toolCallId":"d","state":"output-error","input":"raw","errorText":"bad"}
        {"type":"dynamic-tool","toolName":"sql","toolCallId":"e","state":"output-error","input":1,"errorText":"bad"}
        """#),
    Case(
      name: "an approval that waits, one that names the call, one that names only itself",
      frames: #"""
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":1}
        {"type":"tool-approval-request","toolCallId":"c","approvalId":"a","signature":"s"}
        {"type":"tool-input-available","toolCallId":"d","toolName":"web","input":1}
        {"type":"tool-approval-request","toolCallId":"d","approvalId":"b"}
        {"type":"tool-approval-response","approvalId":"b","toolCallId":"d","approved":false,"reason":"no"}
        {"type":"tool-input-available","toolCallId":"e","toolName":"web","input":1}
        {"type":"tool-approval-request","toolCallId":"e","approvalId":"f"}
        {"type":"tool-approval-response","approvalId":"f","approved":true}
        """#,
      parts: #"""
        {"type":"tool-web","toolCallId":"c","state":"approval-requested","input":1,"approval":{"id":"a","signature":"s"}}
        {"type":"tool-web","toolCallId":"d","state":"approval-responded","input":1,"approval":{"id":"b","approved":false,"reason":"no"}}
        {"type":"tool-web","toolCallId":"e","state":"approval-responded","input":1,"approval":{"id":"f","approved":true}}
        """#),
    Case(
      name: "chunks for a call that never began are reported and dropped",
      frames: #"""
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"x"}
        {"type":"tool-output-available","toolCallId":"c","output":1}
        {"type":"tool-output-error","toolCallId":"c","errorText":"e"}
        {"type":"tool-output-denied","toolCallId":"c"}
        {"type":"tool-approval-request","toolCallId":"c","approvalId":"a"}
        {"type":"tool-approval-response","approvalId":"a","approved":true}
        {"type":"text-start","id":"1"}
        """#,
      parts: #"{"type":"text","text":"","state":"streaming"}"#, malformed: 6),
    Case(
      name: "a delta after the whole input is reported",
      frames: #"""
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":1}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"x"}
        """#,
      parts: #"{"type":"tool-web","toolCallId":"c","state":"input-available","input":1}"#,
      malformed: 1),
    Case(
      name: "a call of a step that was reset may come again",
      frames: #"""
        {"type":"start-step"}
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":1}
        {"type":"reset-step"}
        {"type":"tool-output-denied","toolCallId":"c"}
        {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":2}
        """#,
      parts: #"""
        {"type":"step-start"}
        {"type":"tool-web","toolCallId":"c","state":"input-available","input":2}
        """#, malformed: 1),
    Case(
      name: "an emoji cut between two deltas of an input",
      frames: #"""
        {"type":"tool-input-start","toolCallId":"c","toolName":"web"}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"[\"\ud83d"}
        {"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"\ude00\"]"}
        """#,
      parts: #"{"type":"tool-web","toolCallId":"c","state":"input-streaming","input":["😀"]}"#),
  ]

  @Test("Each series of tool chunks gives its parts", arguments: cases)
  func apply(_ sample: Case) throws {
    let transcript = Transcript(sample.frames.rows.map { WorkerEvent(data: $0) })
    let expected = try sample.parts.rows.map { try JSONReader.read($0).sorted }
    #expect(transcript.parts(of: 0).map(\.sorted) == expected, "\(sample.name)")
    #expect(transcript.oddities.malformed == sample.malformed, "\(sample.name)")
  }

  @Test("A call's stage is what an operator wants to know of its state")
  func stages() {
    var call = ToolCall(id: "c", name: "web", state: .inputStreaming)
    #expect(call.stage == .inputStreaming)
    call.state = .approvalResponded
    #expect(call.stage == .running)
    call.details["approval"] = ["id": "a", "approved": false]
    #expect(call.stage == .denied)
    call.state = .outputAvailable
    #expect(call.stage == .done)
    call.isPreliminary = true
    #expect(call.stage == .running)
    call.state = .outputError
    #expect(call.stage == .failed("failed"))
    call.state = .init(word: "output-denied")
    #expect(call.stage == .denied)
    call.state = .init(word: "output-later")
    #expect(call.stage == .running)
    #expect(call.state.word == "output-later")
  }

  @Test("A call's time ends when it is no longer open")
  func times() {
    let ready = ToolEvent.inputAvailable(name: "web", title: nil, input: ["q": 1])
    var transcript = Transcript()
    transcript.apply(.tool(callID: "c", ready), now: 1)
    transcript.apply(.tool(callID: "c", .output(1, isPreliminary: true)), now: 2)
    #expect(transcript.entries.map(\.endedAt) == [nil])
    transcript.apply(.tool(callID: "c", .output(1, isPreliminary: false)), now: 4)
    #expect(transcript.entries.map(\.duration) == [3])
  }
}

extension String {
  /// Its lines that hold something.
  var rows: [String] { split(separator: "\n").map(String.init) }
}

extension JSON {
  /// The same with the members of every object in order of their names.
  var sorted: JSON {
    switch self {
    case .array(let values): .array(values.map(\.sorted))
    case .object(let object):
      .object(
        JSONObject(
          object.members.map { ($0.name, $0.value.sorted) }.sorted { $0.0 < $1.0 }))
    default: self
    }
  }
}
