extension Stop {
  /// Delimiter rows between two blank lines; at each one cmark reads the paragraph again from its
  /// start, in search of a table's header.
  static let rowLimit = 64

  /// The first dash of a line that may be a table's delimiter row, such as `| :-- | --- |`; nil for
  /// any other line, a rule included.
  static func delimiterDash(in line: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var dash: Int?
    var hasEdge = false
    for (offset, byte) in zip(line.indices, line) {
      switch byte {
      case UInt8(ascii: "-"): dash = dash ?? offset
      case UInt8(ascii: "|"), UInt8(ascii: ":"): hasEdge = true
      case UInt8(ascii: ">"): continue
      default: if !isSpace(byte) { return nil }
      }
    }
    return hasEdge ? dash : nil
  }
}
