import CCmark

extension Node {
  /// The blocks under this node, which itself stands on level `depth`.
  func blocks(depth: Int) -> [Block] {
    children.map { $0.block(depth: depth + 1) }
  }

  /// This node, which stands on level `depth`, the top level being 1.
  func block(depth: Int) -> Block {
    switch kind {
    case CMARK_NODE_PARAGRAPH:
      return .paragraph(inlines(depth: depth))
    case CMARK_NODE_HEADING:
      return .heading(level: Int(cmark_node_get_heading_level(pointer)), inlines(depth: depth))
    case CMARK_NODE_CODE_BLOCK:
      return .code(language: language, text: lines)
    case CMARK_NODE_HTML_BLOCK:
      return .html(lines)
    case CMARK_NODE_THEMATIC_BREAK:
      return .rule
    case _ where depth >= Markdown.depthLimit:
      return .paragraph([.text(flatText)])
    case CMARK_NODE_BLOCK_QUOTE:
      return .quote(blocks(depth: depth))
    case CMARK_NODE_LIST:
      return .list(list(depth: depth))
    default:
      if kindName == "table" { return .table(table(depth: depth)) }
      return .paragraph([.text(flatText)])
    }
  }

  private func list(depth: Int) -> MarkdownList {
    let isNumbered = cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST
    return MarkdownList(
      start: isNumbered ? Int(cmark_node_get_list_start(pointer)) : nil,
      isTight: cmark_node_get_list_tight(pointer) != 0,
      items: children.map { item in
        let isTask = item.kindName == "tasklist"
        return MarkdownList.Item(
          task: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(item.pointer) : nil,
          blocks: item.blocks(depth: depth))
      })
  }

  private func table(depth: Int) -> MarkdownTable {
    let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
    let marks = UnsafeBufferPointer(
      start: cmark_gfm_extensions_get_table_alignments(pointer), count: count)
    var table = MarkdownTable(alignments: marks.map(MarkdownTable.Alignment.init), header: [])
    for row in children {
      let cells = row.children.map { $0.inlines(depth: depth) }
      if cmark_gfm_extensions_get_table_row_is_header(row.pointer) != 0 {
        table.header = cells
      } else {
        table.rows.append(cells)
      }
    }
    return table
  }

  /// The first word after the fence.
  private var language: String? {
    guard let start = cmark_node_get_fence_info(pointer) else { return nil }
    let information = Stop.restored(String(cString: start))
    return information.split(whereSeparator: \.isWhitespace).first.map { String($0) }
  }

  /// The literal with every line end as "\n" and without the last one.
  private var lines: String {
    var text = literal
    if text.utf8.contains(UInt8(ascii: "\r")) {
      text = String(text.map { $0.isCarriageReturn ? "\n" : $0 })
    }
    if text.utf8.last == UInt8(ascii: "\n") { text.unicodeScalars.removeLast() }
    return text
  }
}

extension Character {
  fileprivate var isCarriageReturn: Bool { self == "\r\n" || self == "\r" }
}

extension MarkdownTable.Alignment {
  fileprivate init(mark: UInt8) {
    self =
      switch mark {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .none
      }
  }
}
