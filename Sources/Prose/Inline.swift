/// A piece of running text.
public indirect enum Inline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  /// Both written links and bare addresses; the destination is as it was written, of any scheme.
  case link(destination: String, title: String, [Inline])
  case image(alternative: String, destination: String)
  /// A line end that a renderer may draw as a space.
  case softBreak
  /// A line end that the writer asked for.
  case lineBreak
  /// Raw HTML, as it was written and never interpreted.
  case html(String)
}

extension [Inline] {
  /// The words without their marks; soft and hard breaks are spaces.
  public var plainText: String {
    var text = ""
    for inline in self {
      switch inline {
      case .text(let words), .code(let words), .html(let words): text += words
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner):
        text += inner.plainText
      case .link(_, _, let inner): text += inner.plainText
      case .image(let alternative, _): text += alternative
      case .softBreak, .lineBreak: text += " "
      }
    }
    return text
  }
}
