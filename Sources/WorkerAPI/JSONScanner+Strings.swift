extension JSONScanner {
  /// The string that begins here, with the halves of characters that it begins and ends with.
  ///
  /// A half within it, and bytes that are not UTF-8, become U+FFFD.
  mutating func string() throws(JSONReader.Failure) -> DeltaText {
    guard take(UInt8(ascii: "\"")) else { throw failure }
    let start = position
    skipPlain()
    if take(UInt8(ascii: "\"")) {
      return DeltaText(
        String(
          decoding: UnsafeBufferPointer(rebasing: bytes[start..<(position - 1)]), as: UTF8.self))
    }
    var content = StringContent()
    try content.append(from: start, &self)
    return content.text
  }

  /// Steps over a string and checks it; true when it has escapes.
  mutating func skipString() throws(JSONReader.Failure) -> Bool {
    guard take(UInt8(ascii: "\"")) else { throw failure }
    var hasEscapes = false
    while true {
      skipPlain()
      if take(UInt8(ascii: "\"")) { return hasEscapes }
      guard take(UInt8(ascii: "\\")) else { throw failure }
      hasEscapes = true
      _ = try escape()
    }
  }

  /// Goes on to the next quote, backslash or control character.
  mutating func skipPlain() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return }
      position += 1
    }
  }

  /// The UTF-16 unit that stands after a backslash.
  mutating func escape() throws(JSONReader.Failure) -> UInt16 {
    guard let byte = current else { throw failure }
    let unit: UInt16
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unit = UInt16(byte)
    case UInt8(ascii: "b"): unit = 0x08
    case UInt8(ascii: "f"): unit = 0x0C
    case UInt8(ascii: "n"): unit = 0x0A
    case UInt8(ascii: "r"): unit = 0x0D
    case UInt8(ascii: "t"): unit = 0x09
    case UInt8(ascii: "u"):
      position += 1
      return try hexUnit()
    default: throw failure
    }
    position += 1
    return unit
  }

  private mutating func hexUnit() throws(JSONReader.Failure) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current else { throw failure }
      switch byte {
      case 0x30...0x39: unit = unit << 4 | UInt16(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: unit = unit << 4 | UInt16((byte | 0x20) - 0x61 + 10)
      default: throw failure
      }
      position += 1
    }
    return unit
  }
}

/// What a string with escapes adds up to.
private struct StringContent {
  private var content: [UInt8] = []
  private var leadingHalf: UInt16?
  /// A high surrogate that may yet be joined.
  private var half: UInt16?

  /// Reads on from the first byte of a string to behind its closing quote.
  mutating func append(
    from start: Int, _ scanner: inout JSONScanner
  ) throws(JSONReader.Failure) {
    scanner.position = start
    while true {
      let begin = scanner.position
      scanner.skipPlain()
      if scanner.position > begin {
        giveUpHalf()
        content.append(
          contentsOf: UnsafeBufferPointer(rebasing: scanner.bytes[begin..<scanner.position]))
      }
      if scanner.take(UInt8(ascii: "\"")) { return }
      guard scanner.take(UInt8(ascii: "\\")) else { throw scanner.failure }
      append(unit: try scanner.escape())
    }
  }

  /// Decoded as a whole: no escape begins with a continuation byte, so none completes cut bytes.
  var text: DeltaText {
    DeltaText(
      String(decoding: content, as: UTF8.self), leadingHalf: leadingHalf, trailingHalf: half)
  }

  private mutating func append(unit: UInt16) {
    switch unit {
    case 0xD800..<0xDC00:
      giveUpHalf()
      half = unit
    case 0xDC00..<0xE000:
      if let high = half {
        half = nil
        append(scalar: 0x10000 + (UInt32(high & 0x3FF) << 10) + UInt32(unit & 0x3FF))
      } else if content.isEmpty, leadingHalf == nil {
        leadingHalf = unit
      } else {
        append(scalar: 0xFFFD)
      }
    default:
      giveUpHalf()
      append(scalar: UInt32(unit))
    }
  }

  private mutating func giveUpHalf() {
    guard half != nil else { return }
    half = nil
    append(scalar: 0xFFFD)
  }

  private mutating func append(scalar: UInt32) {
    switch scalar {
    case 0..<0x80: content.append(UInt8(scalar))
    case 0x80..<0x800:
      content.append(0xC0 | UInt8(scalar >> 6))
      content.append(continuation(scalar))
    case 0x800..<0x10000:
      content.append(0xE0 | UInt8(scalar >> 12))
      content.append(continuation(scalar >> 6))
      content.append(continuation(scalar))
    default:
      content.append(0xF0 | UInt8(scalar >> 18))
      content.append(continuation(scalar >> 12))
      content.append(continuation(scalar >> 6))
      content.append(continuation(scalar))
    }
  }

  private func continuation(_ bits: UInt32) -> UInt8 {
    0x80 | UInt8(truncatingIfNeeded: bits & 0x3F)
  }
}
