/// Any JSON value, with the order of an object's members kept for the raw view.
///
/// The wire is read through this and not through `Codable`: a worker of a later API version, a chunk
/// with a missing field and half a surrogate pair must each still give what they hold.
public enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  /// Kept apart from `number`, so that 64-bit ids come back digit by digit.
  case integer(Int)
  /// A number that would be written otherwise than it came.
  case literal(Literal)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

extension JSON {
  /// A number as it came: `1.10`, `1e3`, or more digits than a `Double` has.
  public struct Literal: Sendable {
    /// Bytes of one that is kept; of a longer one only its value is.
    static let limit = 1 << 10

    public let text: String

    init(_ text: String) { self.text = text }

    public var value: Double { Double(text) ?? .nan }
  }
}

/// Numbers are equal by their values, however they came.
extension JSON: Hashable {
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.number, .literal), (.literal, .number), (.literal, .literal):
      left.double == right.double
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .number, .literal: hasher.combine(double)
    case .string(let text): hasher.combine(text)
    case .array(let values): hasher.combine(values)
    case .object(let object): hasher.combine(object)
    }
  }
}

/// An object's members in the order in which they came.
public struct JSONObject: Hashable, Sendable {
  public var members: [Member]

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSON
  }

  init(members: [Member]) { self.members = members }

  public init(_ members: [(String, JSON)] = []) {
    self.members = members.map { Member(name: $0.0, value: $0.1) }
  }

  /// The last member of that name wins, as in JavaScript; assigning nil removes it.
  public subscript(name: String) -> JSON? {
    get { members.last { $0.name == name }?.value }
    set {
      guard let newValue else { return members.removeAll { $0.name == name } }
      if let index = members.lastIndex(where: { $0.name == name }) {
        members[index].value = newValue
      } else {
        members.append(Member(name: name, value: newValue))
      }
    }
  }
}

extension JSON {
  public subscript(name: String) -> JSON? {
    guard case .object(let object) = self else { return nil }
    return object[name]
  }

  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  public var double: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .literal(let literal): literal.value
    default: nil
    }
  }

  /// The number cut to a whole one; nil when it does not fit.
  public var int: Int? {
    if case .integer(let value) = self { return value }
    return double.flatMap { Int(exactly: $0.rounded(.towardZero)) }
  }

  public var array: [JSON]? {
    if case .array(let values) = self { values } else { nil }
  }

  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// False for JSON's null; protocol.md (c) rule 3 treats a null field as an absent one.
  public var isPresent: Bool { self != .null }
}

/// Not by `nil`: it would make `value.isPresent ? value : nil` a present null.
extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}
