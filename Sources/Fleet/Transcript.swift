public import WorkerAPI

/// What a worker has said and done so far, as a flat list of entries in the order of their start.
///
/// Bounded: past `textLimit` bytes the oldest entries are emptied, and `droppedBytes` says how much;
/// of one entry no more than that is kept. A long text goes on in further entries, so that its
/// beginning can go while its end grows; the scrollback has what went.
public struct Transcript: Hashable, Sendable {
  /// Bytes of text, inputs and outputs that one transcript holds: some hundred screens, which are laid
  /// out anew within a frame or two when the width changes.
  public static let textLimit = 1 << 20

  public internal(set) var entries: [Entry] = []
  public internal(set) var turns: [Turn] = []
  /// Goes up when the transcript starts anew, so that a cache of drawn lines knows.
  public internal(set) var edition = 0
  public internal(set) var droppedBytes = 0
  /// Entries that went from the front: the number of `entries[0]` among all there ever were.
  public internal(set) var firstNumber = 0
  /// Frames that could not be used, and chunk types that this version does not know.
  public internal(set) var oddities = Oddities()
  /// What the operator said before each turn, by turn.
  public internal(set) var prompts: [[String]] = []
  /// Stored messages of others than the worker, where they stand.
  public internal(set) var asides: [Aside] = []
  /// `[DONE]` was seen since the last turn began.
  public internal(set) var isDone = false

  let bounds: Bounds
  var openText: [String: Int] = [:]
  var openReasoning: [String: Int] = [:]
  /// The entries of the current turn's calls, oldest first, by call id.
  var calls: [String: [Int]] = [:]
  /// Data parts of the current turn, by name and id.
  var dataParts: [String: Int] = [:]
  /// Call ids of the current turn, by the id of their approval; at most `approvalLimit`.
  var approvals: [String: String] = [:]
  /// The beginnings of steps, oldest first.
  var steps: [Step] = []
  var stepStart = 0
  /// Somebody else spoke after the last turn: what comes without a start opens a turn.
  var opensNext = false
  var heldBytes = 0
  /// Bytes of text, inputs and outputs since it began, those that were dropped among them.
  public var receivedBytes: Int { heldBytes + droppedBytes }
  /// Bytes that came since the scrollback was last given what is new.
  var fresh = Derived(0)
  /// Bytes of what others said that the stream brought.
  var promptBytes = 0
  var oldestKept = 0

  public init(bounds: Bounds = .screen) { self.bounds = bounds }

  /// One message of the worker.
  public struct Turn: Hashable, Sendable {
    public var messageID: String?
    public var status: TurnStatus
    public var finishReason: String?
    public var abortReason: String?
    /// Index of its first entry.
    public var firstEntry: Int
    /// Seconds since 1970, when the server says so in the message's metadata.
    public var startedAt: Double?
    public var metadata: JSON?
    /// What was said of it since it began; `status` is what of that counts now.
    var marks: Marks = []
    /// It only holds what belongs to no message: errors, or text without framing.
    var isImplicit = false
    var hasParts = false

    struct Marks: OptionSet, Hashable, Sendable {
      let rawValue: UInt8
      static let finished = Marks(rawValue: 1)
      static let aborted = Marks(rawValue: 2)
      static let failed = Marks(rawValue: 4)
    }
  }

  public enum TurnStatus: Hashable, Sendable { case streaming, completed, aborted, failed }

  public struct Entry: Hashable, Sendable {
    public var turn: Int
    /// Goes up with each change.
    public var revision = 0
    public var content: Content
    /// What the stream has said of a text's or a reasoning's end.
    var state = PartState.streaming
    /// Nil where a part begins; else how it goes on with the text of the entry before.
    public internal(set) var continuation: Continuation?
    /// How far a long text was searched for a place to cut it.
    var cut: TextCut?
    /// Members of the part that `content` has no place for.
    var details = JSONObject()
    /// The half of a character that the last delta ended with.
    var half: UInt16?
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

  /// The `state` of a text or reasoning part; a stored one may have none.
  enum PartState: Hashable, Sendable { case streaming, done, unstated }

  /// How a text goes on that was cut because of its length.
  public enum Continuation: String, Hashable, Sendable {
    /// Cut between two blocks.
    case markdown
    /// Cut within a block that is too long: no marks are read from here on.
    case plain
  }

  /// Where a step begins: before this entry of this turn.
  struct Step: Hashable, Sendable {
    var turn: Int
    var entry: Int
  }

  /// A stored message that is not the worker's, as it came.
  public struct Aside: Hashable, Sendable {
    /// It stands before this turn.
    public var turn: Int
    public var message: JSON
  }

  public enum Content: Hashable, Sendable {
    case text(String)
    case reasoning(String, isOpen: Bool)
    case tool(ToolCall)
    case source(WorkerSource)
    case file(WorkerFile)
    case data(name: String, id: String?, value: JSON)
    /// A part of a kind that has no drawing of its own.
    case part(JSONObject)
    case error(String)
    case aborted(reason: String?)
    /// Text that came without the protocol's framing.
    case plain(String)
    /// Emptied to stay within the bound.
    case dropped
  }
}

extension Transcript {
  public var isEmpty: Bool { entries.isEmpty && prompts.isEmpty }

  /// The text of all that the worker wrote, for searching and saving.
  public var text: String {
    entries.reduce(into: "") { whole, entry in
      switch entry.content {
      case .text(let text), .plain(let text):
        if !whole.isEmpty, entry.continuation == nil { whole += "\n\n" }
        whole += text
      default: break
      }
    }
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
      return Self.lastSentence(of: text)
    case .file(let file): return "wrote \(file.filename ?? file.url)"
    case .error(let message): return message
    case .aborted(let reason): return reason ?? "aborted"
    case .source, .data, .part, .dropped: return nil
    }
  }

  /// What was begun last of the last line with words, from the start of its sentence or at least of a
  /// word; a text that has none yet is being written.
  private static func lastSentence(of text: String) -> String {
    let tail = text.utf8.suffix(200)
    let lines = tail.split(separator: UInt8(ascii: "\n")).lazy.reversed().map { line in
      String(decoding: line, as: UTF8.self).filter { !"#*|`_\u{FFFD}".contains($0) }
    }
    guard let words = lines.first(where: { $0.contains { $0.isLetter || $0.isNumber } }) else {
      return "writing"
    }
    let isCut = tail.count < text.utf8.count && !tail.contains(UInt8(ascii: "\n"))
    let whole = isCut ? words.drop { $0 != " " } : words[...]
    let sentence = whole.ranges(of: ". ").last { $0.upperBound < whole.endIndex }
    return String(whole[(sentence?.upperBound ?? whole.startIndex)...].drop { $0 == " " })
  }
}
