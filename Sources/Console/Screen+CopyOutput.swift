import Canvas
import Fleet
import Prose

/// What of the output pane can be copied: Markdown as the worker wrote it.
extension Screen {
  /// The message at the top of the screen, or the last text while the view follows.
  func message(of worker: WorkerState) -> String? {
    let transcript = worker.transcript
    guard output.isFollowing else { return shown(at: output.top, of: worker) }
    let last = transcript.entries.lastIndex { entry in
      switch entry.content {
      case .text, .plain: true
      default: false
      }
    }
    return last.map { text(around: $0, in: transcript) }
      ?? shown(at: output.rendition.lineCount - 1, of: worker)
  }

  private func shown(at line: Int, of worker: WorkerState) -> String? {
    let transcript = worker.transcript
    switch output.rendition.anchor(at: line).source {
    case .prompt(let turn, let index):
      guard transcript.prompts.indices.contains(turn),
        transcript.prompts[turn].indices.contains(index)
      else { return nil }
      return transcript.prompts[turn][index]
    case .entry(let number):
      let index = number - transcript.firstNumber
      // What comes from the scrollback is taken as it is drawn.
      guard !output.isEarlier, transcript.entries.indices.contains(index) else {
        return drawn(line)
      }
      switch transcript.entries[index].content {
      case .text, .plain: return text(around: index, in: transcript)
      case let content: return TranscriptText.lines(content).joined(separator: "\n")
      }
    case .turn, .event: return drawn(line)
    case .loss, nil: return nil
    }
  }

  /// A text that was cut because of its length, in one piece.
  private func text(around index: Int, in transcript: Transcript) -> String {
    let entries = transcript.entries
    var first = index
    while first > 0, entries[first].continuation != nil { first -= 1 }
    var last = index
    while last + 1 < entries.count, entries[last + 1].continuation != nil { last += 1 }
    return entries[first...last].reduce(into: "") { whole, entry in
      switch entry.content {
      case .text(let text), .plain(let text): whole += text
      default: break
      }
    }
  }

  /// The lines of what stands at a line.
  private func drawn(_ line: Int) -> String {
    let source = output.rendition.anchor(at: line).source
    let count = output.rendition.lines(of: source)
    let start = output.rendition.index(of: OutputView.Anchor(source: source, line: 0))
    return (start..<(start + count)).compactMap { output.rendition.line(at: $0) }
      .map { $0.spans.map(\.text).joined()[...].trimmingSuffix { $0 == " " } }
      .joined(separator: "\n")
  }

  /// The last code block on the screen, else the last that the worker wrote.
  func block(of worker: WorkerState) -> String? {
    var last: String?
    let rows = (0..<output.height).compactMap { output.rendition.line(at: output.top + $0) }
      .map { $0.spans.map(\.text).joined() }
    for entry in worker.transcript.entries.reversed() {
      guard case .text(let text) = entry.content, text.contains("```") || text.contains("~~~")
      else { continue }
      let blocks = Self.code(in: Markdown.parse(text))
      for block in blocks.reversed() {
        last = last ?? block
        let start = Sanitise.text(block).split(separator: "\n").first { $0.contains { $0 != " " } }
        if let start, rows.contains(where: { $0.contains(start.prefix(20)) }) { return block }
      }
    }
    return last
  }

  private static func code(in blocks: [Block]) -> [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .code(_, let text): [text]
      case .quote(let inner): code(in: inner)
      case .list(let list): list.items.flatMap { code(in: $0.blocks) }
      default: []
      }
    }
  }
}
