/// A Markdown text that still grows; only its unfinished end is parsed again.
///
/// Its blocks are always those that `Markdown.parse` gives for the whole text. Two streams are equal
/// when their texts are.
public struct MarkdownStream: Sendable {
  public private(set) var text = ""
  private var settled: [Block] = []
  /// Bytes of `text` whose blocks are in `settled`.
  private var settledSize = 0
  /// The blocks of the rest; nil when the rest is so long that they are parsed when asked for.
  private var open: [Block]? = []
  /// A link reference definition may stand in the text: it reaches every block, so none settles.
  private var mayDefine = false
  /// Bytes of rest at which settling is tried next; grows after a vain try, so that time stays
  /// linear in a block that does not end.
  private var nextTry = 0

  /// Bytes of rest that are parsed at each delta; keeps a delta well under a millisecond.
  private static let eagerSize = 4 << 10

  public init() {}

  /// All blocks so far, the unfinished one at the end as it looks now.
  ///
  /// When the unfinished part passes 4 KB, each call parses that part; keep the answer.
  public var blocks: [Block] { settled + (open ?? rest()) }

  /// The first so many blocks stay as they are when text is appended, unless a link reference
  /// definition comes: then this returns to 0.
  public var settledCount: Int { settled.count }

  /// Bytes of the unfinished end, which may change its meaning with each delta.
  public var openSize: Int { text.utf8.count - settledSize }

  public mutating func append(_ delta: String) {
    guard !delta.isEmpty else { return }
    let before = text.utf8.count
    text += delta
    if !mayDefine, text.withUTF8({ Definition.mayEnd(in: $0, from: before) }) {
      mayDefine = true
      settled = []
      settledSize = 0
    }
    let size = text.utf8.count - settledSize
    if !mayDefine, size >= nextTry, delta.utf8.contains(where: LineEnd.isPart) {
      let isSettled = settle()
      nextTry = isSettled || size <= Self.eagerSize ? 0 : size + size / 4
    }
    let isShort = text.utf8.count - settledSize <= Self.eagerSize
    open = isShort ? rest() : nil
  }

  /// The blocks of the bytes from `settledSize`.
  private func rest() -> [Block] {
    var text = text
    return text.withUTF8 {
      Markdown.blocks(of: UnsafeBufferPointer(rebasing: $0[settledSize...]))
    }
  }

  /// Takes over what lies before the last block that begins after a blank line.
  private mutating func settle() -> Bool {
    let start = settledSize
    let found = text.withUTF8 { Seam.last(in: UnsafeBufferPointer(rebasing: $0[start...])) }
    guard let found else { return false }
    settled += found.blocks
    settledSize += found.size
    return true
  }
}

extension MarkdownStream: Hashable {
  public static func == (one: MarkdownStream, other: MarkdownStream) -> Bool {
    one.text == other.text
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
