extension JSONReader {
  /// A member's name, and where its value stands in the text.
  typealias Place = (name: String, place: Range<Int>)

  /// The members of the object that a text stands for, their values checked and not read; nil when it
  /// stands for something else.
  static func members(of text: [UInt8]) throws(Failure) -> [Place]? {
    try scan(text[...]) { (scanner) throws(Failure) in
      guard scanner.current == UInt8(ascii: "{") else { return nil }
      let members = try scanner.members()
      scanner.skipSpace()
      guard scanner.position == scanner.bytes.count else { throw scanner.failure }
      return members
    }
  }

  /// The objects in the array that a checked text stands for, each with its members; none when it
  /// stands for something else. All places are indices of the slice.
  static func objects(
    of text: ArraySlice<UInt8>
  ) throws(Failure) -> [(place: Range<Int>, members: [Place])] {
    let shift = text.startIndex
    return try scan(text) { (scanner) throws(Failure) in
      guard scanner.take(UInt8(ascii: "[")) else { return [] }
      var objects: [(place: Range<Int>, members: [Place])] = []
      repeat {
        scanner.skipSpace()
        let start = scanner.position
        guard scanner.current == UInt8(ascii: "{") else {
          if scanner.current != UInt8(ascii: "]") { try scanner.skipValue() }
          scanner.skipSpace()
          continue
        }
        let members = try scanner.members()
        objects.append(
          (
            start + shift..<scanner.position + shift,
            members.map { ($0.name, $0.place.lowerBound + shift..<$0.place.upperBound + shift) }
          ))
        scanner.skipSpace()
      } while scanner.take(UInt8(ascii: ","))
      return objects
    }
  }

  private static func scan<Value>(
    _ text: ArraySlice<UInt8>, _ body: (inout JSONScanner) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try text.withUnsafeBufferPointer { bytes in
      var scanner = JSONScanner(bytes)
      scanner.skipSpace()
      return Result { () throws(Failure) in try body(&scanner) }
    }.get()
  }
}

extension JSONScanner {
  /// Steps over an object and checks it; where the values of its members stand.
  fileprivate mutating func members() throws(JSONReader.Failure) -> [JSONReader.Place] {
    guard take(UInt8(ascii: "{")) else { throw failure }
    skipSpace()
    guard !take(UInt8(ascii: "}")) else { return [] }
    var members: [JSONReader.Place] = []
    repeat {
      skipSpace()
      let name = try string().text
      try takeColon()
      let start = position
      try skipValue()
      members.append((name, start..<position))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure }
    return members
  }
}
