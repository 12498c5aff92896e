import Testing
import WorkerAPI

@testable import Fleet

@Suite struct TranscriptStoredTests {
  private static let message = #"""
    {"id":"m1","role":"assistant","metadata":{"a":1},"parts":[{"type":"step-start"},
    {"type":"reasoning","text":"hm","state":"done"},{"type":"text","text":"Hello"},
    {"type":"tool-web","toolCallId":"c1","state":"output-available","input":{"q":1},"output":[2]},
    {"type":"dynamic-tool","toolName":"sql","toolCallId":"c2","state":"output-error","input":{},"errorText":"bad"},
    {"type":"tool-web","toolCallId":"c3","state":"output-denied","input":1},
    {"type":"tool-web","toolCallId":"c4","state":"approval-requested","input":1,"approval":{"id":"a"}},
    {"type":"source-url","sourceId":"s","url":"u","title":"T"},
    {"type":"file","url":"h/x.png","mediaType":"image/png"},
    {"type":"data-plan","id":"p","data":[1]}]}
    """#

  private static let stream = #"""
    {"type":"start","messageId":"m1","messageMetadata":{"a":1}}
    {"type":"start-step"}
    {"type":"reasoning-start","id":"1"}
    {"type":"reasoning-delta","id":"1","delta":"h"}
    {"type":"reasoning-delta","id":"1","delta":"m"}
    {"type":"reasoning-end","id":"1"}
    {"type":"text-start","id":"1"}
    {"type":"text-delta","id":"1","delta":"Hello"}
    {"type":"text-end","id":"1"}
    {"type":"tool-input-available","toolCallId":"c1","toolName":"web","input":{"q":1}}
    {"type":"tool-output-available","toolCallId":"c1","output":[2]}
    {"type":"tool-input-available","toolCallId":"c2","toolName":"sql","input":{},"dynamic":true}
    {"type":"tool-output-error","toolCallId":"c2","errorText":"bad"}
    {"type":"tool-input-available","toolCallId":"c3","toolName":"web","input":1}
    {"type":"tool-output-denied","toolCallId":"c3"}
    {"type":"tool-input-available","toolCallId":"c4","toolName":"web","input":1}
    {"type":"tool-approval-request","toolCallId":"c4","approvalId":"a"}
    {"type":"source-url","sourceId":"s","url":"u","title":"T"}
    {"type":"file","url":"h/x.png","mediaType":"image/png"}
    {"type":"data-plan","id":"p","data":[1]}
    {"type":"finish-step"}
    {"type":"finish"}
    """#

  @Test("A stored message shows what its stream shows")
  func same() throws {
    var stored = Transcript()
    stored.applyStored(try JSONReader.read(Self.message))
    let streamed = Transcript(
      Self.stream.split(separator: "\n").map { WorkerEvent(data: String($0)) })
    #expect(Shown(stored) == Shown(streamed))
    #expect(stored.turns == streamed.turns)
    #expect(stored.entries.count == 9)
    let wrapped = Transcript([WorkerEvent(data: Self.message)])
    #expect(wrapped == stored)
  }

  @Test("A stored message that is already there adds nothing")
  func again() throws {
    let message = try JSONReader.read(Self.message)
    var transcript = Transcript()
    transcript.applyStored(message)
    let before = transcript
    transcript.applyStored(message)
    #expect(transcript == before)
  }

  @Test("A message of another role is kept where it stands, one without a role is counted")
  func others() {
    let system: JSON = ["id": "s", "role": "system", "parts": [["type": "text", "text": "x"]]]
    var transcript = Transcript()
    transcript.applyStored(system)
    transcript.applyStored(["role": 7])
    #expect(transcript.asides == [Transcript.Aside(turn: 0, message: system)])
    #expect(transcript.oddities.malformed == 1)
    #expect(transcript.entries.isEmpty && transcript.turns.isEmpty && transcript.prompts.isEmpty)
  }

  @Test("Parts without a type are counted, and messages inside of messages are not read")
  func hostile() {
    var transcript = Transcript()
    transcript.applyStored([
      "role": "assistant",
      "parts": [
        7, [:], ["role": "assistant", "parts": [["type": "text", "text": "x"]]], "[DONE]",
      ],
    ])
    #expect(Shown(transcript) == Shown(["- completed"], [], malformed: 4))
  }

  private static func said(_ role: String, _ text: String) -> StoredMessage {
    StoredMessage(["role": .string(role), "parts": [["type": "text", "text": .string(text)]]])
  }

  @Test("What the operator said stands before the turn that answers it")
  func prompts() {
    var transcript = Transcript()
    transcript.addPrompt("one")
    transcript.takePrompts(from: [])
    #expect(transcript.prompts == [["one"]])
    transcript.applyStored(Self.said("user", "one").json)
    transcript.applyStored(Self.said("assistant", "A").json)
    transcript.addPrompt("two")
    #expect(transcript.prompts == [["one"], ["two"]])
    transcript.takePrompts(from: [Self.said("user", "one"), Self.said("assistant", "A")])
    #expect(transcript.prompts == [["one"], ["two"]], "an older answer takes nothing away")
    transcript.takePrompts(from: [
      Self.said("user", "one"), Self.said("assistant", "A"), Self.said("user", "two"),
      Self.said("user", "more"), Self.said("assistant", "B"), Self.said("tool", "x"),
    ])
    #expect(transcript.prompts == [["one"], ["two", "more"]])
    transcript.startAnew()
    #expect(transcript.prompts == [["one"], ["two", "more"]])
    #expect(transcript.entries.isEmpty && transcript.turns.isEmpty && transcript.edition == 1)
  }
}
