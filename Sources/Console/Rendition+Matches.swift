import Canvas

extension Rendition.Section {
  /// One past the last row of the line that begins at a row.
  func end(ofLineAt row: Int, _ count: Int) -> Int {
    var end = row + 1
    while end < count, content(at: end).joint != nil { end += 1 }
    return end
  }

  /// A broken line as it was before, as bytes; answers where each of its rows ends in them.
  @discardableResult
  func gather(_ rows: Range<Int>, into bytes: inout [UInt8]) -> [Int] {
    bytes.removeAll(keepingCapacity: true)
    var ends: [Int] = []
    for row in rows {
      let line = content(at: row)
      let joint = row == rows.lowerBound ? nil : line.joint
      if let joint, joint.blanks > 0 {
        bytes.append(contentsOf: repeatElement(0x20, count: Int(joint.blanks)))
      }
      for span in line.spans.dropFirst(Int(joint?.lead ?? 0)) {
        bytes.append(contentsOf: span.text.utf8)
      }
      ends.append(bytes.count)
    }
    return ends
  }

  /// The columns of a row that matches take, each with its number in the section.
  func matches(of search: Sought, on row: Int) -> [(columns: Range<Int>, ordinal: Int)] {
    var begin = row
    while begin > 0, content(at: begin).joint != nil { begin -= 1 }
    let rows = begin..<end(ofLineAt: begin, contentCount)
    var bytes: [UInt8] = []
    let ends = gather(rows, into: &bytes)
    let line = content(at: row)
    let lead = row == begin ? 0 : Int(line.joint?.lead ?? 0)
    let text = Line(Array(line.spans.dropFirst(lead))).text
    let start = ends[row - begin] - text.utf8.count
    let before = line.spans.prefix(lead).reduce(0) { $0 + $1.width }
    var ordinal = finds.hits.lowerBound(of: Int32(clamping: begin))
    return places(of: search, in: rows, &bytes).compactMap { place in
      defer { ordinal += 1 }
      let from = max(0, place.lowerBound - start)
      let to = min(text.utf8.count, place.upperBound - start)
      guard from < to else { return nil }
      let columns = text.columns(ofBytes: from..<to)
      return (before + columns.lowerBound..<before + columns.upperBound, ordinal)
    }
  }

  /// The bytes of each match in a line: words are looked for again, an expression's are kept.
  private func places(
    of search: Sought, in rows: Range<Int>, _ bytes: inout [UInt8]
  ) -> [Range<Int>] {
    switch search.kind {
    case .words(let pattern):
      pattern.fold(&bytes)
      return pattern.places(in: bytes).map { $0..<$0 + pattern.length }
    case .expression:
      let first = finds.hits.lowerBound(of: Int32(clamping: rows.lowerBound))
      let end = finds.hits.lowerBound(of: Int32(clamping: rows.upperBound))
      return finds.extents.dropFirst(first).prefix(end - first).map {
        Int($0.lowerBound)..<Int($0.upperBound)
      }
    }
  }
}

extension String {
  /// The columns of the characters that hold some bytes.
  func columns(ofBytes range: Range<Int>) -> Range<Int> {
    var offset = 0
    var column = 0
    var first: Int?
    for character in self {
      let end = offset + character.utf8.count
      let next = column + Width.of(character)
      if end > range.lowerBound, first == nil { first = column }
      if end >= range.upperBound { return (first ?? column)..<next }
      (offset, column) = (end, next)
    }
    return (first ?? column)..<column
  }
}
