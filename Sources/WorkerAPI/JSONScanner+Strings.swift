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
    position = start
    let room = try measureString()
    return StringContent.text(
      of: UnsafeBufferPointer(rebasing: bytes[start..<(position - 1)]), room: room)
  }

  /// Steps over the rest of a string and checks it; the bytes that its text takes at most.
  private mutating func measureString() throws(JSONReader.Failure) -> Int {
    var room = 0
    while true {
      let start = position
      skipPlain()
      room += position - start
      if take(UInt8(ascii: "\"")) { return room }
      guard take(UInt8(ascii: "\\")) else { throw failure }
      let unit = try escape()
      room += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
    }
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

/// What a checked string with escapes adds up to, written where its text will lie: the answers about
/// long conversations hold strings of megabytes, and an array that grows copies them again and again.
private struct StringContent {
  private let room: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  private var leadingHalf: UInt16?
  /// A high surrogate that may yet be joined.
  private var half: UInt16?

  /// Decoded as a whole: no escape begins with a continuation byte, so none completes cut bytes.
  static func text(of bytes: UnsafeBufferPointer<UInt8>, room: Int) -> DeltaText {
    var halves: (leading: UInt16?, trailing: UInt16?)
    let body = String(unsafeUninitializedCapacity: room) { room in
      var content = StringContent(room: room)
      content.append(bytes)
      halves = (content.leadingHalf, content.half)
      return content.count
    }
    return DeltaText(body, leadingHalf: halves.leading, trailingHalf: halves.trailing)
  }

  private init(room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = JSONScanner(bytes)
    while true {
      let begin = scanner.position
      scanner.skipPlain()
      if scanner.position > begin {
        giveUpHalf()
        let plain = UnsafeBufferPointer(rebasing: bytes[begin..<scanner.position])
        count = room[count...].update(fromContentsOf: plain)
      }
      guard scanner.take(UInt8(ascii: "\\")), let unit = try? scanner.escape() else { return }
      append(unit: unit)
    }
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
      } else if count == 0, leadingHalf == nil {
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
    case 0..<0x80: append(UInt8(scalar))
    case 0x80..<0x800:
      append(0xC0 | UInt8(scalar >> 6))
      append(continuation(scalar))
    case 0x800..<0x10000:
      append(0xE0 | UInt8(scalar >> 12))
      append(continuation(scalar >> 6))
      append(continuation(scalar))
    default:
      append(0xF0 | UInt8(scalar >> 18))
      append(continuation(scalar >> 12))
      append(continuation(scalar >> 6))
      append(continuation(scalar))
    }
  }

  private mutating func append(_ byte: UInt8) {
    room[count] = byte
    count += 1
  }

  private func continuation(_ bits: UInt32) -> UInt8 {
    0x80 | UInt8(truncatingIfNeeded: bits & 0x3F)
  }
}
