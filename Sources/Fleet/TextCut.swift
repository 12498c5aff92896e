import WorkerAPI

/// Where a growing text is cut into entries: by what it says only, so that the same text is cut in the
/// same places however it came.
struct TextCut: Hashable, Sendable {
  /// Bytes after which a text is cut between two blocks.
  static let blockLimit = 32 << 10
  /// Bytes after which it is cut at any line's end.
  static let lineLimit = 48 << 10
  /// Bytes after which it is cut within a line.
  static let hardLimit = 64 << 10

  /// Where the piece begins, and the first line in it that was not looked at.
  private var start = 0
  private var line = 0
  /// Where the search for that line's end goes on.
  private var seen = 0
  /// Within a fenced code block (CommonMark 0.31, section 4.5), closing fences' lengths aside.
  private var isFenced = false
  private var isPlain: Bool

  init(_ continuation: Transcript.Continuation?) { isPlain = continuation == .plain }

  /// The places at which the text is to be cut, with how it goes on; the last piece is never empty.
  mutating func cuts(
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> [(place: Int, Transcript.Continuation)] {
    var cuts: [(place: Int, Transcript.Continuation)] = []
    while let (place, continuation) = next(in: bytes) {
      cuts.append((place, continuation))
      start = place
      line = place
      seen = place
      isFenced = false
      isPlain = continuation == .plain
    }
    // What was cut off goes: offsets count from the beginning of the last piece.
    line -= start
    seen -= start
    start = 0
    return cuts
  }

  private mutating func next(
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> (Int, Transcript.Continuation)? {
    while true {
      let limit = min(bytes.count, start + Self.hardLimit)
      let end = bytes[seen..<max(seen, limit)].firstIndex(of: UInt8(ascii: "\n"))
      seen = end ?? max(seen, limit)
      guard let end, end + 1 < bytes.count else {
        // Some bytes more, so that the last character is not the half of a pair.
        guard bytes.count >= start + Self.hardLimit + 8 else { return nil }
        return (boundary(before: start + Self.hardLimit, bytes), .plain)
      }
      let text = bytes[line..<end]
      let isBlank = text.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if Self.isFence(text) { isFenced.toggle() }
      line = end + 1
      seen = line
      let size = line - start
      if size >= Self.blockLimit {
        if isPlain { return (line, .plain) }
        if isBlank, !isFenced { return (line, .markdown) }
        if size >= Self.lineLimit { return (line, .plain) }
      }
    }
  }

  private static func isFence(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let text = line.prefix(12).drop { $0 == 0x20 }
    return text.starts(with: [0x60, 0x60, 0x60]) || text.starts(with: [0x7E, 0x7E, 0x7E])
  }

  /// The last place at or before it that is not within a character.
  private func boundary(before place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var place = place
    while bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }
}

extension Transcript {
  /// Lets a text that has become long go on in further entries; only the last one, so that all stays
  /// in its order.
  mutating func cutLast() {
    let index = entries.count - 1
    guard bounds.cutsTexts, index >= 0, entries[index].weight > TextCut.blockLimit else { return }
    let isOpenReasoning = entries[index].content.isOpenReasoning
    guard var text = entries[index].takeText() else { return }
    var cut = entries[index].cut ?? TextCut(entries[index].continuation)
    let cuts = text.withUTF8 { cut.cuts(in: $0) }
    let content = { (text: String, isLast: Bool) -> Content in
      isOpenReasoning.map { .reasoning(text, isOpen: $0 && isLast) } ?? .text(text)
    }
    guard !cuts.isEmpty else {
      entries[index].content = content(text, true)
      entries[index].cut = cut
      return
    }
    let whole = entries[index]
    let bytes = text.utf8
    var start = bytes.startIndex
    var continuation = whole.continuation
    for (number, end) in (cuts.map(\.place) + [bytes.count]).enumerated() {
      let place = bytes.index(bytes.startIndex, offsetBy: end)
      let isLast = number == cuts.count
      var entry = whole
      entry.content = content(String(text[start..<place]), isLast)
      entry.continuation = continuation
      entry.weight = entry.content.weight
      if number > 0 {
        entry.details = JSONObject()
        entry.revision = 0
      }
      entry.cut = isLast ? cut : nil
      if !isLast {
        entry.state = .done
        entry.half = nil
        entry.endedAt = whole.endedAt ?? whole.startedAt
        continuation = cuts[number].1
      }
      if number == 0 {
        entry.weight = whole.weight - (bytes.count - end)
        entries[index] = entry
      } else {
        entries.append(entry)
      }
      start = place
    }
  }
}
