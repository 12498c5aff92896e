import Support
import Testing
import WorkerAPI

@Suite struct WorkerEventTests {
  static let chunks: [(data: String, event: WorkerEvent)] = [
    (#"{"type":"start"}"#, .start(messageID: nil, metadata: nil)),
    (
      #"{"type":"start","messageId":"m","messageMetadata":{"a":1}}"#,
      .start(messageID: "m", metadata: ["a": 1])
    ),
    (
      #"{"type":"start","messageId":null,"messageMetadata":null}"#,
      .start(messageID: nil, metadata: nil)
    ),
    (#"{"type":"start-step"}"#, .startStep), (#"{"type":"finish-step","x":1}"#, .finishStep),
    (#"{"type":"reset-step"}"#, .resetStep),
    (#"{"type":"text-start","id":"1"}"#, .textStart(id: "1")),
    (
      #"{"type":"text-delta","id":"1","delta":"a","providerMetadata":{}}"#,
      .textDelta(id: "1", delta: "a", provider: [:])
    ),
    (#"{"type":"text-end","id":"1"}"#, .textEnd(id: "1")),
    (#"{"type":"reasoning-start","id":"1"}"#, .reasoningStart(id: "1")),
    (#"{"type":"reasoning-delta","id":"1","delta":""}"#, .reasoningDelta(id: "1", delta: "")),
    (#"{"type":"reasoning-end","id":"1"}"#, .reasoningEnd(id: "1")),
    (
      #"{"type":"tool-input-start","toolCallId":"c","toolName":"web","title":"Web","dynamic":true}"#,
      .tool(callID: "c", .inputStart(name: "web", title: "Web", facts: ToolFacts(isDynamic: true)))
    ),
    (
      #"{"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"{\"q"}"#,
      .tool(callID: "c", .inputDelta("{\"q"))
    ),
    (
      #"{"type":"tool-input-available","toolCallId":"c","toolName":"web","input":{"q":1}}"#,
      .tool(callID: "c", .inputAvailable(name: "web", title: nil, input: ["q": 1]))
    ),
    (
      #"{"type":"tool-input-available","toolCallId":"c","toolName":"web"}"#,
      .tool(callID: "c", .inputAvailable(name: "web", title: nil, input: nil))
    ),
    (
      #"{"type":"tool-input-error","toolCallId":"c","toolName":"web","input":7,"errorText":"bad"}"#,
      .tool(callID: "c", .inputError(name: "web", input: 7, message: "bad"))
    ),
    (
      #"{"type":"tool-approval-request","approvalId":"a","toolCallId":"c"}"#,
      .tool(callID: "c", .approvalRequest(id: "a"))
    ),
    (
      #"{"type":"tool-approval-response","approvalId":"a","approved":false,"reason":"no"}"#,
      .tool(callID: "a", .approvalResponse(isApproved: false, reason: "no", id: "a"))
    ),
    (
      #"{"type":"tool-output-available","toolCallId":"c","output":[1],"preliminary":true}"#,
      .tool(callID: "c", .output([1], isPreliminary: true))
    ),
    (
      #"{"type":"tool-output-available","toolCallId":"c"}"#,
      .tool(callID: "c", .output(nil, isPreliminary: nil))
    ),
    (
      #"{"type":"tool-output-error","toolCallId":"c","errorText":"e"}"#,
      .tool(callID: "c", .outputError("e"))
    ),
    (#"{"type":"tool-output-denied","toolCallId":"c"}"#, .tool(callID: "c", .outputDenied)),
    (#"{"type":"source-url","sourceId":"s","url":"u"}"#, .source(id: "s", title: nil, url: "u")),
    (
      #"{"type":"source-document","sourceId":"s","mediaType":"m","title":"t","filename":"f"}"#,
      .document(id: "s", title: "t", mediaType: "m", filename: "f")
    ),
    (#"{"type":"file","url":"u","mediaType":"m"}"#, .file(url: "u", mediaType: "m")),
    (
      #"{"type":"data-plan","data":[1],"id":"p"}"#,
      .data(name: "plan", id: "p", value: [1], isTransient: false)
    ),
    (
      #"{"type":"data-x","data":null,"transient":true}"#,
      .data(name: "x", id: nil, value: .null, isTransient: true)
    ),
    (#"{"type":"message-metadata","messageMetadata":{"a":1}}"#, .metadata(["a": 1])),
    (#"{"type":"error","errorText":"boom"}"#, .error("boom")),
    (#"{"type":"abort"}"#, .abort(reason: nil)),
    (#"{"type":"abort","reason":"stop"}"#, .abort(reason: "stop")),
    (#"{"type":"finish"}"#, .finish(reason: nil, metadata: nil)),
    (
      #"{"type":"finish","finishReason":"odd","messageMetadata":{}}"#,
      .finish(reason: "odd", metadata: [:])
    ),
    ("[DONE]", .done), (" [DONE]\n", .done), (#""[DONE]""#, .done),
    (
      #"{"type":"custom","kind":"a.b"}"#,
      .part(JSONObject([("type", "custom"), ("kind", "a.b")]))
    ),
    (#"{"type":"tool-new"}"#, .unknown(type: "tool-new", ["type": "tool-new"])),
    (#"{"type":"data-"}"#, .unknown(type: "data-", ["type": "data-"])),
    (#"{"type":""}"#, .unknown(type: "", ["type": ""])),
    (#""just words""#, .plainText("just words")), ("just words", .plainText("just words")),
    (#""{\"type\":\"start-step\"}""#, .startStep),
    (#""\"twice\"""#, .plainText("\"twice\"")),
    (
      #"{"role":"user","parts":[],"id":"m"}"#, .message(["role": "user", "parts": [], "id": "m"])
    ),
    (
      #"{"type":"text-delta","id":"1","delta":"\ud83d"}"#,
      .textDelta(id: "1", delta: DeltaText("", trailingHalf: 0xD83D))
    ),
  ]

  @Test("Each frame is the event it says", arguments: chunks)
  func decode(data: String, event: WorkerEvent) {
    #expect(WorkerEvent(data: data) == event)
  }

  @Test("A whole worker in the stream is a snapshot, also in a JSON string")
  func snapshot() throws {
    let text = #"{"object":"worker","id":"w1","status":"running"}"#
    let worker = try #require(Worker(json: JSONReader.read(text)))
    #expect(WorkerEvent(data: text) == .snapshot(worker))
    #expect(WorkerEvent(data: JSON.string(text).text) == .snapshot(worker))
  }

  static let incomplete: [String] = [
    #"{"type":"text-start"}"#, #"{"type":"text-end","id":7}"#, #"{"type":"text-delta","id":"1"}"#,
    #"{"type":"text-delta","id":"1","delta":null}"#, #"{"type":"text-delta","delta":"a"}"#,
    #"{"type":"reasoning-start"}"#, #"{"type":"reasoning-delta","id":"1","delta":1}"#,
    #"{"type":"reasoning-end"}"#, #"{"type":"tool-input-start","toolCallId":"c"}"#,
    #"{"type":"tool-input-start","toolName":"web"}"#,
    #"{"type":"tool-input-delta","toolCallId":"c"}"#,
    #"{"type":"tool-input-available","toolCallId":"c","input":1}"#,
    #"{"type":"tool-input-error","toolCallId":"c","toolName":"web"}"#,
    #"{"type":"tool-approval-request","toolCallId":"c"}"#,
    #"{"type":"tool-approval-response","approved":true}"#,
    #"{"type":"tool-approval-response","approvalId":"a"}"#,
    #"{"type":"tool-output-available","output":1}"#,
    #"{"type":"tool-output-error","toolCallId":"c"}"#, #"{"type":"tool-output-denied"}"#,
    #"{"type":"source-url","url":"u"}"#, #"{"type":"source-document","sourceId":"s"}"#,
    #"{"type":"file","url":"u"}"#, #"{"type":"data-x"}"#, #"{"type":"message-metadata"}"#,
    #"{"type":"error"}"#, #"{"type":7}"#, "{}", #"{"object":"worker"}"#,
    #"{"role":"user"}"#, #"{"role":"user","parts":{}}"#,
  ]

  @Test("A frame without a field it needs is reported", arguments: incomplete)
  func missing(data: String) {
    #expect(WorkerEvent(data: data) == .malformed(reason: "a field is missing", data: data))
  }

  @Test("What is JSON but no object, and what is cut JSON, is reported")
  func malformed() {
    for data in ["null", "7", "[1]", "true"] {
      #expect(WorkerEvent(data: data) == .malformed(reason: "no object", data: data))
    }
    for data in [#"{"type":"text-"#, "[1", "\"a", "", "{'a':1}"] {
      #expect(WorkerEvent(data: data) == .malformed(reason: "not JSON", data: data))
    }
    let deep = String(repeating: "[", count: 10_000)
    #expect(WorkerEvent(data: deep) == .malformed(reason: "not JSON", data: deep))
  }

  @Test("Damaged frames never crash")
  func fuzz() {
    var random = Seeded(8)
    for _ in 0..<5_000 {
      var bytes = Array((Self.chunks.randomElement(using: &random)?.data ?? "").utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let data = String(decoding: bytes, as: UTF8.self)
      guard case .malformed(_, let kept) = WorkerEvent(data: data), kept != data else { continue }
      #expect((try? JSONReader.read(data)) == .string(kept))
    }
  }
}
