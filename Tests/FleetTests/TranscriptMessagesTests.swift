import Testing
import WorkerAPI

@testable import Fleet

@Suite struct TranscriptMessagesTests {
  struct Case: Sendable {
    var name: String
    var frames: String
    /// The messages, one a line, without the members that are null.
    var messages: String
    var malformed = 0
  }

  static let cases = [
    Case(
      name: "a whole message, metadata merged deeply and arrays replaced",
      frames: #"""
        {"type":"start","messageId":"m","messageMetadata":{"a":{"x":1,"l":[1,2]}}}
        {"type":"start-step"}
        {"type":"reasoning-start","id":"1"}
        {"type":"text-start","id":"1","providerMetadata":{"p":{"k":1}}}
        {"type":"reasoning-delta","id":"1","delta":"hm"}
        {"type":"text-delta","id":"1","delta":"Hel"}
        {"type":"reasoning-end","id":"1","providerMetadata":{"p":{"k":2}}}
        {"type":"text-delta","id":"1","delta":"lo","providerMetadata":{"p":{"k":3}}}
        {"type":"text-end","id":"1"}
        {"type":"message-metadata","messageMetadata":{"a":{"y":2,"l":[3]},"__proto__":{"z":1}}}
        {"type":"message-metadata","messageMetadata":null}
        {"type":"finish-step"}
        {"type":"finish","finishReason":"odd-reason","messageMetadata":{"b":1}}
        [DONE]
        """#,
      messages: #"""
        {"id":"m","role":"assistant","parts":[{"type":"step-start"},{"type":"reasoning","text":"hm","state":"done","providerMetadata":{"p":{"k":2}}},{"type":"text","text":"Hello","state":"done","providerMetadata":{"p":{"k":3}}}],"metadata":{"a":{"x":1,"l":[3],"y":2},"b":1},"finish_reason":"odd-reason","status":"completed"}
        """#),
    Case(
      name: "parts after the end, without a start, belong to the message that is there",
      frames: #"""
        {"type":"text-delta","id":"1","delta":"a"}
        {"type":"finish"}
        [DONE]
        {"type":"text-delta","id":"1","delta":"b"}
        {"type":"file","url":"u","mediaType":"text/plain"}
        """#,
      messages: #"""
        {"role":"assistant","parts":[{"type":"text","text":"ab","state":"streaming"},{"type":"file","mediaType":"text/plain","url":"u"}],"status":"completed"}
        """#, malformed: 1),
    Case(
      name: "an abort leaves open parts open, and what comes after an error is not lost",
      frames: #"""
        {"type":"error","errorText":"before any message"}
        {"type":"start","messageId":"m"}
        {"type":"text-start","id":"1"}
        {"type":"text-delta","id":"1","delta":"a"}
        {"type":"error","errorText":"one"}
        {"type":"text-delta","id":"1","delta":"b"}
        {"type":"abort","reason":"operator"}
        {"type":"start"}
        {"type":"text-start","id":"1"}
        {"type":"error","errorText":"two"}
        {"type":"finish","finishReason":"error"}
        """#,
      messages: #"""
        {"id":"m","role":"assistant","parts":[{"type":"text","text":"ab","state":"streaming"}],"abort_reason":"operator","status":"aborted"}
        {"role":"assistant","parts":[{"type":"text","text":"","state":"streaming"}],"finish_reason":"error","status":"error"}
        """#),
    Case(
      name: "errors and transient data open no message; metadata, steps and ends do",
      frames: #"""
        {"type":"error","errorText":"e"}
        {"type":"data-x","data":1,"transient":true}
        {"type":"finish-step"}
        """#,
      messages: #"{"role":"assistant","parts":[],"status":"incomplete"}"#),
    Case(
      name: "only errors are no message",
      frames: #"""
        {"type":"error","errorText":"e"}
        not json
        {"type":"data-x","data":1,"transient":true}
        """#, messages: "", malformed: 1),
    Case(
      name: "sources, documents, files, data, and the parts of later versions",
      frames: #"""
        {"type":"source-url","sourceId":"s","url":"u","title":null}
        {"type":"source-document","sourceId":"d","mediaType":"application/pdf","title":"T","filename":"a.pdf"}
        {"type":"source-document","sourceId":"d","mediaType":"application/pdf"}
        {"type":"data-plan","id":"1","data":[1]}
        {"type":"data-plan","data":2}
        {"type":"data-plan","id":"1","data":{"n":null}}
        {"type":"reasoning-file","url":"r","mediaType":"image/png"}
        {"type":"custom","kind":"acme.thing","providerMetadata":{"acme":{}}}
        {"type":"custom"}
        """#,
      messages: #"""
        {"role":"assistant","parts":[{"type":"source-url","sourceId":"s","url":"u"},{"type":"source-document","sourceId":"d","mediaType":"application/pdf","title":"T","filename":"a.pdf"},{"type":"data-plan","id":"1","data":{"n":null}},{"type":"data-plan","data":2},{"type":"reasoning-file","url":"r","mediaType":"image/png"},{"type":"custom","kind":"acme.thing","providerMetadata":{"acme":{}}}],"status":"incomplete"}
        """#, malformed: 2),
    Case(
      name: "whole stored messages are appended, or replace the one of their id",
      frames: #"""
        {"id":"u","role":"user","parts":[{"type":"text","text":"go"}]}
        {"id":"m","role":"assistant","parts":[{"type":"text","text":"old"},{"type":"step-start"}]}
        {"id":"n","role":"assistant","metadata":{"k":1},"parts":[{"type":"reasoning","text":"r","id":"x"}]}
        {"id":"m","role":"assistant","parts":[{"type":"step-start"},{"type":"text","text":"new","state":"done"},{"type":"tool-web","toolCallId":"c","state":"output-available","input":1,"output":2,"own":true}]}
        {"id":"u","role":"user","parts":[{"type":"text","text":"went"}]}
        {"type":"text-start","id":"1"}
        """#,
      messages: #"""
        {"id":"u","role":"user","parts":[{"type":"text","text":"went"}],"status":"completed"}
        {"id":"m","role":"assistant","parts":[{"type":"step-start"},{"type":"text","text":"new","state":"done"},{"type":"tool-web","toolCallId":"c","state":"output-available","input":1,"output":2,"own":true}],"status":"completed"}
        {"id":"n","role":"assistant","metadata":{"k":1},"parts":[{"type":"reasoning","text":"r","id":"x"},{"type":"text","text":"","state":"streaming"}],"status":"completed"}
        """#),
    Case(
      name: "what the worker says after a stored word of the operator is a message of its own",
      frames: #"""
        {"id":"m","role":"assistant","parts":[{"type":"text","text":"a"}]}
        {"role":"user","parts":[{"type":"text","text":"more"}]}
        {"type":"text-start","id":"1"}
        """#,
      messages: #"""
        {"id":"m","role":"assistant","parts":[{"type":"text","text":"a"}],"status":"completed"}
        {"role":"user","parts":[{"type":"text","text":"more"}],"status":"completed"}
        {"role":"assistant","parts":[{"type":"text","text":"","state":"streaming"}],"status":"incomplete"}
        """#),
    Case(
      name: "what is no chunk is reported, a string is unwrapped once",
      frames: #"""
        "{\"type\":\"text-delta\",\"id\":\"1\",\"delta\":\"a\"}"
        "\"{\\\"type\\\":\\\"abort\\\"}\""
        [1]
        7
        null
        {}
        {"type":7}
        {"type":"text-delta","id":"1","delta":7}
        {"type":"text-delta","delta":"x"}
        {"type":"tool-later","x":1}
        {"type":"wholly-new"}
        """#,
      messages: #"""
        {"role":"assistant","parts":[{"type":"text","text":"a","state":"streaming"}],"status":"incomplete"}
        """#, malformed: 9),
    Case(
      name: "an emoji cut between two deltas is joined, a half alone is replaced",
      frames: #"""
        {"type":"text-start","id":"1"}
        {"type":"text-delta","id":"1","delta":"a\ud83d"}
        {"type":"text-delta","id":"1","delta":"\ude00b"}
        {"type":"text-delta","id":"1","delta":"\ude00"}
        """#,
      messages: #"""
        {"role":"assistant","parts":[{"type":"text","text":"a😀b\ufffd","state":"streaming"}],"status":"incomplete"}
        """#),
  ]

  @Test("Each series of frames gives its messages", arguments: cases)
  func messages(_ sample: Case) throws {
    let transcript = Transcript(sample.frames.rows.map { WorkerEvent(data: $0) })
    let expected = try sample.messages.rows.map { try JSONReader.read($0).sorted }
    #expect(transcript.messages.map { $0.withoutNulls.sorted } == expected, "\(sample.name)")
    #expect(transcript.oddities.malformed == sample.malformed, "\(sample.name)")
  }

  @Test("Frames that could not be used are kept for the raw view, the oldest go first")
  func oddities() {
    var transcript = Transcript()
    transcript.apply(WorkerEvent(data: #"{"type":"new-kind","x":1}"#), now: nil)
    transcript.apply(WorkerEvent(data: "{"), now: nil)
    #expect(
      transcript.oddities.frames == [
        .init(reason: "unknown type", data: #"{"type":"new-kind","x":1}"#),
        .init(reason: "not JSON", data: "{"),
      ])
    #expect(transcript.oddities.unknown == ["new-kind": 1])
    for number in 0..<200 {
      transcript.apply(.malformed(reason: "r", data: "\(number)"), now: nil)
    }
    #expect(transcript.oddities.frames.count == 100)
    #expect(transcript.oddities.frames.first?.data == "100")
    #expect(transcript.oddities.malformed == 201)
  }

  @Test("A message in the middle that is replaced moves what follows, and open parts go on")
  func replacing() throws {
    let frames = #"""
      {"id":"m","role":"assistant","parts":[{"type":"text","text":"one"}]}
      {"type":"start","messageId":"n"}
      {"type":"start-step"}
      {"type":"text-start","id":"1"}
      {"type":"text-delta","id":"1","delta":"a"}
      {"type":"tool-input-available","toolCallId":"c","toolName":"web","input":1}
      {"id":"m","role":"assistant","parts":[{"type":"text","text":"one"},{"type":"text","text":"two"},{"type":"step-start"}]}
      {"type":"text-delta","id":"1","delta":"b"}
      {"type":"tool-output-available","toolCallId":"c","output":2}
      """#
    let transcript = Transcript(frames.rows.map { WorkerEvent(data: $0) })
    #expect(
      transcript.entries.map(\.content).prefix(3) == [.text("one"), .text("two"), .text("ab")])
    #expect(transcript.entries.map(\.turn) == [0, 0, 1, 1])
    #expect(transcript.turns.map(\.firstEntry) == [0, 2])
    #expect(transcript.oddities.malformed == 0)
    #expect(transcript.heldBytes == transcript.entries.reduce(0) { $0 + $1.weight })
    #expect(transcript.edition == 1)
    #expect(transcript.parts(of: 1).map { $0["type"] } == ["step-start", "text", "tool-web"])
  }
}

extension JSON {
  /// An object without the members that are null.
  fileprivate var withoutNulls: JSON {
    guard case .object(var object) = self else { return self }
    object.members.removeAll { !$0.value.isPresent }
    return .object(object)
  }
}
