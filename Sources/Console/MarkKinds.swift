/// The marks that an expression tells apart: all marks of a kind lead to the same steps.
struct MarkKinds: Sendable {
  /// Stands for a byte that goes on with the mark before it.
  static let none = UInt16.max

  /// The first mark of each kind, which stands for the others.
  let first: [UInt32]
  private let ofASCII: [UInt16]
  private let ignoresCase: Bool

  init(_ expression: Expression) {
    var bounds: Set<UInt32> = [0, 128]
    func take(_ marks: Expression.Marks) {
      for range in marks.ranges { bounds.formUnion([range.lowerBound, range.upperBound + 1]) }
    }
    take(ExpressionReader.word)
    for case .take(let marks) in expression.steps { take(marks) }
    let first = bounds.sorted()
    let ignoresCase = expression.ignoresCase
    self.first = first
    self.ignoresCase = ignoresCase
    ofASCII = (0..<128).map { (byte: UInt8) in
      let scalar = Unicode.Scalar(byte)
      return Self.kind(of: ignoresCase ? Expression.small(scalar) : scalar.value, first)
    }
  }

  /// The kinds of a text's marks, each at the first of its bytes.
  func sort(_ bytes: [UInt8], into kinds: inout [UInt16]) {
    kinds.removeAll(keepingCapacity: true)
    kinds.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        kinds.append(ofASCII[Int(byte)])
        index += 1
        continue
      }
      var value = UInt32(byte) & (byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07)
      var end = index + 1
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 {
        value = value << 6 | UInt32(bytes[end]) & 0x3F
        end += 1
      }
      let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
      kinds.append(Self.kind(of: ignoresCase ? Expression.small(scalar) : scalar.value, first))
      kinds.append(contentsOf: repeatElement(Self.none, count: end - index - 1))
      index = end
    }
  }

  /// The last kind that begins at a mark or before it, by bisection.
  private static func kind(of mark: UInt32, _ first: [UInt32]) -> UInt16 {
    var (low, high) = (0, first.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if first[middle] <= mark { low = middle } else { high = middle }
    }
    return UInt16(low)
  }
}
