import Canvas

extension TextArea {
  /// Edits or moves by a key, with the motions of readline; false when the key is none of them.
  ///
  /// `width` is that of the rows on the screen, for up and down.
  mutating func edit(_ key: Key, width: Int) -> Bool {
    switch key {
    case .character(let character): _ = insert(String(character))
    case .backspace, .control("h"): deleteBackward()
    case .delete, .control("d"): deleteForward()
    case .left: moveLeft()
    case .right, .control("f"): moveRight()
    case .wordLeft: wordLeft()
    case .wordRight: wordRight()
    case .pageUp: for _ in 0..<8 { moveUp(width: width) }
    case .pageDown: for _ in 0..<8 { moveDown(width: width) }
    case .up: moveUp(width: width)
    case .down: moveDown(width: width)
    case .home: lineStart()
    case .end, .control("e"): lineEnd()
    case .control("k"): killToEnd()
    case .control("u"): killLine()
    case .control("w"), .wordBackspace: killWord()
    case .wordDelete: killNextWord()
    case .control("y"): yank()
    case .control("_"): undo()
    case .control("r"): redo()
    default: return false
    }
    return true
  }
}
