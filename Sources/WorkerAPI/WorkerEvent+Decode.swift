extension WorkerEvent {
  /// Reads the data of any event through its JSON (protocol.md (c), lenient reducer, rules 1 to 3).
  init(general data: String) {
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
      } else if let delta = DeltaReader.event(text) {
        self = delta
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
    guard type.hasPrefix("tool-") else {
      return decodePlain(type, object) { .unknown(type: type, json) }
    }
    guard ToolEvent.types.contains(type) else { return .unknown(type: type, json) }
    // An approval's answer may name only the approval; the transcript knows whose it is.
    let call =
      object.text("toolCallId")
      ?? (type == "tool-approval-response" ? object.text("approvalId") : nil)
    return call.flatMap { call in
      ToolEvent.decode(type, object).map { .tool(callID: call, $0) }
    }
  }

  private static func decodePlain(
    _ type: String, _ object: JSONObject, unknown: () -> WorkerEvent
  ) -> WorkerEvent? {
    let provider = object.members("providerMetadata")
    return switch type {
    case "start":
      .start(messageID: object.text("messageId"), metadata: object.present("messageMetadata"))
    case "start-step": .startStep
    case "finish-step": .finishStep
    case "reset-step": .resetStep
    case "text-start": object.text("id").map { .textStart(id: $0, provider: provider) }
    case "text-end": object.text("id").map { .textEnd(id: $0, provider: provider) }
    case "text-delta":
      object.delta.map { .textDelta(id: $0.id, delta: $0.delta, provider: provider) }
    case "reasoning-start": object.text("id").map { .reasoningStart(id: $0, provider: provider) }
    case "reasoning-end": object.text("id").map { .reasoningEnd(id: $0, provider: provider) }
    case "reasoning-delta":
      object.delta.map { .reasoningDelta(id: $0.id, delta: $0.delta, provider: provider) }
    case "source-url", "source-document", "file", "reasoning-file", "custom":
      decodePart(type, object, provider)
    // A null says nothing; an absent one is a missing field.
    case "message-metadata": object["messageMetadata"].map { .metadata($0) }
    case "error": object.text("errorText").map { .error($0) }
    case "abort": .abort(reason: object.text("reason"))
    case "finish":
      .finish(reason: object.text("finishReason"), metadata: object.present("messageMetadata"))
    default: unknown()
    }
  }

  /// The chunks that are whole parts.
  private static func decodePart(
    _ type: String, _ object: JSONObject, _ provider: JSON?
  ) -> WorkerEvent? {
    switch type {
    case "source-url":
      guard let id = object.text("sourceId"), let url = object.text("url") else { return nil }
      return .source(id: id, title: object.text("title"), url: url, provider: provider)
    case "source-document":
      guard let id = object.text("sourceId"), let mediaType = object.text("mediaType"),
        let title = object.text("title")
      else { return nil }
      return .document(
        id: id, title: title, mediaType: mediaType, filename: object.text("filename"),
        provider: provider)
    case "file":
      guard let url = object.text("url"), let mediaType = object.text("mediaType") else {
        return nil
      }
      return .file(url: url, mediaType: mediaType, provider: provider)
    default:
      let fields = type == "custom" ? ["kind"] : ["mediaType", "url"]
      var part = JSONObject([("type", .string(type))])
      for field in fields {
        guard let text = object.text(field) else { return nil }
        part[field] = .string(text)
      }
      part["providerMetadata"] = provider
      return .part(part)
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
  /// An input or output may be absent: JavaScript leaves out what is undefined.
  static func decode(_ type: String, _ object: JSONObject) -> ToolEvent? {
    let facts = ToolFacts(object)
    let name = object.text("toolName")
    let title = object.text("title")
    switch type {
    case "tool-input-start": return name.map { .inputStart(name: $0, title: title, facts: facts) }
    case "tool-input-delta":
      return object.text("inputTextDelta").map { .inputDelta(DeltaText($0)) }
    case "tool-input-available":
      return name.map {
        .inputAvailable(name: $0, title: title, input: object["input"], facts: facts)
      }
    case "tool-input-error":
      guard let name, let message = object.text("errorText") else { return nil }
      return .inputError(name: name, input: object["input"], message: message, facts: facts)
    case "tool-approval-request":
      var details = JSONObject()
      for name in ["isAutomatic", "signature"] { details[name] = object.present(name) }
      return object.text("approvalId").map { .approvalRequest(id: $0, details: details) }
    case "tool-approval-response":
      return object["approved"]?.bool.map {
        .approvalResponse(
          isApproved: $0, reason: object.text("reason"), id: object.text("approvalId"))
      }
    case "tool-output-available":
      return .output(object["output"], isPreliminary: object["preliminary"]?.bool, facts: facts)
    case "tool-output-error":
      return object.text("errorText").map { .outputError($0, facts: facts) }
    case "tool-output-denied": return .outputDenied
    default: return nil
    }
  }
}

extension ToolFacts {
  init(_ object: JSONObject) {
    self.init(
      isDynamic: object["dynamic"]?.bool ?? false,
      isProviderExecuted: object["providerExecuted"]?.bool,
      providerMetadata: object.members("providerMetadata"),
      toolMetadata: object.members("toolMetadata"))
  }
}

extension JSONObject {
  fileprivate func text(_ name: String) -> String? { self[name]?.string }

  fileprivate func present(_ name: String) -> JSON? {
    self[name].flatMap { $0.isPresent ? $0 : nil }
  }

  /// Nil unless it is an object.
  fileprivate func members(_ name: String) -> JSON? {
    self[name].flatMap { $0.object == nil ? nil : $0 }
  }

  fileprivate var delta: (id: String, delta: DeltaText)? {
    guard let id = text("id"), let delta = text("delta") else { return nil }
    return (id, DeltaText(delta))
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
