public import WorkerAPI

/// What a worker has said and done so far, as a flat list of entries in the order of their start.
///
/// Bounded: past `textLimit` bytes the oldest entries are emptied, and `droppedBytes` says how much;
/// of one entry no more than that is kept.
public struct Transcript: Hashable, Sendable {
  /// Bytes of text, inputs and outputs that one transcript holds; an operator's screen of a week fits.
  public static let textLimit = 16 << 20

  public internal(set) var entries: [Entry] = []
  public internal(set) var turns: [Turn] = []
  /// Goes up when the transcript starts anew, so that a cache of drawn lines knows.
  public internal(set) var edition = 0
  public internal(set) var droppedBytes = 0
  /// Frames that could not be used, and chunk types that this version does not know.
  public internal(set) var oddities = Oddities()
  /// What the operator said before each turn, by turn.
  public internal(set) var prompts: [[String]] = []
  /// `[DONE]` was seen since the last turn began.
  public internal(set) var isDone = false

  var openText: [String: Int] = [:]
  var openReasoning: [String: Int] = [:]
  var calls: [String: Int] = [:]
  /// Data parts of the current turn, by name and id.
  var dataParts: [String: Int] = [:]
  /// Call ids of the current turn, by the id of their approval; at most `approvalLimit`.
  var approvals: [String: String] = [:]
  var stepStart = 0
  var heldBytes = 0
  /// Bytes of prompts that the stream brought.
  var promptBytes = 0
  var oldestKept = 0

  public init() {}

  public struct Oddities: Hashable, Sendable {
    public var malformed = 0
    public var unknown: [String: Int] = [:]
  }

  /// One message of the worker.
  public struct Turn: Hashable, Sendable {
    public var messageID: String?
    public var status: TurnStatus
    public var finishReason: String?
    /// Index of its first entry.
    public var firstEntry: Int
    /// Seconds since 1970, when the server says so in the message's metadata.
    public var startedAt: Double?
    public var metadata: JSON?
  }

  public enum TurnStatus: Hashable, Sendable { case streaming, completed, aborted, failed }

  public struct Entry: Hashable, Sendable {
    public var turn: Int
    /// Goes up with each change.
    public var revision = 0
    public var content: Content
    /// Seconds since 1970 when it began, if this console was watching; nil for what was replayed.
    public var startedAt: Double?
    public var endedAt: Double?
    /// Bytes counted against `textLimit`.
    var weight = 0

    public var duration: Double? {
      guard let startedAt, let endedAt else { return nil }
      return max(0, endedAt - startedAt)
    }
  }

  public enum Content: Hashable, Sendable {
    case text(String)
    case reasoning(String, isOpen: Bool)
    case tool(ToolCall)
    case source(WorkerSource)
    case file(WorkerFile)
    case data(name: String, id: String?, value: JSON)
    case error(String)
    case aborted(reason: String?)
    /// Text that came without the protocol's framing.
    case plain(String)
    /// Emptied to stay within the bound.
    case dropped
  }
}

/// One use of a tool.
public struct ToolCall: Hashable, Sendable {
  public var id: String
  public var name: String
  public var title: String?
  public var stage: Stage
  /// The input's JSON text as far as it has come.
  public var inputText: String
  public var input: JSON?
  public var output: JSON?

  public enum Stage: Hashable, Sendable {
    case inputStreaming, running, awaitingApproval, done, denied
    case failed(String)
  }

  public var isOpen: Bool {
    switch stage {
    case .inputStreaming, .running, .awaitingApproval: true
    case .done, .denied, .failed: false
    }
  }
}

extension Transcript {
  public var isEmpty: Bool { entries.isEmpty && prompts.isEmpty }

  /// The text of all that the worker wrote, for searching and saving.
  public var text: String {
    entries.compactMap { entry in
      switch entry.content {
      case .text(let text), .plain(let text): text
      default: nil
      }
    }.joined(separator: "\n\n")
  }

  /// What is going on at the very end: one line for the worker list; nil when nothing is.
  public var activity: String? {
    guard let last = entries.last(where: { if case .source = $0.content { false } else { true } })
    else { return nil }
    switch last.content {
    case .tool(let call):
      return [call.title ?? call.name, call.subject].compactMap(\.self).joined(separator: " ")
    case .reasoning: return "thinking"
    case .text(let text), .plain(let text):
      let line = text.utf8.suffix(200).split(separator: UInt8(ascii: "\n")).last ?? []
      return String(decoding: line, as: UTF8.self).filter { !"#*|`_\u{FFFD}".contains($0) }
    case .file(let file): return "wrote \(file.filename ?? file.url)"
    case .error(let message): return message
    case .aborted(let reason): return reason ?? "aborted"
    case .source, .data, .dropped: return nil
    }
  }
}

extension ToolCall {
  /// The most telling value of the input: an address, a query, a path.
  public var subject: String? {
    guard let members = input?.object?.members else { return nil }
    for name in ["url", "query", "path", "filename", "command", "question"] {
      if let text = members.first(where: { $0.name == name })?.value.string { return text }
    }
    return members.lazy.compactMap(\.value.string).first
  }
}
