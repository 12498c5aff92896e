/// What one event of a worker's stream says: a UI message chunk (protocol.md (c)), or whatever came
/// instead.
public enum WorkerEvent: Hashable, Sendable {
  /// Opens a message, or continues the one of that id.
  case start(messageID: String?, metadata: JSON?)
  case startStep
  case finishStep
  /// Drops the parts of the current step.
  case resetStep
  case textStart(id: String)
  case textDelta(id: String, delta: String)
  case textEnd(id: String)
  case reasoningStart(id: String)
  case reasoningDelta(id: String, delta: String)
  case reasoningEnd(id: String)
  case tool(callID: String, ToolEvent)
  case source(id: String, title: String?, url: String)
  case document(id: String, title: String, mediaType: String, filename: String?)
  case file(url: String, mediaType: String)
  case data(name: String, id: String?, value: JSON, isTransient: Bool)
  case metadata(JSON)
  case error(String)
  case abort(reason: String?)
  case finish(reason: String?, metadata: JSON?)
  /// A whole worker object in the middle of the stream.
  case snapshot(Worker)
  /// A whole stored message.
  case message(JSON)
  /// A JSON string that holds no JSON of its own: shown as text.
  case plainText(String)
  /// `[DONE]`; frames after it still count.
  case done
  /// A chunk type of a later version: counted and kept for the raw view, never an error.
  case unknown(type: String, JSON)
  /// A frame that cannot be used, with the reason; reported, and the stream goes on.
  case malformed(reason: String, data: String)
}

/// What happens to one tool call.
public enum ToolEvent: Hashable, Sendable {
  case inputStart(name: String, title: String?)
  case inputDelta(String)
  case inputAvailable(name: String, title: String?, input: JSON)
  case inputError(name: String, input: JSON, message: String)
  case approvalRequest(id: String)
  /// The call's id may be that of the approval.
  case approvalResponse(isApproved: Bool, reason: String?)
  case output(JSON, isPreliminary: Bool)
  case outputError(String)
  case outputDenied
}
