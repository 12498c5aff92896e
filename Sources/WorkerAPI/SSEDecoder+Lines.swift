extension SSEDecoder {
  /// Cuts a chunk into lines: LF, CR and CR LF end one, also when CR LF is cut in two.
  mutating func read(
    _ chunk: UnsafeBufferPointer<UInt8>, _ receive: Receiver
  ) throws(Overflow) {
    var position = skipMark(chunk)
    if endedWithCR, position < chunk.count {
      endedWithCR = false
      if chunk[position] == 0x0A { position += 1 }
    }
    while position < chunk.count {
      let begin = position
      while position < chunk.count, chunk[position] != 0x0A, chunk[position] != 0x0D {
        position += 1
      }
      let piece = UnsafeBufferPointer(rebasing: chunk[begin..<position])
      guard line.count + piece.count <= Self.eventLimit else { throw Overflow() }
      guard position < chunk.count else { return line.append(contentsOf: piece) }
      let isCR = chunk[position] == 0x0D
      position += 1
      if isCR {
        if position == chunk.count {
          endedWithCR = true
        } else if chunk[position] == 0x0A {
          position += 1
        }
      }
      try end(piece, receive)
    }
  }

  /// The offset behind the bytes of the byte order mark that stand at the start of a chunk.
  private mutating func skipMark(_ chunk: UnsafeBufferPointer<UInt8>) -> Int {
    guard case .possibleMark(var seen) = start else { return 0 }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var index = 0
    while index < chunk.count, seen < 3, chunk[index] == mark[seen] {
      index += 1
      seen += 1
    }
    if seen == 3 {
      start = .passed
    } else if index == chunk.count {
      start = .possibleMark(seen)
    } else {
      // It was none: what was held back begins the first line.
      start = .passed
      line.append(contentsOf: mark[..<seen])
    }
    return index
  }

  /// Ends a line with its last piece, which is all of it unless it was cut.
  private mutating func end(
    _ piece: UnsafeBufferPointer<UInt8>, _ receive: Receiver
  ) throws(Overflow) {
    if line.isEmpty { return try take(line: piece, receive) }
    var whole: [UInt8] = []
    swap(&whole, &line)
    whole.append(contentsOf: piece)
    try whole.withUnsafeBufferPointer { bytes throws(Overflow) in try take(line: bytes, receive) }
    guard whole.count < Self.keptCapacity else { return }
    whole.removeAll(keepingCapacity: true)
    swap(&whole, &line)
  }

  private mutating func take(
    line: UnsafeBufferPointer<UInt8>, _ receive: Receiver
  ) throws(Overflow) {
    if line.isEmpty { return dispatch(receive) }
    var nameEnd = 0
    while nameEnd < line.count, line[nameEnd] != UInt8(ascii: ":") { nameEnd += 1 }
    var begin = min(nameEnd + 1, line.count)
    if begin < line.count, line[begin] == 0x20 { begin += 1 }
    let value = UnsafeBufferPointer(rebasing: line[begin...])
    let name = line[..<nameEnd]
    // Names are case-sensitive, and a comment is a line with an empty one.
    if Self.equal(name, "data") {
      try append(data: value)
    } else if Self.equal(name, "event") {
      type = String(decoding: value, as: UTF8.self)
    } else if Self.equal(name, "id") {
      if !value.contains(0) { idBuffer = String(decoding: value, as: UTF8.self) }
    } else if Self.equal(name, "retry") {
      retryMilliseconds = Self.digits(value) ?? retryMilliseconds
    }
  }

  private mutating func append(data value: UnsafeBufferPointer<UInt8>) throws(Overflow) {
    let size = data.count + (hasData ? 1 : 0) + value.count
    guard size <= Self.eventLimit else { throw Overflow() }
    if hasData { data.append(0x0A) }
    data.append(contentsOf: value)
    hasData = true
  }

  private static func equal(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ word: StaticString) -> Bool
  {
    guard name.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<name.count where name[index] != word.utf8Start[index] { return false }
    return true
  }

  /// One or more ASCII digits; nil for anything else, and for a number that no `Int` holds.
  private static func digits(_ value: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !value.isEmpty else { return nil }
    var number = 0
    for byte in value {
      let (shifted, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, exceeds) = shifted.addingReportingOverflow(Int(byte &- 0x30))
      guard byte &- 0x30 < 10, !overflows, !exceeds else { return nil }
      number = sum
    }
    return number
  }
}
