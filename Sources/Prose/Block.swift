/// One block of a Markdown text (CommonMark 0.29 with GitHub's tables and task lists).
public indirect enum Block: Hashable, Sendable {
  /// Levels are 1 to 6.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case list(MarkdownList)
  case quote([Block])
  /// Text without its last line end; an unclosed fence is a code block too.
  case code(language: String?, text: String)
  case table(MarkdownTable)
  case rule
  /// Raw HTML, as it was written and never interpreted.
  case html(String)
}
