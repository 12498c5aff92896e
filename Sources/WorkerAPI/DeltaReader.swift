/// Reads the chunks that make up nearly all of a stream, text, reasoning and tool input deltas, from
/// their bytes without a JSON tree.
///
/// The chunk must be valid JSON as a whole and hold its fields as strings; all else, names with escapes
/// too, is left to the general reader.
struct DeltaReader {
  private var scanner: JSONScanner
  private var kind: Kind?
  private var id: Field?
  private var delta: Field?
  private var toolCallID: Field?
  private var inputDelta: Field?
  private var provider: Field?

  private enum Kind { case text, reasoning, toolInput }

  /// A value that was stepped over and checked.
  private struct Field {
    var start: Int
    var end: Int
    var isString: Bool
    var hasEscapes = false
  }

  /// Nil when it is no delta, or one for the general reader.
  static func event(_ bytes: UnsafeBufferPointer<UInt8>) -> WorkerEvent? {
    var reader = DeltaReader(scanner: JSONScanner(bytes))
    guard (try? reader.readObject()) == true else { return nil }
    return reader.event
  }

  static func event(_ text: String) -> WorkerEvent? {
    var text = text
    return text.withUTF8(event)
  }

  private init(scanner: JSONScanner) { self.scanner = scanner }

  /// False as soon as it turns out to be none of the three types.
  private mutating func readObject() throws(JSONReader.Failure) -> Bool {
    scanner.skipSpace()
    guard scanner.take(UInt8(ascii: "{")) else { return false }
    repeat {
      scanner.skipSpace()
      let start = scanner.position + 1
      guard try !scanner.skipString() else { return false }
      let end = scanner.position - 1
      try scanner.takeColon()
      guard try readMember(start, end) else { return false }
      scanner.skipSpace()
    } while scanner.take(UInt8(ascii: ","))
    guard scanner.take(UInt8(ascii: "}")) else { return false }
    scanner.skipSpace()
    return scanner.position == scanner.bytes.count
  }

  /// Of members with the same name the last one counts.
  private mutating func readMember(_ start: Int, _ end: Int) throws(JSONReader.Failure) -> Bool {
    let value = try skipValue()
    switch end - start {
    case 2 where isWord("id", start): id = value
    case 4 where isWord("type", start):
      kind = kind(value)
      return kind != nil
    case 5 where isWord("delta", start): delta = value
    case 10 where isWord("toolCallId", start): toolCallID = value
    case 14 where isWord("inputTextDelta", start): inputDelta = value
    case 16 where isWord("providerMetadata", start): provider = value
    default: break
    }
    return true
  }

  private mutating func skipValue() throws(JSONReader.Failure) -> Field {
    let start = scanner.position
    if scanner.current == UInt8(ascii: "\"") {
      let hasEscapes = try scanner.skipString()
      return Field(start: start, end: scanner.position, isString: true, hasEscapes: hasEscapes)
    }
    try scanner.skipValue()
    return Field(start: start, end: scanner.position, isString: false)
  }

  private func kind(_ value: Field) -> Kind? {
    guard value.isString, !value.hasEscapes else { return nil }
    let start = value.start + 1
    return switch value.end - value.start - 2 {
    case 10 where isWord("text-delta", start): .text
    case 15 where isWord("reasoning-delta", start): .reasoning
    case 16 where isWord("tool-input-delta", start): .toolInput
    default: nil
    }
  }

  /// True when the bytes from an offset on begin with a word; they are known to be as many.
  private func isWord(_ word: StaticString, _ start: Int) -> Bool {
    for offset in 0..<word.utf8CodeUnitCount
    where scanner.bytes[start + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  private var event: WorkerEvent? {
    switch kind {
    case .text:
      guard let id = text(id)?.text, let delta = text(delta) else { return nil }
      return .textDelta(id: id, delta: delta, provider: metadata)
    case .reasoning:
      guard let id = text(id)?.text, let delta = text(delta) else { return nil }
      return .reasoningDelta(id: id, delta: delta, provider: metadata)
    case .toolInput:
      guard let id = text(toolCallID)?.text, let delta = text(inputDelta) else { return nil }
      return .tool(callID: id, .inputDelta(delta))
    case nil: return nil
    }
  }

  /// Nil when it is missing or no string.
  private func text(_ field: Field?) -> DeltaText? {
    guard let field, field.isString else { return nil }
    if field.hasEscapes {
      var scanner = scanner
      scanner.position = field.start
      return try? scanner.string()
    }
    let content = scanner.bytes[(field.start + 1)..<(field.end - 1)]
    return DeltaText(
      String(decoding: UnsafeBufferPointer(rebasing: content), as: UTF8.self))
  }

  /// The provider's metadata, when it is an object.
  private var metadata: JSON? {
    guard let provider, scanner.bytes[provider.start] == UInt8(ascii: "{") else { return nil }
    var reader = JSONReader(
      UnsafeBufferPointer(rebasing: scanner.bytes[provider.start..<provider.end]))
    return try? reader.whole()
  }
}
