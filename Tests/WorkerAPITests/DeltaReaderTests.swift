import Support
import Testing

@testable import WorkerAPI

@Suite struct DeltaReaderTests {
  static let deltas: [(data: String, event: WorkerEvent)] = [
    (#"{"type":"text-delta","id":"1","delta":"a"}"#, .textDelta(id: "1", delta: "a")),
    (#" { "delta" : "a" , "id" : "1" , "type" : "text-delta" } "#, .textDelta(id: "1", delta: "a")),
    (
      #"{"x":[1,{"a":"]}"},-2.5e3,true,null],"type":"reasoning-delta","id":"","delta":"\n\"é"}"#,
      .reasoningDelta(id: "", delta: "\n\"é")
    ),
    (
      #"{"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"{\"q\":\"\u00e9"}"#,
      .tool(callID: "c", .inputDelta("{\"q\":\"é"))
    ),
    (
      #"{"type":"text-delta","id":"1","delta":"a","providerMetadata":{"p":{"n":[1]}}}"#,
      .textDelta(id: "1", delta: "a", provider: ["p": ["n": [1]]])
    ),
    (
      #"{"type":"text-delta","id":"1","delta":"a","providerMetadata":null}"#,
      .textDelta(id: "1", delta: "a")
    ),
    (
      #"{"id":"0","id":"1","delta":7,"type":"text-delta","delta":"b"}"#,
      .textDelta(id: "1", delta: "b")
    ),
    (
      #"{"type":"reasoning-delta","type":"text-delta","id":"\u0031","delta":""}"#,
      .textDelta(id: "1", delta: "")
    ),
  ]

  @Test("Each delta is read from its bytes, as the general reader would", arguments: deltas)
  func read(data: String, event: WorkerEvent) {
    #expect(DeltaReader.event(data) == event)
    #expect(WorkerEvent(general: data) == event)
    #expect(WorkerEvent(data: data) == event)
    #expect(WorkerEvent(data: JSON.string(data).text) == event)
    #expect(Array(data.utf8).span.withEvent == event)
  }

  static let others: [String] = [
    "", "{", "[]", "{}", "7", #""text-delta""#, #"{"type":"text-start","id":"1"}"#,
    #"{"type":"text-delta","id":"1","delta":"a"}x"#, #"{"type":"text-delta","id":"1","delta":"a""#,
    #"{"type":"text-delta","id":"1","delta":"a",}"#, #"{"type":"text-delta","id":"1","delta":1}"#,
    #"{"type":"text-delta","id":"1","delta":"a","delta":null}"#, #"{"type":"text-delta","id":"1"}"#,
    #"{"ty\u0070e":"text-delta","id":"1","delta":"a"}"#, #"{"type":"text\u002ddelta","id":"1"}"#,
    #"{"type":"text-delta","id":"1","delta":"\x"}"#, "{\"type\":\"text-delta\",\"delta\":\"\n\"}",
    #"{"type":"text-delta","id":"1","delta":"a","x":01}"#,
    #"{"type":"text-delta","id":"1","delta":"a","x":[1}]}"#,
    #"{"type":"text-delta","type":"text-end","id":"1","delta":"a"}"#,
    #"{"type":"tool-input-delta","id":"1","delta":"a"}"#, #"{"type" "text-delta"}"#,
  ]

  @Test("All else is left to the general reader", arguments: others)
  func leave(data: String) {
    #expect(DeltaReader.event(data) == nil)
    #expect(WorkerEvent(data: data) == WorkerEvent(general: data))
  }

  @Test("Bytes that are not UTF-8 are replaced as the decoder would")
  func invalid() {
    let bytes =
      Array(#"{"type":"text-delta","id":"1","delta":"a"#.utf8) + [0xE2, 0x80, 0xFF]
      + Array(#"b"}"#.utf8)
    #expect(bytes.span.withEvent == .textDelta(id: "1", delta: "a\u{FFFD}\u{FFFD}b"))
  }

  @Test("Extra members may be nested as deep as the general reader goes")
  func deep() {
    for levels in [JSONReader.depthLimit - 1, JSONReader.depthLimit] {
      let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
      let data = #"{"type":"text-delta","id":"1","delta":"a","x":"# + nested + "}"
      let isRead = levels < JSONReader.depthLimit
      #expect((DeltaReader.event(data) != nil) == isRead)
      #expect(((try? JSONReader.read(data)) != nil) == isRead)
    }
  }
}

extension Span<UInt8> {
  fileprivate var withEvent: WorkerEvent { WorkerEvent(bytes: self) }
}
