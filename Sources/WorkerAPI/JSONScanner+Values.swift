extension JSONScanner {
  /// Steps over a value and checks it, without recursion; levels are counted as `JSONReader` does.
  mutating func skipValue() throws(JSONReader.Failure) {
    /// True for an object, outermost first.
    var open: [Bool] = []
    repeat {
      skipSpace()
      let isObject = current == UInt8(ascii: "{")
      if isObject || current == UInt8(ascii: "[") {
        guard open.count < JSONReader.depthLimit - 1 else { throw .tooDeep }
        position += 1
        skipSpace()
        open.append(isObject)
        if current != closing(isObject) {
          if isObject { try skipName() }
          continue
        }
      } else {
        try skipScalar()
      }
      try closeAll(&open)
    } while !open.isEmpty
  }

  /// Closes what ends here, up to the next comma.
  private mutating func closeAll(_ open: inout [Bool]) throws(JSONReader.Failure) {
    while let isObject = open.last {
      skipSpace()
      if take(UInt8(ascii: ",")) {
        if isObject { try skipName() }
        return
      }
      guard take(closing(isObject)) else { throw failure }
      open.removeLast()
    }
  }

  private func closing(_ isObject: Bool) -> UInt8 {
    isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
  }

  private mutating func skipName() throws(JSONReader.Failure) {
    skipSpace()
    _ = try skipString()
    try takeColon()
  }

  private mutating func skipScalar() throws(JSONReader.Failure) {
    switch current {
    case UInt8(ascii: "\""): _ = try skipString()
    case UInt8(ascii: "t"): try skip("true")
    case UInt8(ascii: "f"): try skip("false")
    case UInt8(ascii: "n"): try skip("null")
    default: _ = try skipNumber()
    }
  }
}
