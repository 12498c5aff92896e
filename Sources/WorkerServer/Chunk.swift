import WorkerAPI

/// The UI message chunks that a stream carries (protocol.md (c)), with no field that version 6 of that
/// protocol does not list: its schemas are closed.
enum Chunk {
  static func start(message: String, metadata: JSON) -> JSON {
    ["type": "start", "messageId": .string(message), "messageMetadata": metadata]
  }

  static let startStep: JSON = ["type": "start-step"]
  static let finishStep: JSON = ["type": "finish-step"]

  /// `text-start`, `text-end` and the same for reasoning.
  static func bound(_ type: String, id: String) -> JSON {
    ["type": .string(type), "id": .string(id)]
  }

  static func delta(_ type: String, id: String, _ text: String) -> JSON {
    ["type": .string(type), "id": .string(id), "delta": .string(text)]
  }

  static func toolStart(call: String, name: String) -> JSON {
    ["type": "tool-input-start", "toolCallId": .string(call), "toolName": .string(name)]
  }

  static func toolInputDelta(call: String, _ text: String) -> JSON {
    ["type": "tool-input-delta", "toolCallId": .string(call), "inputTextDelta": .string(text)]
  }

  static func toolInput(call: String, name: String, _ input: JSON) -> JSON {
    [
      "type": "tool-input-available", "toolCallId": .string(call), "toolName": .string(name),
      "input": input,
    ]
  }

  static func toolOutput(call: String, _ output: JSON) -> JSON {
    ["type": "tool-output-available", "toolCallId": .string(call), "output": output]
  }

  static func toolError(call: String, _ message: String) -> JSON {
    ["type": "tool-output-error", "toolCallId": .string(call), "errorText": .string(message)]
  }

  static func source(id: String, title: String, url: String) -> JSON {
    [
      "type": "source-url", "sourceId": .string(id), "url": .string(url), "title": .string(title),
    ]
  }

  static func file(url: String, mediaType: String) -> JSON {
    ["type": "file", "url": .string(url), "mediaType": .string(mediaType)]
  }

  static func data(name: String, _ value: JSON) -> JSON {
    ["type": .string("data-\(name)"), "id": .string(name), "data": value]
  }

  static func metadata(_ value: JSON) -> JSON {
    ["type": "message-metadata", "messageMetadata": value]
  }

  static func error(_ message: String) -> JSON {
    ["type": "error", "errorText": .string(message)]
  }

  static func finish(reason: String, metadata: JSON) -> JSON {
    ["type": "finish", "finishReason": .string(reason), "messageMetadata": metadata]
  }
}
