/// Reads JSON (RFC 8259) from bytes, in linear time and to a bounded depth.
///
/// Unlike Foundation's reader it keeps a string that holds half a surrogate pair (as U+FFFD) and bytes
/// that are not UTF-8: JavaScript servers cut pairs between two deltas (protocol.md (c) rule 9).
public struct JSONReader {
  /// Levels of nesting beyond which a text is refused as `.tooDeep`.
  public static let depthLimit = 512

  public enum Failure: Error, Hashable, Sendable {
    case unexpected(offset: Int)
    case tooDeep
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// The value that the whole text stands for.
  public static func read(_ text: String) throws(Failure) -> JSON {
    try read(Array(text.utf8))
  }

  /// The value that these UTF-8 bytes stand for; anything but white space after it is refused.
  public static func read(_ bytes: [UInt8]) throws(Failure) -> JSON {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSON, Failure> in
      var reader = JSONReader(bytes: buffer)
      do throws(Failure) {
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        if reader.position < buffer.count { throw .unexpected(offset: reader.position) }
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(Failure) -> JSON {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSON {
    guard depth < Self.depthLimit else { throw .tooDeep }
    position += 1
    var members: [(String, JSON)] = []
    skipSpace()
    if take("}") { return .object(JSONObject()) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw .unexpected(offset: position) }
      let name = try string()
      skipSpace()
      guard take(":") else { throw .unexpected(offset: position) }
      members.append((name, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(JSONObject(members)) }
      guard take(",") else { throw .unexpected(offset: position) }
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> JSON {
    guard depth < Self.depthLimit else { throw .tooDeep }
    position += 1
    var values: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw .unexpected(offset: position) }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func literal(_ word: StaticString, _ value: JSON) throws(Failure) -> JSON {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count else { throw .unexpected(offset: position) }
    for offset in 0..<word.utf8CodeUnitCount
    where bytes[position + offset] != word.utf8Start[offset] {
      throw .unexpected(offset: position + offset)
    }
    position = end
    return value
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = current, byte >= 0x30, byte <= 0x39 { position += 1 }
    return position - start
  }

  private mutating func number() throws(Failure) -> JSON {
    let start = position
    _ = take("-")
    let first = current
    let count = digits()
    guard count > 0, count == 1 || first != UInt8(ascii: "0") else {
      throw .unexpected(offset: position)
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      guard digits() > 0 else { throw .unexpected(offset: position) }
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      guard digits() > 0 else { throw .unexpected(offset: position) }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw .unexpected(offset: start) }
    return .number(number)
  }

  private mutating func string() throws(Failure) -> String {
    position += 1
    var start = position
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
    if take("\"") { return String(decoding: bytes[start..<(position - 1)], as: UTF8.self) }
    var content: [UInt8] = []
    position = start
    while true {
      start = position
      while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20
      {
        position += 1
      }
      content.append(contentsOf: bytes[start..<position])
      if take("\"") { return String(decoding: content, as: UTF8.self) }
      guard take("\\") else { throw .unexpected(offset: position) }
      try escape(into: &content)
    }
  }

  private mutating func escape(into content: inout [UInt8]) throws(Failure) {
    guard let byte = current else { throw .unexpected(offset: position) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      content.append(contentsOf: String(Character(try escapedScalar())).utf8)
    default: throw .unexpected(offset: position - 1)
    }
  }

  /// One scalar from `\uXXXX`, two of them when they pair; a lone half becomes U+FFFD.
  private mutating func escapedScalar() throws(Failure) -> Unicode.Scalar {
    let high = try hexUnit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let mark = position
    position += 2
    let low = try hexUnit()
    if low >= 0xDC00, low <= 0xDFFF {
      let value = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
      return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
    position = mark
    return "\u{FFFD}"
  }

  private mutating func hexUnit() throws(Failure) -> UInt32 {
    guard position + 4 <= bytes.count else { throw .unexpected(offset: position) }
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw .unexpected(offset: position)
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }
}
