import Fleet

/// The surroundings of the first marked place of a text.
struct Snippet {
  /// Characters of the last private plane; where a text holds them, the wrong words are marked.
  static let start = "\u{10FFFC}"
  static let end = "\u{10FFFD}"
  private static let mark: [UInt8] = [0xF4, 0x8F, 0xBF]
  private static let startByte: UInt8 = 0xBC
  private static let endByte: UInt8 = 0xBD
  /// Bytes before the place, and in all.
  private static let lead = 48
  private static let length = 320

  var pieces: [Finds.Piece] = []
  /// Lines of the text before the place.
  var line = 0

  /// The first word that begins with one of the query's; nil where they are not all plain, or none
  /// is there in these letters.
  init?(_ text: String, _ query: SearchQuery) {
    guard !query.words.isEmpty else { return nil }
    var text = text
    let places = text.withUTF8 { bytes in
      Self.places(of: query.words, in: bytes)
    }
    guard let first = places.first else { return nil }
    // Only the surroundings are marked and copied.
    let utf8 = text.utf8
    let index = { utf8.index(utf8.startIndex, offsetBy: $0) }
    let last = min(utf8.count, first.lowerBound + Self.length)
    var marked = String(decoding: utf8[..<index(first.lowerBound)], as: UTF8.self)
    var place = first.lowerBound
    for range in places where range.upperBound <= last {
      marked += String(decoding: utf8[index(place)..<index(range.lowerBound)], as: UTF8.self)
      marked += Self.start
      marked += String(
        decoding: utf8[index(range.lowerBound)..<index(range.upperBound)], as: UTF8.self)
      marked += Self.end
      place = range.upperBound
    }
    marked += String(decoding: utf8[index(place)..<index(max(place, last))], as: UTF8.self)
    self.init(marked: marked)
  }

  /// Where the words begin in the surroundings of the first of them.
  private static func places(
    of words: [[UInt8]], in bytes: UnsafeBufferPointer<UInt8>
  ) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var end = bytes.count
    var index = 0
    var isInside = false
    while index < end {
      let byte = bytes[index]
      if !isInside, byte.isWordByte,
        let word = words.first(where: { bytes.spells($0, at: index) })
      {
        if places.isEmpty { end = min(end, index + length) }
        places.append(index..<index + word.count)
      }
      isInside = byte.isWordByte || byte >= 0x80
      index += 1
    }
    return places
  }

  init(marked: String) {
    let bytes = Array(marked.utf8)
    let first = marked.utf8.firstRange(of: Self.start.utf8)
    let place = first.map { marked.utf8.distance(from: marked.startIndex, to: $0.lowerBound) } ?? 0
    line = bytes[..<place].count { $0 == UInt8(ascii: "\n") }
    let row = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    var from = max(row, place - Self.lead)
    // Whole words, and never the half of a character.
    if from > row {
      from = bytes[from..<place].firstIndex(of: 0x20).map { $0 + 1 } ?? place
    }
    var until = min(bytes.count, from + Self.length)
    while until < bytes.count, bytes[until] & 0xC0 == 0x80 { until -= 1 }
    var text: [UInt8] = from > row ? Array("... ".utf8) : []
    var isMatch = false
    var index = from
    while index < until {
      let sign =
        index + 3 < bytes.count && bytes[index...].starts(with: Self.mark)
        ? bytes[index + 3] : 0
      if sign == Self.startByte || sign == Self.endByte {
        add(text, isMatch)
        text = []
        isMatch = sign == Self.startByte
        index += 4
      } else {
        let isBlank = bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09
        text.append(isBlank ? 0x20 : bytes[index])
        index += 1
      }
    }
    add(text, isMatch)
  }

  private mutating func add(_ bytes: [UInt8], _ isMatch: Bool) {
    guard !bytes.isEmpty else { return }
    pieces.append(Finds.Piece(String(decoding: bytes, as: UTF8.self), isMatch: isMatch))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Lower-case letters are there, in whatever case.
  fileprivate func spells(_ word: [UInt8], at start: Int) -> Bool {
    guard start + word.count <= count else { return false }
    for offset in word.indices {
      let byte = self[start + offset]
      let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      if lower != word[offset] { return false }
    }
    return true
  }
}
