extension WorkerEvent {
  /// Reads the data of one event; never fails, because an operator must see the rest of the stream
  /// (protocol.md (c), lenient reducer, rules 1 to 3).
  public init(data: String) {
    let trimmed = data.trimmed
    if trimmed == "[DONE]" {
      self = .done
      return
    }
    guard let json = try? JSONReader.read(data) else {
      let looksLikeJSON = trimmed.first.map { "{[\"".contains($0) } ?? true
      self =
        looksLikeJSON
        ? .malformed(reason: "not JSON", data: data) : .plainText(data)
      return
    }
    self.init(json: json, data: data, unwraps: true)
  }

  private init(json: JSON, data: String, unwraps: Bool) {
    switch json {
    case .string(let text):
      guard unwraps else {
        self = .plainText(text)
        return
      }
      if text.trimmed == "[DONE]" {
        self = .done
      } else if let inner = try? JSONReader.read(text), inner.object != nil {
        self.init(json: inner, data: text, unwraps: false)
      } else {
        self = .plainText(text)
      }
    case .object(let object):
      self = Self.decode(object, json) ?? .malformed(reason: "a field is missing", data: data)
    default:
      self = .malformed(reason: "no object", data: data)
    }
  }

  /// Nil when a required field is missing or mistyped.
  private static func decode(_ object: JSONObject, _ json: JSON) -> WorkerEvent? {
    guard let type = object["type"]?.string else {
      if object["object"]?.string == "worker" {
        return Worker(json: json).map(WorkerEvent.snapshot)
      }
      if object["role"]?.string != nil, object["parts"]?.array != nil { return .message(json) }
      return nil
    }
    if let name = type.dropPrefix("data-") {
      return object["data"].map {
        .data(
          name: name, id: object.text("id"), value: $0,
          isTransient: object["transient"]?.bool ?? false)
      }
    }
    if type.hasPrefix("tool-") {
      // An approval's answer may name only the approval; the transcript knows whose it is.
      let call =
        object.text("toolCallId")
        ?? (type == "tool-approval-response" ? object.text("approvalId") : nil)
      return call.flatMap { call in
        ToolEvent.decode(type, object).map { .tool(callID: call, $0) }
      } ?? (ToolEvent.types.contains(type) ? nil : .unknown(type: type, json))
    }
    return decodePlain(type, object) { .unknown(type: type, json) }
  }

  private static func decodePlain(
    _ type: String, _ object: JSONObject, unknown: () -> WorkerEvent
  ) -> WorkerEvent? {
    switch type {
    case "start":
      .start(messageID: object.text("messageId"), metadata: object.present("messageMetadata"))
    case "start-step": .startStep
    case "finish-step": .finishStep
    case "reset-step": .resetStep
    case "text-start": object.text("id").map { .textStart(id: $0) }
    case "text-end": object.text("id").map { .textEnd(id: $0) }
    case "text-delta": object.delta.map { .textDelta(id: $0.id, delta: $0.delta) }
    case "reasoning-start": object.text("id").map { .reasoningStart(id: $0) }
    case "reasoning-end": object.text("id").map { .reasoningEnd(id: $0) }
    case "reasoning-delta": object.delta.map { .reasoningDelta(id: $0.id, delta: $0.delta) }
    case "source-url":
      object.text("url").flatMap { url in
        object.text("sourceId").map { .source(id: $0, title: object.text("title"), url: url) }
      }
    case "source-document":
      object.text("sourceId").flatMap { id in
        object.text("mediaType").map {
          .document(
            id: id, title: object.text("title") ?? "", mediaType: $0,
            filename: object.text("filename"))
        }
      }
    case "file":
      object.text("url").flatMap { url in
        object.text("mediaType").map { .file(url: url, mediaType: $0) }
      }
    case "message-metadata": object.present("messageMetadata").map { .metadata($0) }
    case "error": object.text("errorText").map { .error($0) }
    case "abort": .abort(reason: object.text("reason"))
    case "finish":
      .finish(reason: object.text("finishReason"), metadata: object.present("messageMetadata"))
    default: unknown()
    }
  }
}

extension ToolEvent {
  /// The chunk types about tools that this version knows.
  static let types: Set<String> = [
    "tool-input-start", "tool-input-delta", "tool-input-available", "tool-input-error",
    "tool-approval-request", "tool-approval-response", "tool-output-available",
    "tool-output-error", "tool-output-denied",
  ]

  /// Nil for an unknown type, and when a required field is missing.
  ///
  /// An absent input or output is null: JavaScript leaves out what is undefined.
  static func decode(_ type: String, _ object: JSONObject) -> ToolEvent? {
    let name = object.text("toolName")
    return switch type {
    case "tool-input-start": name.map { .inputStart(name: $0, title: object.text("title")) }
    case "tool-input-delta": object.text("inputTextDelta").map { .inputDelta($0) }
    case "tool-input-available":
      name.map {
        .inputAvailable(name: $0, title: object.text("title"), input: object["input"] ?? .null)
      }
    case "tool-input-error":
      name.flatMap { name in
        object.text("errorText").map {
          .inputError(name: name, input: object["input"] ?? .null, message: $0)
        }
      }
    case "tool-approval-request": object.text("approvalId").map { .approvalRequest(id: $0) }
    case "tool-approval-response":
      object["approved"]?.bool.map {
        .approvalResponse(isApproved: $0, reason: object.text("reason"))
      }
    case "tool-output-available":
      .output(
        object["output"] ?? .null, isPreliminary: object["preliminary"]?.bool ?? false)
    case "tool-output-error": object.text("errorText").map { .outputError($0) }
    case "tool-output-denied": .outputDenied
    default: nil
    }
  }
}

extension JSONObject {
  fileprivate func text(_ name: String) -> String? { self[name]?.string }

  fileprivate func present(_ name: String) -> JSON? {
    self[name].flatMap { $0.isPresent ? $0 : nil }
  }

  fileprivate var delta: (id: String, delta: String)? {
    guard let id = text("id"), let delta = text("delta") else { return nil }
    return (id, delta)
  }
}

extension String {
  /// Without white space at either end.
  fileprivate var trimmed: Substring {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }

  fileprivate func dropPrefix(_ prefix: String) -> String? {
    hasPrefix(prefix) && count > prefix.count ? String(dropFirst(prefix.count)) : nil
  }
}
