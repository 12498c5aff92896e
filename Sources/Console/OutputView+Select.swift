import Canvas
import Fleet

extension OutputView {
  /// Lines that are chosen with a cursor.
  struct Selection: Hashable, Sendable {
    var cursor: Held
    var extent: Extent

    enum Extent: Hashable, Sendable {
      /// The line under the cursor.
      case line
      /// From a line to the cursor.
      case open(from: Held)
      case closed(from: Held, to: Held)
    }
  }

  /// Begins, ends, or begins anew where the cursor is.
  mutating func select() {
    guard rendition.lineCount > 0 else { return }
    guard let old = selection else {
      let last = min(top + max(1, height), rendition.lineCount) - 1
      var row = isFollowing ? last : top
      if let hit = search?.current, let place = rendition.anchor(of: hit),
        (top...last).contains(rendition.index(of: place))
      {
        row = rendition.index(of: place)
      }
      if isFollowing { stopFollowing() }
      let cursor = held(at: row)
      selection = Selection(cursor: cursor, extent: .open(from: cursor))
      return
    }
    switch old.extent {
    case .open(let start): selection?.extent = .closed(from: start, to: old.cursor)
    case .line, .closed: selection?.extent = .open(from: old.cursor)
    }
  }

  /// Moves the cursor and keeps it in sight.
  mutating func moveCursor(by step: Int) {
    guard let selection else { return }
    let row = min(max(0, self.row(of: selection.cursor) + step), rendition.lineCount - 1)
    let top = top
    let cursor = held(at: row)
    self.selection?.cursor = cursor
    if row < top { anchor = rendition.anchor(at: row) }
    if row >= top + height { anchor = rendition.anchor(at: row - height + 1) }
  }

  var cursorRow: Int? { selection.map { row(of: $0.cursor) } }

  /// The rows that are chosen.
  var selectedRows: ClosedRange<Int>? {
    guard let selection, rendition.lineCount > 0 else { return nil }
    let cursor = row(of: selection.cursor)
    switch selection.extent {
    case .line: return cursor...cursor
    case .open(let from):
      let start = row(of: from)
      return min(start, cursor)...max(start, cursor)
    case .closed(let from, let to):
      let (start, end) = (row(of: from), row(of: to))
      return min(start, end)...max(start, end)
    }
  }
}

extension Rendition {
  /// Rows as plain text without the margin; those that were one line are one again.
  func text(_ rows: ClosedRange<Int>) -> String {
    var lines: [String] = []
    for index in rows {
      guard let row = row(at: index) else { break }
      guard let joint = row.line.joint, index > rows.lowerBound else {
        lines.append(row.line.text)
        continue
      }
      lines[lines.count - 1] += String(repeating: " ", count: Int(joint.blanks))
      for span in row.line.spans.dropFirst(Int(joint.lead)) {
        lines[lines.count - 1] += span.text
      }
    }
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}

extension Screen {
  /// The lines that are chosen in the output, as plain text; nil where none are.
  func selectedLines(_ fleet: State) -> String? {
    output.selectedRows.map { output.rendition.text($0) }
  }

  mutating func selectLines() {
    guard output.rendition.lineCount > 0 else {
      remark = "there is no line to select"
      return
    }
    output.select()
    switch output.selection?.extent {
    case .open: remark = "j and k take more lines, v ends the range, Esc leaves"
    case .closed: remark = "v begins a range where the cursor is, Esc leaves"
    case .line, nil: break
    }
  }

  /// Opens or folds the tool call or thought under the cursor, else the one that was gone to, else
  /// the first one on the screen.
  mutating func openEntry() {
    guard let section = output.foldable else {
      remark =
        output.selection == nil
        ? "no tool call or thought is on the screen" : "this line is no tool call and no thought"
      return
    }
    if output.isFollowing { output.stopFollowing() }
    output.jumped = output.rendition.start(of: section)
    output.rendition.toggle(section)
  }
}

extension OutputView {
  /// The rows that a key means: the cursor's, else what is on the screen, from what was gone to on.
  var meantRows: [Range<Int>] {
    if let row = cursorRow { return [row..<row + 1] }
    let top = top
    let shown = top..<min(top + max(1, height), rendition.lineCount)
    guard let row = jumped.map({ rendition.index(of: $0) }), shown.contains(row) else {
      return [shown]
    }
    return [row..<shown.upperBound, shown]
  }

  fileprivate var foldable: Int? {
    meantRows.lazy.compactMap { $0.firstFoldable(in: rendition) }.first
  }
}

extension Range<Int> {
  fileprivate func firstFoldable(in rendition: Rendition) -> Int? {
    for row in self {
      if let section = rendition.foldable(at: row) { return section }
    }
    return nil
  }
}

extension Rendition {
  /// The first of a section's own lines.
  func start(of section: Int) -> OutputView.Anchor {
    OutputView.Anchor(source: sections[section].source, line: sections[section].gap)
  }

  /// The section of a row that can be opened.
  func foldable(at row: Int) -> Int? {
    guard row >= 0, row < lineCount else { return nil }
    let section = sectionIndex(of: row)
    return sections[section].isFoldable ? section : nil
  }

  /// Opens or folds a section at the next look.
  mutating func toggle(_ section: Int) {
    let source = sections[section].source
    if toggled.remove(source) == nil { toggled.insert(source) }
    sections[section].revision = -1
  }
}
