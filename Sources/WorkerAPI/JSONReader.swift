/// Reads JSON (RFC 8259) from bytes, in linear time, to a bounded depth and without recursion.
///
/// Unlike Foundation's reader it keeps a string that holds half a surrogate pair (as U+FFFD) and bytes
/// that are not UTF-8: JavaScript servers cut pairs between two deltas (protocol.md (c) rule 9).
public struct JSONReader {
  /// Levels of nesting beyond which a text is refused as `.tooDeep`: letting go of a value takes stack
  /// with each level, and this many fit a secondary thread's 512 KiB.
  public static let depthLimit = 2_000

  public enum Failure: Error, Hashable, Sendable {
    /// The first byte that cannot be; the text's length when it ends too early.
    case unexpected(offset: Int)
    case tooDeep
  }

  var scanner: JSONScanner
  /// The arrays and objects that are not closed yet, outermost first.
  private var open: [Container] = []
  /// Members of the outermost object whose values are checked and given as null.
  private var skipped: Set<String> = []
  /// Where the value begins that is being read; nil between values and in names.
  private(set) var valueStart: Int?

  private struct Container {
    var isObject: Bool
    var values: [JSON] = []
    var members: [JSONObject.Member] = []
    /// Of the member whose value comes next.
    var name = ""

    var json: JSON { isObject ? .object(JSONObject(members: members)) : .array(values) }

    mutating func add(_ value: JSON) {
      if isObject {
        members.append(JSONObject.Member(name: name, value: value))
      } else {
        values.append(value)
      }
    }
  }

  /// The value that the whole text stands for; the values of these members of an object are only
  /// stepped over, and stand there as null.
  public static func read(
    _ text: String, skipping skipped: Set<String> = []
  ) throws(Failure) -> JSON {
    var text = text
    return try result(skipped) { body in text.withUTF8(body) }.get()
  }

  /// The value that these UTF-8 bytes stand for; anything but white space after it is refused.
  public static func read(_ bytes: [UInt8]) throws(Failure) -> JSON {
    try result { body in bytes.withUnsafeBufferPointer(body) }.get()
  }

  /// The same of a part of a text.
  static func read(_ bytes: ArraySlice<UInt8>) throws(Failure) -> JSON {
    try result { body in bytes.withUnsafeBufferPointer(body) }.get()
  }

  private static func result(
    _ skipped: Set<String> = [],
    _ withBytes: ((UnsafeBufferPointer<UInt8>) -> Result<JSON, Failure>) -> Result<JSON, Failure>
  ) -> Result<JSON, Failure> {
    withBytes { bytes in
      var reader = JSONReader(bytes)
      reader.skipped = skipped
      return Result { () throws(Failure) in try reader.whole() }
    }
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>) { scanner = JSONScanner(bytes) }

  mutating func whole() throws(Failure) -> JSON {
    let value = try value()
    scanner.skipSpace()
    guard scanner.position == scanner.bytes.count else { throw scanner.failure }
    return value
  }

  private mutating func value() throws(Failure) -> JSON {
    while true {
      scanner.skipSpace()
      valueStart = scanner.position
      var complete: JSON
      if !skipped.isEmpty, open.count == 1, skipped.contains(open[0].name) {
        try scanner.skipValue()
        complete = .null
      } else if scanner.take(UInt8(ascii: "{")) {
        try begin(isObject: true)
        guard scanner.take(UInt8(ascii: "}")) else {
          try name()
          continue
        }
        complete = [:]
        open.removeLast()
      } else if scanner.take(UInt8(ascii: "[")) {
        try begin(isObject: false)
        guard scanner.take(UInt8(ascii: "]")) else { continue }
        complete = []
        open.removeLast()
      } else {
        complete = try scanner.scalar()
      }
      valueStart = nil
      if try close(around: &complete) { return complete }
    }
  }

  private mutating func begin(isObject: Bool) throws(Failure) {
    guard open.count < Self.depthLimit else { throw .tooDeep }
    valueStart = nil
    open.append(Container(isObject: isObject))
    scanner.skipSpace()
  }

  private mutating func name() throws(Failure) {
    scanner.skipSpace()
    open[open.count - 1].name = try scanner.string().text
    try scanner.takeColon()
  }

  /// Adds a value to what is around it and closes what ends there; true when nothing stays open.
  private mutating func close(around value: inout JSON) throws(Failure) -> Bool {
    while let last = open.indices.last {
      open[last].add(value)
      scanner.skipSpace()
      if scanner.take(UInt8(ascii: ",")) {
        if open[last].isObject { try name() }
        return false
      }
      guard scanner.take(open[last].isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw scanner.failure
      }
      value = open.removeLast().json
    }
    return true
  }

  /// Closes all that is open around a last value, for a text that was cut off.
  mutating func closed(with value: JSON?) -> JSON? {
    var value = value
    while var container = open.popLast() {
      if let value { container.add(value) }
      value = container.json
    }
    return value
  }
}
