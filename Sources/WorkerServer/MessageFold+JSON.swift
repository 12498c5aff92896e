import WorkerAPI

extension MessageFold {
  /// The stored UI message, with addresses as the client at `origin` sees them.
  func json(origin: String) -> JSON {
    [
      "id": .string(id), "role": "assistant", "metadata": .object(metadata),
      "parts": .array(parts.map { $0.json(words, origin: origin) }),
    ]
  }
}

extension MessageFold.Part {
  fileprivate func json(_ words: [String], origin: String) -> JSON {
    switch self {
    case .stepStart: ["type": "step-start"]
    case .text(let place, let isDone):
      ["type": "text", "text": .string(words[place]), "state": isDone ? "done" : "streaming"]
    case .reasoning(let place, let isDone):
      [
        "type": "reasoning", "text": .string(words[place]),
        "state": isDone ? "done" : "streaming",
      ]
    case .tool(let tool): tool.json
    case .source(let source):
      [
        "type": "source-url", "sourceId": .string(source.id), "url": .string(source.url),
        "title": source.title.map(JSON.string) ?? .null,
      ]
    case .file(let url, let mediaType):
      [
        "type": "file", "mediaType": .string(mediaType),
        "url": .string(Origin.fill(origin, into: url)),
      ]
    case .data(let name, let id, let value): Self.data(name, id, value)
    }
  }

  private static func data(_ name: String, _ id: String?, _ value: JSON) -> JSON {
    var object = JSONObject([("type", .string("data-\(name)"))])
    object["id"] = id.map(JSON.string)
    object["data"] = value
    return .object(object)
  }
}

extension MessageFold.Tool {
  fileprivate var json: JSON {
    var object = JSONObject([
      ("type", .string("tool-\(name)")), ("toolCallId", .string(call)),
    ])
    switch state {
    case .streaming: object["state"] = "input-streaming"
    case .ready: object["state"] = "input-available"
    case .output(let value):
      object["state"] = "output-available"
      object["output"] = value
    case .error(let message):
      object["state"] = "output-error"
      object["errorText"] = .string(message)
    }
    object["input"] = input
    return .object(object)
  }
}
