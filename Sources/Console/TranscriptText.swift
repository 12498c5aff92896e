import Canvas
public import Fleet
import WorkerAPI

/// A whole transcript as plain text in linear mode: everything unfolded, nothing wrapped, no colours.
public enum TranscriptText {
  /// Lines without their ends; text keeps its Markdown, and nothing in it can act on a terminal.
  public static func lines(_ transcript: Transcript) -> [String] {
    var lines: [String] = []
    var turn = -1
    for entry in transcript.entries {
      while turn < entry.turn {
        turn += 1
        lines += prompts(transcript, turn)
      }
      lines += self.lines(entry.content)
    }
    while turn < max(transcript.turns.count, transcript.prompts.count) {
      turn += 1
      lines += prompts(transcript, turn)
    }
    return lines
  }

  /// The lines that the output pane would show at a width of so many columns, unfolded.
  public static func screen(_ transcript: Transcript, width: Int) -> [String] {
    var rendition = Rendition()
    rendition.update(
      transcript,
      Rendition.Setting(
        width: width, theme: .plain, unicode: true, isUnfolded: true, edition: transcript.edition))
    return (0..<rendition.lineCount).map { index in
      let text = rendition.line(at: index)?.spans.map(\.text).joined() ?? ""
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func prompts(_ transcript: Transcript, _ turn: Int) -> [String] {
    guard transcript.prompts.indices.contains(turn) else { return [] }
    return transcript.prompts[turn].flatMap { rows($0, after: "you: ") }
  }

  static func lines(_ content: Transcript.Content) -> [String] {
    switch content {
    case .text(let text), .plain(let text): rows(text)
    case .reasoning(let text, _): rows(text, after: "think: ")
    case .tool(let call): lines(call)
    case .source(let source):
      [one("source", [source.title, source.url])]
    case .file(let file): [one("file", [file.filename ?? file.url, file.mediaType])]
    case .data(let name, _, let value): [one("data", [name, value.text])]
    case .part(let part): [one("part", [JSON.object(part).text])]
    case .error(let message): rows(message, after: "error: ")
    case .aborted(let reason): [one("aborted", [reason])]
    case .dropped: []
    }
  }

  private static func lines(_ call: ToolCall) -> [String] {
    let state =
      switch call.stage {
      case .inputStreaming: "preparing"
      case .running: "running"
      case .awaitingApproval: "wants approval"
      case .done: "ok"
      case .denied: "denied"
      case .failed: "failed"
      }
    var lines = [one("tool", [call.title ?? call.name, "(\(state))"])]
    if let input = call.bestInput ?? call.rawInput { lines += value("in", input) }
    if let output = call.output { lines += value("out", output) }
    if let error = call.errorText { lines += rows(error, after: "  error: ") }
    return lines
  }

  private static func value(_ name: String, _ value: JSON) -> [String] {
    rows(value.string ?? value.text, after: "  \(name): ")
  }

  /// The lines of a text, the first after a word, the others below it.
  private static func rows(_ text: String, after lead: String = "") -> [String] {
    guard !text.isEmpty else { return [] }
    let blank = String(repeating: " ", count: lead.utf8.count)
    return Sanitise.text(text).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated().map { ($0 == 0 ? lead : blank) + $1 }
  }

  private static func one(_ lead: String, _ words: [String?]) -> String {
    Sanitise.line("\(lead): " + words.compactMap(\.self).joined(separator: " "))
  }
}
