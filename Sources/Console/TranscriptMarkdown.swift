import Fleet
import WorkerAPI

/// A worker's output as a Markdown file: what was asked, what it wrote, what it used.
enum TranscriptMarkdown {
  static func text(_ worker: WorkerState) -> String {
    let transcript = worker.transcript
    var parts = ["# \(Sanitise.line(worker.title))"]
    if transcript.isCutOff {
      parts.append("*What came before is not in memory and not in this file.*")
    }
    let first = transcript.entries.first { !$0.content.isDropped }
    var turn = transcript.isCutOff ? (first?.turn ?? 0) - 1 : -1
    var isText = false
    for entry in transcript.entries {
      while turn < entry.turn {
        turn += 1
        parts += prompts(transcript, turn)
      }
      guard let part = part(entry.content) else { continue }
      let goesOn = isText && entry.continuation != nil
      if goesOn { parts[parts.count - 1] += part } else { parts.append(part) }
      if case .text = entry.content { isText = true } else { isText = false }
    }
    while turn < max(transcript.turns.count, transcript.prompts.count) {
      turn += 1
      parts += prompts(transcript, turn)
    }
    let sources = worker.sources.enumerated().map { index, source in
      "\(index + 1). \(Sanitise.line(source.title ?? "")) <\(Sanitise.line(source.url))>"
    }
    if !sources.isEmpty { parts.append("## Sources\n\n" + sources.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func prompts(_ transcript: Transcript, _ turn: Int) -> [String] {
    guard transcript.prompts.indices.contains(turn) else { return [] }
    return transcript.prompts[turn].map { prompt in
      let lines = Sanitise.text(prompt).split(separator: "\n", omittingEmptySubsequences: false)
      return "## You\n\n" + lines.map { "> \($0)" }.joined(separator: "\n")
    }
  }

  /// Nil for what has no words of its own.
  private static func part(_ content: Transcript.Content) -> String? {
    switch content {
    case .text(let text), .plain(let text): Sanitise.export(text)
    case .reasoning(let text, _):
      "<!-- reasoning -->\n\n"
        + Sanitise.text(text).split(separator: "\n").map { "> \($0)" }.joined(separator: "\n")
    case .tool(let call): tool(call)
    case .file(let file): "File: \(Sanitise.line(file.filename ?? file.url))"
    case .error(let message): "**Error:** \(Sanitise.line(message))"
    case .aborted(let reason): "**Aborted** \(Sanitise.line(reason ?? ""))"
    case .source, .data, .part, .dropped: nil
    }
  }

  /// A call with all that went in and came out.
  static func whole(_ call: ToolCall) -> String {
    var parts = [tool(call)]
    for (name, value) in [("in", call.bestInput ?? call.rawInput), ("out", call.output)] {
      guard let value else { continue }
      parts.append("\(name):\n\n\(Sanitise.export(value.string ?? value.pretty()))")
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func tool(_ call: ToolCall) -> String {
    let words = [call.title ?? call.name, call.subject].compactMap(\.self).joined(separator: " ")
    let end =
      switch call.stage {
      case .done: "ok"
      case .failed(let reason): "failed: \(reason)"
      case .denied: "denied"
      case .awaitingApproval: "wants approval"
      case .inputStreaming, .running: "running"
      }
    return "- tool: \(Sanitise.line("\(words), \(end)"))"
  }
}
