extension Stop {
  /// Markers of quotes and lists on one line; `Markdown.depthLimit` flattens what these open.
  static let markerLimit = 2 * Markdown.depthLimit

  /// Where the first marker past the limit stands.
  static func excessMarker(in line: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var count = 0
    var here = line.startIndex
    var run = (mark: UInt8(0), start: here)
    while true {
      while here < line.endIndex, isSpace(line[here]) { here += 1 }
      guard let length = markerLength(line[here...]) else { return nil }
      if line[here] != run.mark { run = (line[here], here) }
      count += 1
      if count > markerLimit { return isRule(line[run.start...]) ? nil : here }
      here += length
    }
  }

  /// The length of a quote or list marker at the start, without the space after it.
  private static func markerLength(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    switch rest.first {
    case UInt8(ascii: ">"):
      return 1
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
      return rest.dropFirst().first.map(isSpace) == true ? 1 : nil
    default:
      let digits = rest.prefix(10).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      let after = rest.dropFirst(digits.count)
      guard 1...9 ~= digits.count,
        after.first == UInt8(ascii: ".") || after.first == UInt8(ascii: ")"),
        after.dropFirst().first.map(isSpace) == true
      else { return nil }
      return digits.count + 1
    }
  }

  /// Whether nothing follows but one of the characters that draw a rule.
  private static func isRule(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let mark = rest.first, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "*") else {
      return false
    }
    return rest.allSatisfy { $0 == mark || isSpace($0) }
  }
}
