/// Words that are looked for in lines: letters are the same in either case, unless one of the words
/// is in capitals.
struct Pattern: Hashable, Sendable {
  let text: String
  let isExact: Bool
  /// What is looked for, byte by byte.
  private let needle: [UInt8]
  /// What either case of a letter has in common is compared: its bit for each byte, else nought.
  private let masks: [UInt8]
  private let isASCII: Bool

  init(_ text: String) {
    self.text = text
    isExact = text != text.lowercased()
    isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    var bytes = Array(text.utf8)
    if !isExact { Self.fold(&bytes) }
    needle = bytes
    let isFoldedHere = isASCII && !isExact
    masks = bytes.map { isFoldedHere && $0 &- 0x61 < 26 ? 0x20 : 0 }
  }

  /// Letters count as they are.
  init(exact text: String) {
    self.text = text
    isExact = true
    isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    needle = Array(text.utf8)
    masks = needle.map { _ in 0 }
  }

  /// Where it stands in a text that was folded, without overlaps.
  func places(in bytes: [UInt8]) -> [Int] {
    var places: [Int] = []
    each(in: bytes) { places.append($0) }
    return places
  }

  var length: Int { needle.count }

  func each(in bytes: [UInt8], _ body: (Int) -> Void) {
    guard let first = needle.first, let mask = masks.first, bytes.count >= needle.count
    else { return }
    bytes.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        masks.withUnsafeBufferPointer { masks in
          let last = bytes.count - needle.count
          var index = 0
          while index <= last {
            guard bytes[index] | mask == first else {
              index += 1
              continue
            }
            var length = 1
            while length < needle.count,
              bytes[index + length] | masks[length] == needle[length]
            {
              length += 1
            }
            if length == needle.count { body(index) }
            index += length == needle.count ? length : 1
          }
        }
      }
    }
  }

  func isFound(in bytes: [UInt8]) -> Bool {
    var found = false
    each(in: bytes) { _ in found = true }
    return found
  }

  /// Makes small letters of a text's bytes where the pattern has other letters than ASCII's; no byte
  /// moves.
  func fold(_ bytes: inout [UInt8]) {
    if !isExact, !isASCII { Self.fold(&bytes) }
  }

  private static func fold(_ bytes: inout [UInt8]) {
    var isPlain = true
    bytes.withUnsafeMutableBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        if byte &- 0x41 < 26 { bytes[index] = byte | 0x20 }
        if byte >= 0x80 { isPlain = false }
      }
    }
    if isPlain { return }
    // Other letters are folded where that takes as many bytes.
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let small = scalar.properties.lowercaseMapping
      let old = UTF8.encode(scalar).map(Array.init) ?? []
      folded += small.utf8.count == old.count ? Array(small.utf8) : old
    }
    if folded.count == bytes.count { bytes = folded }
  }
}
