import Canvas
import Fleet

extension Rendition {
  /// What a search and a filter found in a section; kept for lines that do not change any more.
  struct Finds {
    /// The lines that pass the filter; nil where there is none.
    var shown: [Int32]?
    /// For each match the line in which it begins.
    var hits: [Int32] = []
    /// The lines that were looked at for good, and in which state of the text.
    fileprivate var settled = 0
    fileprivate var edition = 0
  }

  /// A match by its place in its section, so that it stays the same while text comes.
  struct Hit: Hashable, Sendable {
    var source: Section.Source
    var ordinal: Int
  }

  var hitCount: Int { hitStarts[hitStarts.count - 1] }

  /// Looks through everything with other words.
  mutating func adopt(_ sift: Sift) {
    self.sift = sift
    for index in sections.indices {
      sections[index].finds = Finds()
      sections[index].find(sift)
    }
    count(from: 0)
  }

  /// Some thoughts or details of calls are folded, so that nothing is found in them.
  var hasFolded: Bool {
    guard let setting, setting.form != .parts else { return false }
    return sections.contains { section in
      section.isFoldable && setting.isUnfolded == toggled.contains(section.source)
    }
  }

  func hit(at number: Int) -> Hit? {
    guard number >= 0, number < hitCount else { return nil }
    let section = hitStarts.lowerBound(of: number + 1) - 1
    return Hit(source: sections[section].source, ordinal: number - hitStarts[section])
  }

  /// The number of a match among all; where it is gone, of the next one that is left.
  func number(of hit: Hit) -> Int? {
    if let section = sections.lastIndex(where: { $0.source == hit.source }) {
      let number = hitStarts[section] + hit.ordinal
      return number < hitStarts[section + 1] ? number : number < hitCount ? number : nil
    }
    let next = sections.firstIndex { $0.source.follows(hit.source) }
    return next.flatMap { hitStarts[$0] < hitCount ? hitStarts[$0] : nil }
  }

  func anchor(of hit: Hit) -> OutputView.Anchor? {
    guard let section = sections.last(where: { $0.source == hit.source }),
      section.finds.hits.indices.contains(hit.ordinal)
    else { return nil }
    return OutputView.Anchor(
      source: hit.source, line: Int(section.finds.hits[hit.ordinal]) + section.gap)
  }

  /// The number of the first match on a row or below it; nil when all are above.
  func firstHit(from row: Int) -> Int? {
    guard row < lineCount, hitCount > 0 else { return nil }
    let number = sectionIndex(of: max(0, row))
    let place = sections[number].place(at: max(0, row) - starts[number]) - sections[number].gap
    let found =
      hitStarts[number] + sections[number].finds.hits.lowerBound(of: Int32(clamping: place))
    return found < hitCount ? found : nil
  }
}

extension Rendition.Section {
  /// Looks through the lines that are new or may have changed.
  mutating func find(_ sift: Sift) {
    guard !sift.isEmpty else { return }
    if case .turn = source {
      if sift.filter != nil { finds.shown = [] }
      return
    }
    if let text, finds.edition != text.edition {
      finds = Rendition.Finds()
      finds.edition = text.edition
    }
    let from = finds.settled
    let first = Int32(clamping: from)
    finds.hits.removeSubrange(finds.hits.lowerBound(of: first)...)
    var shown = sift.filter.map { _ in
      let kept = finds.shown ?? []
      return Array(kept.prefix(kept.lowerBound(of: first)))
    }
    var bytes: [UInt8] = []
    var row = from
    let count = contentCount
    while row < count {
      let end = self.end(ofLineAt: row, count)
      if let filter = sift.filter {
        gather(row..<end, into: &bytes, filter.pattern)
        let isBlank = bytes.allSatisfy { $0 == 0x20 }
        if isBlank || filter.pattern.isFound(in: bytes) == filter.excludes {
          row = end
          continue
        }
        shown?.append(contentsOf: (row..<end).map { Int32(clamping: $0) })
      }
      if let search = sift.search { note(search, in: row..<end, &bytes) }
      row = end
    }
    finds.shown = shown
    finds.settled = text?.settledLines.count ?? 0
  }

  /// Notes the line in which each match begins.
  private mutating func note(_ search: Pattern, in rows: Range<Int>, _ bytes: inout [UInt8]) {
    let ends = gather(rows, into: &bytes, search)
    search.each(in: bytes) { place in
      let row = rows.lowerBound + (ends.firstIndex { place < $0 } ?? 0)
      finds.hits.append(Int32(clamping: row))
    }
  }

  /// One past the last row of the line that begins at a row.
  fileprivate func end(ofLineAt row: Int, _ count: Int) -> Int {
    var end = row + 1
    while end < count, content(at: end).joint != nil { end += 1 }
    return end
  }

  /// A broken line as it was before, as bytes; answers where each of its rows ends in them.
  @discardableResult
  private func gather(
    _ rows: Range<Int>, into bytes: inout [UInt8], _ pattern: Pattern
  ) -> [Int] {
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
    pattern.fold(&bytes)
    return ends
  }

  /// The columns of a row that matches take, each with its number in the section.
  func matches(of search: Pattern, on row: Int) -> [(columns: Range<Int>, ordinal: Int)] {
    var begin = row
    while begin > 0, content(at: begin).joint != nil { begin -= 1 }
    let rows = begin..<end(ofLineAt: begin, contentCount)
    var bytes: [UInt8] = []
    let ends = gather(rows, into: &bytes, search)
    let line = content(at: row)
    let lead = row == begin ? 0 : Int(line.joint?.lead ?? 0)
    let text = Line(Array(line.spans.dropFirst(lead))).text
    let start = ends[row - begin] - text.utf8.count
    let before = line.spans.prefix(lead).reduce(0) { $0 + $1.width }
    var ordinal = finds.hits.lowerBound(of: Int32(clamping: begin))
    return search.places(in: bytes).compactMap { place in
      defer { ordinal += 1 }
      let from = max(0, place - start)
      let to = min(text.utf8.count, place + search.length - start)
      guard from < to else { return nil }
      let columns = text.columns(ofBytes: from..<to)
      return (before + columns.lowerBound..<before + columns.upperBound, ordinal)
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
