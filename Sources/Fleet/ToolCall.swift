public import WorkerAPI

/// One use of a tool.
public struct ToolCall: Hashable, Sendable {
  public var id: String
  public var name: String
  public var title: String?
  /// Named in the call and not known beforehand; its part is a `dynamic-tool`.
  public var isDynamic = false
  public var state: State
  /// The input's JSON text as far as it has come; at most `inputLimit` bytes are kept.
  public var inputText = ""
  /// The half of a character that the last delta of the input ended with.
  var half: UInt16?
  /// The whole input, once it is there.
  public var input: JSON?
  public var output: JSON?
  public var errorText: String?
  /// An input that is not what the tool takes.
  public var rawInput: JSON?
  /// Whether the output will be replaced by another, where the server says so.
  public var isPreliminary: Bool?
  /// Further members of its part: `approval`, `providerExecuted`, provider's and tool's metadata.
  public var details = JSONObject()

  /// Bytes of a streamed input that are kept; what passes it is counted as dropped.
  public static let inputLimit = 4 << 20

  public init(
    id: String, name: String, title: String? = nil, isDynamic: Bool = false, state: State,
    input: JSON? = nil
  ) {
    self.id = id
    self.name = name
    self.title = title
    self.isDynamic = isDynamic
    self.state = state
    self.input = input
  }

  /// The state of a tool part, in the wire's words.
  public enum State: Hashable, Sendable {
    case inputStreaming, inputAvailable, approvalRequested, approvalResponded, outputAvailable
    case outputError, outputDenied
    /// Of a later version.
    case other(String)
  }

  /// Where it stands, for an operator.
  public enum Stage: Hashable, Sendable {
    case inputStreaming, running, awaitingApproval, done, denied
    case failed(String)
  }

  public var stage: Stage {
    switch state {
    case .inputStreaming: .inputStreaming
    case .inputAvailable, .other: .running
    case .approvalRequested: .awaitingApproval
    case .approvalResponded: details["approval"]?["approved"] == false ? .denied : .running
    case .outputAvailable: isPreliminary == true ? .running : .done
    case .outputError: .failed(errorText ?? "failed")
    case .outputDenied: .denied
    }
  }

  public var isOpen: Bool {
    switch stage {
    case .inputStreaming, .running, .awaitingApproval: true
    case .done, .denied, .failed: false
    }
  }

  /// The input as far as it is known: while it streams, the best value of the cut-off text
  /// (protocol.md (c), lenient reducer, rule 7).
  public var bestInput: JSON? {
    state == .inputStreaming ? input ?? CutJSON.value(of: inputText) : input
  }

  /// The most telling value of the input: an address, a query, a path.
  public var subject: String? {
    guard let members = subjectInput?.object?.members else { return nil }
    for name in ["url", "query", "path", "filename", "command", "question"] {
      if let text = members.first(where: { $0.name == name })?.value.string { return text }
    }
    return members.lazy.compactMap(\.value.string).first
  }

  /// Of an input that still streams only the beginning is read, because this is asked at each frame.
  private var subjectInput: JSON? {
    guard state == .inputStreaming, input == nil else { return input }
    return CutJSON.value(of: String(decoding: inputText.utf8.prefix(4096), as: UTF8.self))
  }
}

extension ToolCall.State {
  public init(word: String) {
    self = Self.words.first { $0.word == word }?.state ?? .other(word)
  }

  public var word: String {
    if case .other(let word) = self { return word }
    return Self.words.first { $0.state == self }?.word ?? ""
  }

  private static let words: [(state: Self, word: String)] = [
    (.inputStreaming, "input-streaming"), (.inputAvailable, "input-available"),
    (.approvalRequested, "approval-requested"), (.approvalResponded, "approval-responded"),
    (.outputAvailable, "output-available"), (.outputError, "output-error"),
    (.outputDenied, "output-denied"),
  ]
}
