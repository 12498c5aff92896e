import CCmark

/// One node of a tree; valid as long as its `Tree`.
struct Node {
  /// Absent only when there is no tree; cmark answers for it as for an empty node.
  let pointer: OpaquePointer?

  var kind: cmark_node_type { cmark_node_get_type(pointer) }

  /// The word by which extensions tell their nodes apart, such as "table" or "tasklist".
  var kindName: String { Node.text(cmark_node_get_type_string(pointer)) }

  var literal: String { Node.text(cmark_node_get_literal(pointer)) }

  var destination: String { Node.text(cmark_node_get_url(pointer)) }

  var title: String { Node.text(cmark_node_get_title(pointer)) }

  /// The line on which the node starts, from 1.
  var startLine: Int { Int(cmark_node_get_start_line(pointer)) }

  /// The line on which the node ends, from 1.
  var endLine: Int { Int(cmark_node_get_end_line(pointer)) }

  var children: some Sequence<Node> {
    sequence(state: cmark_node_first_child(pointer)) { next in
      guard let child = next else { return nil }
      next = cmark_node_next(child)
      return Node(pointer: child)
    }
  }

  /// All words under the node, without recursion; blocks and breaks are parted by spaces.
  var flatText: String {
    let steps = cmark_iter_new(pointer)
    defer { cmark_iter_free(steps) }
    var flat = ""
    while true {
      let event = cmark_iter_next(steps)
      if event == CMARK_EVENT_DONE { return flat }
      guard event == CMARK_EVENT_ENTER, let here = cmark_iter_get_node(steps) else { continue }
      let node = Node(pointer: here)
      switch node.kind {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE:
        flat += node.literal
      case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
        if !flat.isEmpty { flat += " " }
        flat += node.literal.split(whereSeparator: \.isNewline).joined(separator: " ")
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
        flat += " "
      default:
        let isBlock = node.kind.rawValue & UInt32(CMARK_NODE_TYPE_MASK) == blockMark
        if isBlock, !flat.isEmpty, flat.last != " " { flat += " " }
      }
    }
  }

  private static func text(_ start: UnsafePointer<CChar>?) -> String {
    guard let start else { return "" }
    return Stop.restored(String(cString: start))
  }
}

private let blockMark = UInt32(CMARK_NODE_TYPE_PRESENT)
