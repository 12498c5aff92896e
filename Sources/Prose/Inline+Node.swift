import CCmark

extension Node {
  /// The inlines under this node, which itself stands on level `depth`.
  func inlines(depth: Int) -> [Inline] {
    var result: [Inline] = []
    for child in children {
      let inline = child.inline(depth: depth + 1)
      if case .text(let words) = inline {
        if words.isEmpty { continue }
        if case .text(let before) = result.last {
          result[result.count - 1] = .text(before + words)
          continue
        }
      }
      result.append(inline)
    }
    return result
  }

  private func inline(depth: Int) -> Inline {
    switch kind {
    case CMARK_NODE_TEXT: .text(literal)
    case CMARK_NODE_CODE: .code(literal)
    case CMARK_NODE_HTML_INLINE: .html(literal)
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_IMAGE: .image(alternative: flatText, destination: destination)
    case _ where depth >= Markdown.depthLimit: .text(flatText)
    case CMARK_NODE_EMPH: .emphasis(inlines(depth: depth))
    case CMARK_NODE_STRONG: .strong(inlines(depth: depth))
    case CMARK_NODE_LINK:
      .link(destination: destination, title: title, inlines(depth: depth))
    default: kindName == "strikethrough" ? .strikethrough(inlines(depth: depth)) : .text(flatText)
    }
  }
}
