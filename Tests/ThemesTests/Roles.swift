/// The roles that the console draws with.
enum Roles {
  /// Words that must be read: a contrast of 4.5 to 1 at least.
  static let words = """
    text accent title title.focused header header.live header.retry header.down header.cost
    hint.key hint.text message.info message.warning message.error group worker.running
    worker.pending worker.done worker.failed worker.unread worker.uncertain output.you output.ai
    output.tool output.reasoning output.error output.turn tool.running tool.done tool.failed
    markdown.heading markdown.strong markdown.emphasis markdown.code markdown.link markdown.quote
    markdown.table markdown.marker source.number file.name schedule.kind schedule.next input.text
    input.label input.focused overlay overlay.title button match
    """.split(whereSeparator: \.isWhitespace).map { String($0) }

  /// Chrome and what may recede: 3 to 1.
  static let chrome = ["dim", "stale", "gauge", "spark"] + frames

  /// What stands between panes and never on a selection.
  static let frames = ["rule", "overlay.frame"]

  static let grounds = ["selection", "selection.inactive"]

  static let all = words + chrome + grounds
}
