import CCmark
import Synchronization

/// The tree of a parsed text.
enum Tree {
  /// Parsing takes turns: cmark-gfm keeps the characters that its extensions claim in one table for
  /// the whole process, and fills and clears that table during each parse.
  private static let turn = Mutex(())

  private static let extensions: Void = cmark_gfm_core_extensions_ensure_registered()

  /// Lends the root of the tree and frees all nodes afterwards.
  static func read<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Node) -> Result
  ) -> Result {
    let guarded = Stop.guarded(bytes)
    var root = Node(pointer: nil)
    turn.withLock { _ in
      root = guarded?.withUnsafeBufferPointer { parse($0) } ?? parse(bytes)
    }
    defer { cmark_node_free(root.pointer) }
    return body(root)
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Node {
    _ = extensions
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "tasklist", "autolink"] {
      cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
    }
    // An empty buffer may have no address, and cmark compares addresses in it.
    if let start = bytes.baseAddress { cmark_parser_feed(parser, start, bytes.count) }
    return Node(pointer: cmark_parser_finish(parser))
  }
}
