/// The text of one delta, which may begin or end within a character.
///
/// JavaScript servers cut text between UTF-16 units, so that one delta ends with `\uD83D` and the next
/// begins with `\uDE00` (protocol.md (c) rule 9); both halves are kept until they can be joined.
public struct DeltaText: Hashable, Sendable {
  /// What lies between the halves.
  public var body: String
  /// A low surrogate at the start, without its high one.
  public var leadingHalf: UInt16?
  /// A high surrogate at the end, without its low one.
  public var trailingHalf: UInt16?

  public init(_ body: String, leadingHalf: UInt16? = nil, trailingHalf: UInt16? = nil) {
    self.body = body
    self.leadingHalf = leadingHalf
    self.trailingHalf = trailingHalf
  }

  /// The delta on its own, each half as U+FFFD.
  public var text: String {
    guard leadingHalf != nil || trailingHalf != nil else { return body }
    return (leadingHalf == nil ? "" : "\u{FFFD}") + body + (trailingHalf == nil ? "" : "\u{FFFD}")
  }

  /// Appends it to a text, joined with the high surrogate that the text ended with.
  ///
  /// `half` is what the delta before left open, shown as U+FFFD at the end of the text; it becomes what
  /// this one leaves open.
  public func append(to text: inout String, after half: inout UInt16?) {
    guard half != nil || leadingHalf != nil || trailingHalf != nil else {
      text += body
      return
    }
    if let leadingHalf {
      if let high = half, text.unicodeScalars.last == "\u{FFFD}" {
        text.unicodeScalars.removeLast()
        text.unicodeScalars.append(Self.scalar(high, leadingHalf))
      } else {
        text += "\u{FFFD}"
      }
    }
    text += body
    if trailingHalf != nil { text += "\u{FFFD}" }
    if trailingHalf != nil || leadingHalf != nil || !body.isEmpty { half = trailingHalf }
  }

  private static func scalar(_ high: UInt16, _ low: UInt16) -> Unicode.Scalar {
    let value = 0x10000 + (UInt32(high & 0x3FF) << 10) + UInt32(low & 0x3FF)
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}

extension DeltaText: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}
