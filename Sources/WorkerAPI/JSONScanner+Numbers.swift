extension JSONScanner {
  /// A number; one that no `Int` holds, or that has a fraction or an exponent, is a `Double`, with
  /// its text where that says more.
  ///
  /// As in JavaScript, what is too large for a `Double` is infinite: the frame is not lost for it.
  mutating func number() throws(JSONReader.Failure) -> JSON {
    let start = position
    let form = try skipNumber()
    if form == .whole, let integer = integer(from: start) { return .integer(integer) }
    let text = text(from: start)
    guard let number = Double(text) else { throw .unexpected(offset: start) }
    let isLong = position - start > JSON.Literal.limit
    return isLong || isWritten(number, as: text, form, length: position - start)
      ? .number(number) : .literal(JSON.Literal(text))
  }

  /// Whether a number that is no integer is written as it came.
  ///
  /// A fraction of up to 15 digits is, unless it ends in a zero or is so small that it is written
  /// with an exponent; only longer ones are tried.
  private func isWritten(
    _ number: Double, as text: String, _ form: NumberForm, length: Int
  ) -> Bool {
    switch form {
    case .whole: false
    case .fraction:
      bytes[position - 1] != UInt8(ascii: "0")
        && (length <= 16 && number.magnitude >= 1e-4 || number.description == text)
    case .exponent: number.description == text
    }
  }

  enum NumberForm {
    case whole, fraction, exponent
  }

  mutating func skipNumber() throws(JSONReader.Failure) -> NumberForm {
    _ = take(UInt8(ascii: "-"))
    let first = current
    let count = skipDigits()
    guard count > 0, count == 1 || first != UInt8(ascii: "0") else {
      if count > 1 { position -= count - 1 }
      throw failure
    }
    var form = NumberForm.whole
    if take(UInt8(ascii: ".")) {
      form = .fraction
      guard skipDigits() > 0 else { throw failure }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      form = .exponent
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard skipDigits() > 0 else { throw failure }
    }
    return form
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
    return position - start
  }

  /// Nil when it does not fit, nor for a zero with a sign.
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
    return isNegative && value == 0 ? nil : value
  }
}
