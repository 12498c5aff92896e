import Support
import Testing
import WorkerAPI

@Suite struct DeltaFuzzTests {
  private static let name = Array(#""type""#.utf8)
  /// The same name to a reader of JSON, and one that the short way from bytes leaves alone.
  private static let escapedName = Array(#""t\u0079pe""#.utf8)

  private static func input(_ random: inout Seeded) -> [UInt8] {
    let type = ["text", "reasoning", "tool-input"][Int.random(in: 0..<3, using: &random)]
    var members: [(String, JSON)] = [("type", .string("\(type)-delta"))]
    for field in ["id", "delta", "toolCallId", "inputTextDelta"] {
      members.append((field, .string(FuzzValue.text(&random))))
    }
    for field in ["providerMetadata", "x", "id", "delta"] where Bool.random(using: &random) {
      members.append((field, FuzzValue.json(&random, depth: 0)))
    }
    members.shuffle(using: &random)
    let json = JSON.object(JSONObject(members))
    var bytes = Bool.random(using: &random) ? json.bytes : Array(json.pretty().utf8)
    Mutation.mutate(&bytes, &random)
    return bytes
  }

  /// The bytes with their first member name `type` written with an escape; nil when there is none.
  private static func escaped(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= name.count else { return nil }
    for begin in 0...(bytes.count - name.count)
    where bytes[begin] == name[0] && bytes[begin..<(begin + name.count)].elementsEqual(name) {
      return Array(bytes[..<begin]) + escapedName + bytes[(begin + name.count)...]
    }
    return nil
  }

  /// What both ways must agree on: halves of characters are kept on the short one only.
  private static func plain(_ event: WorkerEvent) -> WorkerEvent {
    switch event {
    case .textDelta(let id, let delta, let provider):
      .textDelta(id: id, delta: DeltaText(delta.text), provider: provider)
    case .reasoningDelta(let id, let delta, let provider):
      .reasoningDelta(id: id, delta: DeltaText(delta.text), provider: provider)
    case .tool(let call, .inputDelta(let delta)):
      .tool(callID: call, .inputDelta(DeltaText(delta.text)))
    case .malformed(let reason, _): .malformed(reason: reason, data: "")
    case .plainText: .plainText("")
    default: event
    }
  }

  @Test("A delta says the same on its short way from bytes as through its JSON")
  func differential() throws {
    try Fuzz(share: 5, name: "delta").run { random in
      let bytes = Self.input(&random)
      guard let escaped = Self.escaped(bytes) else { return nil }
      let short = Self.plain(WorkerEvent(bytes: bytes.span))
      let long = Self.plain(WorkerEvent(bytes: escaped.span))
      return short == long ? nil : Fuzz.Failure("\(short) is not \(long)", bytes)
    }
  }
}
