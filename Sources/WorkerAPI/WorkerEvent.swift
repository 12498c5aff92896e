/// What one event of a worker's stream says: a UI message chunk (protocol.md (c)), or whatever came
/// instead.
public enum WorkerEvent: Hashable, Sendable {
  /// Opens a message, or continues the one of that id.
  case start(messageID: String?, metadata: JSON?)
  case startStep
  case finishStep
  /// Drops the parts of the current step.
  case resetStep
  /// Provider metadata (`pm`) travels with most parts; a later one of the same part replaces it.
  case textStart(id: String, provider: JSON? = nil)
  case textDelta(id: String, delta: DeltaText, provider: JSON? = nil)
  case textEnd(id: String, provider: JSON? = nil)
  case reasoningStart(id: String, provider: JSON? = nil)
  case reasoningDelta(id: String, delta: DeltaText, provider: JSON? = nil)
  case reasoningEnd(id: String, provider: JSON? = nil)
  case tool(callID: String, ToolEvent)
  case source(id: String, title: String?, url: String, provider: JSON? = nil)
  case document(
    id: String, title: String, mediaType: String, filename: String?, provider: JSON? = nil)
  case file(url: String, mediaType: String, provider: JSON? = nil)
  case data(name: String, id: String?, value: JSON, isTransient: Bool)
  /// A part that comes whole and has no drawing of its own: `reasoning-file`, `custom`.
  case part(JSONObject)
  case metadata(JSON)
  case error(String)
  case abort(reason: String?)
  case finish(reason: String?, metadata: JSON?)
  /// A whole worker object in the middle of the stream.
  indirect case snapshot(Worker)
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
  case inputStart(name: String, title: String?, facts: ToolFacts = ToolFacts())
  case inputDelta(DeltaText)
  case inputAvailable(name: String, title: String?, input: JSON?, facts: ToolFacts = ToolFacts())
  case inputError(name: String, input: JSON?, message: String, facts: ToolFacts = ToolFacts())
  /// `details` are the approval's further members: `isAutomatic`, `signature`.
  case approvalRequest(id: String, details: JSONObject = JSONObject())
  /// The call's id may be that of the approval.
  case approvalResponse(isApproved: Bool, reason: String?, id: String? = nil)
  /// Nil is what the chunk does not say.
  case output(JSON?, isPreliminary: Bool?, facts: ToolFacts = ToolFacts())
  case outputError(String, facts: ToolFacts = ToolFacts())
  case outputDenied
}

/// What chunks about a tool may say beside their purpose.
public struct ToolFacts: Hashable, Sendable {
  public var isDynamic: Bool
  public var isProviderExecuted: Bool?
  public var providerMetadata: JSON?
  public var toolMetadata: JSON?

  public init(
    isDynamic: Bool = false, isProviderExecuted: Bool? = nil, providerMetadata: JSON? = nil,
    toolMetadata: JSON? = nil
  ) {
    self.isDynamic = isDynamic
    self.isProviderExecuted = isProviderExecuted
    self.providerMetadata = providerMetadata
    self.toolMetadata = toolMetadata
  }
}
