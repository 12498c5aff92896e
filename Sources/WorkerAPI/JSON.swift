/// Any JSON value, with the order of an object's members kept for the raw view.
///
/// The wire is read through this and not through `Codable`: a worker of a later API version, a chunk
/// with a missing field and half a surrogate pair must each still give what they hold.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  /// Kept apart from `number`, so that 64-bit ids come back digit by digit.
  case integer(Int)
  case string(String)
  case array([JSON])
  case object(JSONObject)
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
    default: nil
    }
  }

  /// The number cut to a whole one; nil when it does not fit.
  public var int: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value.rounded(.towardZero))
    default: nil
    }
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
