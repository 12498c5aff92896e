import Canvas

extension Rendition {
  /// What decides where lines are broken.
  struct Layout: Hashable {
    var columns: Int
    var isUnfolded: Bool
    var isWrapped: Bool
    var isClean: Bool
    var form: OutputStyle.Form
  }

  /// A line by the letters on it, which stay the same however the text is broken.
  struct Place: Hashable {
    /// Its block among those of the section.
    var block: Int
    /// A letter of the line, counted from the first of the block.
    var letter: Int
    /// All letters of a block that is complete; nil while it grows.
    var whole: Int?
    /// Lines without a letter between that letter and the line; nil where the letter is its own.
    var blanks: Int?
    /// The end of what can be opened, which stays the end when details come and go above it.
    var isLast = false
  }
}

extension Rendition.Setting {
  var layout: Rendition.Layout {
    Rendition.Layout(
      columns: EntryLayout.columns(self), isUnfolded: isUnfolded, isWrapped: isWrapped,
      isClean: isClean, form: form)
  }
}

extension OutputView {
  /// An anchor that stands by the same text in every layout, and on the same line again in the one
  /// in which it was chosen.
  struct Held: Hashable, Sendable {
    /// How it was in the first layout of a form.
    private struct Hold: Hashable {
      var anchor: Anchor
      var layout: Rendition.Layout
      /// Nil for the empty row above the lines.
      var place: Rendition.Place?
      /// Its lines may still be laid out anew, because the text goes on in them.
      var isOpen: Bool
    }

    private(set) var anchor: Anchor
    /// The last letter of its line stays in it, else the first.
    private let isEnd: Bool
    private var holds: [OutputStyle.Form: Hold] = [:]
    /// The part of the section above it, where the next lines have another form.
    private var share: Double?

    init(_ anchor: Anchor = Anchor(), isEnd: Bool = false) {
      self.anchor = anchor
      self.isEnd = isEnd
    }

    /// One that is found again in whatever layout there is then, without being kept up in between.
    init(_ anchor: Anchor, in rendition: Rendition, isEnd: Bool = false) {
      self.init(anchor, isEnd: isEnd)
      guard let layout = rendition.setting?.layout,
        let section = rendition.sections.last(where: { $0.source == anchor.source })
      else { return }
      let line = anchor.line - section.gap
      share = section.share(above: isEnd ? line + 1 : line)
      holds[layout.form] = Hold(
        anchor: anchor, layout: layout, place: section.place(ofLine: line, isEnd: isEnd),
        isOpen: false)
    }

    /// Where it is in the lines as they are now.
    func anchor(in rendition: Rendition) -> Anchor {
      var found = self
      found.find(rendition)
      return found.anchor
    }

    /// Notes where it is before lines are laid out for another setting, or grow.
    mutating func keep(_ rendition: Rendition, for next: Rendition.Setting) {
      guard let layout = rendition.setting?.layout,
        let section = rendition.sections.last(where: { $0.source == anchor.source })
      else { return }
      let line = anchor.line - section.gap
      let isOpen = section.text.map { line >= $0.settledLines.count } ?? false
      if next.form != layout.form { share = section.share(above: isEnd ? line + 1 : line) }
      guard holds[layout.form] == nil, isOpen || next.layout != layout else { return }
      let place = section.place(ofLine: line, isEnd: isEnd)
      holds[layout.form] = Hold(anchor: anchor, layout: layout, place: place, isOpen: isOpen)
    }

    /// Goes to where it is in the lines as they are now.
    mutating func find(_ rendition: Rendition) {
      defer { share = nil }
      guard let layout = rendition.setting?.layout, !holds.isEmpty,
        let section = rendition.sections.last(where: { $0.source == anchor.source })
      else { return }
      guard let hold = holds[layout.form] else {
        if let share { anchor.line = section.line(at: share, isEnd: isEnd) + section.gap }
        return
      }
      anchor = hold.anchor
      guard hold.isOpen || hold.layout != layout, let place = hold.place,
        let line = section.line(at: place)
      else { return }
      anchor.line = line + section.gap
      let isOver = section.text.map { place.block < $0.settledStarts.count } ?? true
      if hold.isOpen, isOver, hold.layout == layout { holds[layout.form] = nil }
    }
  }
}

extension Rendition.Section {
  /// Nil for the empty row above the lines.
  fileprivate func place(ofLine line: Int, isEnd: Bool) -> Rendition.Place? {
    guard line >= 0, line < contentCount else { return nil }
    let (block, lines) = block(at: line)
    let before = letters(on: lines.lowerBound..<line)
    let own = content(at: line).letterCount
    let isSettled = text.map { block < $0.settledStarts.count } ?? false
    var place = Rendition.Place(
      block: block, letter: before, whole: isSettled ? letters(on: lines) : nil)
    place.isLast = isEnd && text == nil && line == contentCount - 1
    if own > 0 {
      if isEnd { place.letter += own - 1 }
    } else {
      let above = (lines.lowerBound..<line).last { content(at: $0).letterCount > 0 }
      place.blanks = line - (above ?? lines.lowerBound - 1) - 1
    }
    return place
  }

  /// Nil where that block is gone.
  fileprivate func line(at place: Rendition.Place) -> Int? {
    if place.isLast { return max(0, contentCount - 1) }
    let starts = text?.blockStarts ?? [0]
    guard contentCount > 0, starts.indices.contains(place.block) || place.block == 0 else {
      return nil
    }
    let first = starts.indices.contains(place.block) ? starts[place.block] : 0
    let next = starts.indices.contains(place.block + 1) ? starts[place.block + 1] : contentCount
    var letter = place.letter
    // Of a table as records, which names its columns again, the same part is above.
    if let whole = place.whole, whole > 0 {
      let now = letters(on: first..<next)
      if now != whole { letter = letter * now / whole }
    }
    var before = 0
    var last = first
    for line in first..<next {
      let own = content(at: line).letterCount
      if own == 0, before == letter, let blanks = place.blanks {
        var end = line
        while end + 1 < next, end - line < blanks, content(at: end + 1).letterCount == 0 {
          end += 1
        }
        return end
      }
      if own > 0 {
        if before + own > letter { return line }
        last = line
      }
      before += own
    }
    return last
  }

  /// The part of the letters that stands above a line.
  fileprivate func share(above line: Int) -> Double {
    let all = letters(on: 0..<contentCount)
    return Double(letters(on: 0..<min(max(0, line), contentCount))) / Double(max(1, all))
  }

  /// The line before that part or, for its end, the last one in it.
  fileprivate func line(at share: Double, isEnd: Bool) -> Int {
    let wanted = Int((share * Double(letters(on: 0..<contentCount))).rounded())
    var before = 0
    var next = 0
    while next < contentCount, before < wanted || before == wanted && isEnd {
      let own = content(at: next).letterCount
      if before + own > wanted { break }
      before += own
      next += 1
    }
    return min(max(0, isEnd ? next - 1 : next), max(0, contentCount - 1))
  }

  private func block(at line: Int) -> (number: Int, lines: Range<Int>) {
    let starts = text?.blockStarts ?? []
    let number = starts.lowerBound(of: line + 1) - 1
    guard number >= 0 else { return (0, 0..<contentCount) }
    let next = starts.indices.contains(number + 1) ? starts[number + 1] : contentCount
    return (number, starts[number]..<next)
  }

  private func letters(on lines: Range<Int>) -> Int {
    lines.reduce(0) { $0 + content(at: $1).letterCount }
  }
}

extension Line {
  /// Letters and digits; strokes and marks come and go with the layout.
  fileprivate var letterCount: Int {
    var count = 0
    for span in spans {
      var isStroke = false
      for byte in span.text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: count += 1
        case 0xE2:
          isStroke = true
          count += 1
          continue
        case 0x94...0x97 where isStroke: count -= 1
        case 0xC0...: count += 1
        default: break
        }
        isStroke = false
      }
    }
    return count
  }
}
