extension TextArea {
  /// One replacement: enough to take it back.
  struct Edit: Sendable {
    var start: Int
    var removed: [Character]
    var inserted: Int
    var cursor: Int
    /// Typed characters join the edit before them until something else happens.
    var isOpen: Bool
  }

  /// What can be undone: at most 200 edits that hold 256 Ki removed characters together; the
  /// oldest are forgotten.
  struct History: Sendable {
    static let stepLimit = 200
    static let characterLimit = 1 << 18

    private(set) var edits: [Edit] = []
    /// What was taken back, the latest last; the next edit ends the way there.
    private(set) var undone: [Edit] = []
    private var held = 0

    mutating func seal() {
      if let last = edits.indices.last { edits[last].isOpen = false }
    }

    mutating func record(_ edit: Edit) {
      undone = []
      if let last = edits.indices.last, edits[last].isOpen, edit.isOpen,
        edits[last].start + edits[last].inserted == edit.start
      {
        edits[last].inserted += edit.inserted
        return
      }
      push(edit)
    }

    mutating func push(_ edit: Edit) {
      edits.append(edit)
      held += edit.removed.count
      while edits.count > Self.stepLimit || (held > Self.characterLimit && edits.count > 1) {
        held -= edits.removeFirst().removed.count
      }
    }

    mutating func takeLast() -> Edit? {
      guard let edit = edits.popLast() else { return nil }
      held -= edit.removed.count
      return edit
    }

    /// Never more than was taken back of what is held to its bounds.
    mutating func pushUndone(_ edit: Edit) { undone.append(edit) }

    mutating func takeUndone() -> Edit? { undone.popLast() }
  }

  /// Takes the last edit back; false when there is none.
  @discardableResult
  public mutating func undo() -> Bool {
    guard let edit = history.takeLast() else { return false }
    history.pushUndone(reverse(edit))
    return true
  }

  /// Makes the edit again that was taken back last; false when there is none.
  @discardableResult
  public mutating func redo() -> Bool {
    guard let edit = history.takeUndone() else { return false }
    history.push(reverse(edit))
    return true
  }

  /// Does the opposite of an edit, and answers the edit that brings back what was.
  private mutating func reverse(_ edit: Edit) -> Edit {
    let range = edit.start..<min(characters.count, edit.start + edit.inserted)
    let opposite = Edit(
      start: edit.start, removed: Array(characters[range]), inserted: edit.removed.count,
      cursor: position, isOpen: false)
    bytes += Self.size(edit.removed[...]) - Self.size(characters[range])
    characters.replaceSubrange(range, with: edit.removed)
    position = min(edit.cursor, characters.count)
    goal = nil
    history.seal()
    return opposite
  }

  static func size(_ characters: ArraySlice<Character>) -> Int {
    characters.reduce(0) { $0 + $1.utf8.count }
  }
}
