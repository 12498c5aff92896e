/// A field of several lines that is being edited: the text, the cursor and what can be undone.
///
/// Text of more than 1 MiB of UTF-8 is refused: `insert` changes nothing and returns false.
public struct TextArea: Sendable {
  public static let byteLimit = 1 << 20

  var characters: [Character]
  var bytes: Int
  /// Characters before the cursor.
  var position: Int
  /// The column that moving up and down tries to keep.
  var goal: Int?
  var history = History()
  var killed = Killed()

  /// Text beyond the limit is cut at a character; without a position the cursor is at the end.
  public init(text: String = "", cursor: Int? = nil) {
    characters = []
    bytes = 0
    for character in Self.cleaned(text) {
      let size = character.utf8.count
      guard bytes + size <= Self.byteLimit else { break }
      characters.append(character)
      bytes += size
    }
    position = min(max(0, cursor ?? characters.count), characters.count)
  }

  /// Setting it puts the cursor at the end and forgets what could be undone.
  public var text: String {
    get { String(characters) }
    set { self = TextArea(text: newValue) }
  }

  /// Characters before the cursor; setting it clamps.
  public var cursor: Int {
    get { position }
    set {
      position = min(max(0, newValue), characters.count)
      goal = nil
      history.seal()
    }
  }

  public var isEmpty: Bool { characters.isEmpty }

  /// One kind of line end, so that a cluster is never a CRLF.
  static func cleaned(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    return String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
  }
}

/// Two areas are the same when they show the same; what can be undone does not count.
extension TextArea: Hashable {
  public static func == (left: TextArea, right: TextArea) -> Bool {
    left.position == right.position && left.characters == right.characters
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(position)
    hasher.combine(characters)
  }
}
