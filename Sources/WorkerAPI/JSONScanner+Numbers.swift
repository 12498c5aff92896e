extension JSONScanner {
  /// A number; one that no `Int` holds, or that has a fraction or an exponent, is a `Double`.
  ///
  /// As in JavaScript, what is too large for a `Double` is infinite: the frame is not lost for it.
  mutating func number() throws(JSONReader.Failure) -> JSON {
    let start = position
    let isWhole = try skipNumber()
    if isWhole, let integer = integer(from: start) { return .integer(integer) }
    guard let number = Double(text(from: start)) else { throw .unexpected(offset: start) }
    return .number(number)
  }

  /// True when it has neither fraction nor exponent.
  mutating func skipNumber() throws(JSONReader.Failure) -> Bool {
    _ = take(UInt8(ascii: "-"))
    let first = current
    let count = skipDigits()
    guard count > 0, count == 1 || first != UInt8(ascii: "0") else {
      if count > 1 { position -= count - 1 }
      throw failure
    }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard skipDigits() > 0 else { throw failure }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard skipDigits() > 0 else { throw failure }
    }
    return isWhole
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
    return position - start
  }

  /// Nil when it does not fit.
  private func integer(from start: Int) -> Int? {
    let isNegative = bytes[start] == UInt8(ascii: "-")
    var value = 0
    for index in (isNegative ? start + 1 : start)..<position {
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let digit = Int(bytes[index] &- 0x30)
      let (sum, exceeds) =
        isNegative
        ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
      guard !overflows, !exceeds else { return nil }
      value = sum
    }
    return value
  }
}

extension JSONReader {
  /// The numbers of a JSON text as they are written there, in their order; what is no JSON gives
  /// those in front of the fault.
  public static func numbers(in bytes: [UInt8]) -> [String] {
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      var numbers: [String] = []
      while let byte = scanner.current {
        let start = scanner.position
        if byte == UInt8(ascii: "\"") {
          guard (try? scanner.skipString()) != nil else { break }
        } else if byte == UInt8(ascii: "-") || byte &- 0x30 < 10 {
          while let next = scanner.current, "0123456789+-.eE".utf8.contains(next) {
            scanner.position += 1
          }
          numbers.append(scanner.text(from: start))
        } else {
          scanner.position += 1
        }
      }
      return numbers
    }
  }
}
