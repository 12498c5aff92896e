extension JSON {
  /// The compact text of this value, as UTF-8 without escapes but those that JSON demands.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// `text` as bytes, ready to send.
  public var bytes: [UInt8] {
    var writer = JSONWriter(isPretty: false)
    writer.write(self)
    return writer.output
  }

  /// One member or element a line, indented by two spaces a level, for people.
  public func pretty() -> String {
    var writer = JSONWriter(isPretty: true)
    writer.write(self)
    return String(decoding: writer.output, as: UTF8.self)
  }
}

/// Writes a value without recursion: it may be nested deeper than a stack allows.
private struct JSONWriter {
  /// Levels beyond which lines are not indented further: deep nesting would take its square.
  static let indentLimit = 64

  private(set) var output: [UInt8] = []
  private let isPretty: Bool
  private var open: [Container] = []

  /// An array or object of which the first elements or members are written.
  private struct Container {
    var value: JSON
    var count: Int
    var written = 0
  }

  init(isPretty: Bool) { self.isPretty = isPretty }

  mutating func write(_ value: JSON) {
    begin(value)
    while let last = open.indices.last {
      let index = open[last].written
      guard index < open[last].count else {
        end()
        continue
      }
      open[last].written += 1
      if index > 0 { output.append(UInt8(ascii: ",")) }
      breakLine()
      switch open[last].value {
      case .array(let values): begin(values[index])
      case .object(let object):
        write(object.members[index].name)
        output.append(UInt8(ascii: ":"))
        if isPretty { output.append(0x20) }
        begin(object.members[index].value)
      default: break
      }
    }
  }

  private mutating func begin(_ value: JSON) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): output.append(contentsOf: String(value).utf8)
    case .number(let value): write(value)
    case .literal(let literal): output.append(contentsOf: literal.text.utf8)
    case .string(let text): write(text)
    case .array(let values):
      output.append(UInt8(ascii: "["))
      open.append(Container(value: value, count: values.count))
    case .object(let object):
      output.append(UInt8(ascii: "{"))
      open.append(Container(value: value, count: object.members.count))
    }
  }

  private mutating func end() {
    guard let container = open.popLast() else { return }
    if container.count > 0 { breakLine() }
    let isArray = if case .array = container.value { true } else { false }
    output.append(isArray ? UInt8(ascii: "]") : UInt8(ascii: "}"))
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    output.append(0x0A)
    output.append(contentsOf: repeatElement(0x20, count: 2 * min(open.count, Self.indentLimit)))
  }

  /// JSON has no infinities; they are written as null, as JavaScript does.
  private mutating func write(_ number: Double) {
    guard number.isFinite else { return output.append(contentsOf: "null".utf8) }
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      output.append(contentsOf: String(whole).utf8)
    } else {
      output.append(contentsOf: String(number).utf8)
    }
  }

  private mutating func write(_ text: String) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
      case 0x0A: output.append(contentsOf: "\\n".utf8)
      case 0x0D: output.append(contentsOf: "\\r".utf8)
      case 0x09: output.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        output.append(contentsOf: "\\u00\(byte < 0x10 ? "0" : "")\(digits)".utf8)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
