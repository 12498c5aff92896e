/// Reads Markdown to values.
public enum Markdown {
  /// Bytes that are read as Markdown; a longer text becomes one code block, as it is.
  public static let sizeLimit = 16 << 20

  /// Levels of blocks and marks within each other; what lies deeper becomes flat text.
  public static let depthLimit = 64

  /// The blocks of a text; any text is valid Markdown.
  public static func parse(_ text: String) -> [Block] {
    var text = text
    return text.withUTF8 { blocks(of: $0) }
  }

  static func blocks(of bytes: UnsafeBufferPointer<UInt8>) -> [Block] {
    guard bytes.count <= sizeLimit else {
      return [.code(language: nil, text: String(decoding: bytes, as: UTF8.self))]
    }
    return Tree.read(bytes) { $0.blocks(depth: 0) }
  }
}
