import Fleet

extension Rendition {
  /// What a search and a filter found in a section; kept for lines that do not change any more.
  struct Finds {
    /// The lines that pass the filter; nil where there is none.
    var shown: [Int32]?
    /// For each match the line in which it begins.
    var hits: [Int32] = []
    /// The bytes of each match of an expression in its line; none of words, which all have as many.
    fileprivate(set) var extents: [Range<Int32>] = []
    /// The lines that were looked at for good, and in which state of the text.
    fileprivate var settled = 0
    fileprivate var edition = 0
    /// The line from which on is still to be looked; nil where all was.
    fileprivate(set) var next: Int?
  }

  /// A match by its place in its section, so that it stays the same while text comes.
  struct Hit: Hashable, Sendable {
    var source: Section.Source
    var ordinal: Int
  }

  var hitCount: Int { hitStarts[hitStarts.count - 1] }

  /// Lines are still to be looked through.
  var isLooking: Bool { look.isSpent && sections.contains { $0.finds.next != nil } }

  /// Looks through everything with other words.
  mutating func adopt(_ sift: Sift) {
    take(sift)
    _ = lookOn()
    count(from: 0)
  }

  /// Takes other words, by which everything is still to be looked through.
  mutating func take(_ sift: Sift) {
    self.sift = sift
    look = Look(sift)
    for index in sections.indices {
      sections[index].finds = Finds()
      sections[index].forget(sift)
    }
  }

  /// Looks through what is new or was left, in order, as far as the frame's allowance goes; answers
  /// the first section that was looked through.
  mutating func lookOn() -> Int {
    guard !sift.isEmpty else { return .max }
    look.renew(to: allowance)
    var first = Int.max
    for index in sections.indices where sections[index].finds.next != nil {
      guard !look.isSpent else { break }
      sections[index].find(sift, &look)
      first = min(first, index)
    }
    return first
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
  /// Drops what was found in lines that are new or may have changed.
  mutating func forget(_ sift: Sift) {
    guard !sift.isEmpty else { return }
    if case .turn = source {
      if sift.filter != nil { finds.shown = [] }
      return
    }
    if let text, finds.edition != text.edition {
      finds = Rendition.Finds()
      finds.edition = text.edition
    }
    let first = Int32(clamping: finds.settled)
    finds.hits.removeSubrange(finds.hits.lowerBound(of: first)...)
    finds.extents.removeSubrange(min(finds.hits.count, finds.extents.count)...)
    if sift.filter != nil {
      let kept = finds.shown ?? []
      finds.shown = Array(kept.prefix(kept.lowerBound(of: first)))
    }
    finds.next = finds.settled
  }

  /// Looks through the lines that are left, as far as the allowance goes.
  mutating func find(_ sift: Sift, _ look: inout Look) {
    guard var row = finds.next else { return }
    var bytes: [UInt8] = []
    let count = contentCount
    while row < count, !look.isSpent {
      let end = self.end(ofLineAt: row, count)
      if let filter = sift.filter {
        gather(row..<end, into: &bytes)
        if bytes.allSatisfy({ $0 == 0x20 }) || !look.admits(&bytes, filter) {
          row = end
          continue
        }
        finds.shown?.append(contentsOf: (row..<end).map { Int32(clamping: $0) })
      }
      if let search = sift.search { note(search, in: row..<end, &bytes, &look) }
      row = end
    }
    finds.next = row < count ? row : nil
    finds.settled = min(row, text?.settledLines.count ?? 0)
  }

  /// Notes the line in which each match begins.
  private mutating func note(
    _ search: Sought, in rows: Range<Int>, _ bytes: inout [UInt8], _ look: inout Look
  ) {
    let ends = gather(rows, into: &bytes)
    func row(of place: Int) -> Int32 {
      Int32(clamping: rows.lowerBound + (ends.firstIndex { place < $0 } ?? 0))
    }
    switch search.kind {
    case .words(let pattern):
      pattern.fold(&bytes)
      pattern.each(in: bytes) { finds.hits.append(row(of: $0)) }
    case .expression:
      for place in look.places(in: bytes) {
        finds.hits.append(row(of: place.lowerBound))
        finds.extents.append(
          Int32(clamping: place.lowerBound)..<Int32(clamping: place.upperBound))
      }
    }
  }
}
