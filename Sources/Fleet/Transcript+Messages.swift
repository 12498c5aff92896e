public import WorkerAPI

extension Transcript {
  /// The messages as the protocol has them (protocol.md (c), "UIMessage"), with how each ended:
  /// `finish_reason`, `abort_reason` and `status`.
  public var messages: [JSON] {
    var messages: [JSON] = []
    var aside = asides.makeIterator()
    var coming = aside.next()
    for (index, turn) in turns.enumerated() {
      while let next = coming, next.turn <= index {
        messages.append(Self.message(next))
        coming = aside.next()
      }
      guard !turn.isImplicit else { continue }
      messages.append([
        "id": turn.messageID.json, "role": "assistant", "parts": .array(parts(of: index)),
        "metadata": turn.metadata ?? .null, "finish_reason": turn.finishReason.json,
        "abort_reason": turn.abortReason.json, "status": .string(turn.word),
      ])
    }
    while let next = coming {
      messages.append(Self.message(next))
      coming = aside.next()
    }
    return messages
  }

  private static func message(_ aside: Aside) -> JSON {
    [
      "id": aside.message["id"] ?? .null, "role": aside.message["role"] ?? .null,
      "parts": aside.message["parts"] ?? [], "metadata": aside.message["metadata"] ?? .null,
      "finish_reason": .null, "abort_reason": .null, "status": "completed",
    ]
  }

  /// The parts of one turn, with their protocol names; what the bounds took is missing.
  func parts(of turn: Int) -> [JSON] {
    let start = turns[turn].firstEntry
    let end = turn + 1 < turns.count ? turns[turn + 1].firstEntry : entries.count
    var parts: [JSON] = []
    var steps = self.steps.filter { $0.turn == turn }.makeIterator()
    var step = steps.next()
    for index in start..<max(start, end) {
      while let next = step, next.entry <= index {
        parts.append(["type": "step-start"])
        step = steps.next()
      }
      guard let part = entries[index].part else { continue }
      if entries[index].continuation != nil, let last = parts.last?.object {
        parts[parts.count - 1] = .object(last.continued(by: part))
      } else {
        parts.append(part)
      }
    }
    while step != nil {
      parts.append(["type": "step-start"])
      step = steps.next()
    }
    return parts
  }
}

extension JSONObject {
  /// A text with what follows of it; where it stands is said at its end.
  fileprivate func continued(by part: JSON) -> JSONObject {
    var whole = self
    for member in part.object?.members ?? [] where member.name != "type" {
      if member.name == "text" {
        whole["text"] = .string((whole["text"]?.string ?? "") + (member.value.string ?? ""))
      } else {
        whole[member.name] = member.value
      }
    }
    return whole
  }
}

extension Transcript.Turn {
  /// Lenient reducer, rule 8.
  fileprivate var word: String {
    if marks.contains(.aborted) { return "aborted" }
    if marks.contains(.failed) { return "error" }
    return marks.contains(.finished) ? "completed" : "incomplete"
  }
}

extension Transcript.Content {
  /// Of a message, and not said about one.
  var isPart: Bool {
    switch self {
    case .text, .reasoning, .tool, .source, .file, .data, .part: true
    case .error, .aborted, .plain, .dropped: false
    }
  }
}

extension Transcript.Entry {
  /// What it holds as JSON: its part of a message, or what was said about one.
  public var json: JSON {
    switch content {
    case .error(let text): ["type": "error", "errorText": .string(text)]
    case .aborted(let reason): ["type": "abort", "reason": reason.json]
    case .plain(let text): .string(text)
    case .dropped: .null
    default: part ?? .null
    }
  }

  /// Nil for what is no part of a message.
  var part: JSON? {
    var part = JSONObject()
    switch content {
    case .text(let text):
      part = JSONObject([("type", "text"), ("text", .string(text))])
      part["state"] = stateWord
    case .reasoning(let text, _):
      part = JSONObject([("type", "reasoning"), ("text", .string(text))])
      part["state"] = stateWord
    case .tool(let call): return call.part
    case .source(let source):
      let isDocument = details["mediaType"] != nil
      part["type"] = isDocument ? "source-document" : "source-url"
      part["sourceId"] = .string(source.id)
      if !isDocument { part["url"] = .string(source.url) }
      part["title"] = source.title.map { .string($0) }
    case .file(let file):
      part = JSONObject([
        ("type", "file"), ("mediaType", .string(file.mediaType)), ("url", .string(file.url)),
      ])
    case .data(let name, let id, let value):
      part["type"] = .string("data-\(name)")
      part["id"] = id.map { .string($0) }
      part["data"] = value
    case .part(let whole): return .object(whole)
    case .error, .aborted, .plain, .dropped: return nil
    }
    part.members += details.members
    return .object(part)
  }

  private var stateWord: JSON? {
    switch state {
    case .streaming: "streaming"
    case .done: "done"
    case .unstated: nil
    }
  }
}

extension ToolCall {
  fileprivate var part: JSON {
    var part = JSONObject([("type", isDynamic ? "dynamic-tool" : .string("tool-\(name)"))])
    if isDynamic { part["toolName"] = .string(name) }
    part["toolCallId"] = .string(id)
    part["state"] = .string(state.word)
    part["title"] = title.map { .string($0) }
    part["input"] = bestInput
    part["output"] = output
    part["errorText"] = errorText.map { .string($0) }
    part["rawInput"] = rawInput
    part["preliminary"] = isPreliminary.map { .bool($0) }
    part.members += details.members
    return .object(part)
  }
}

extension String? {
  fileprivate var json: JSON { map { .string($0) } ?? .null }
}
