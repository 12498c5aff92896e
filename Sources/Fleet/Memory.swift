public import WorkerAPI

/// The port to what the console remembers between runs; `Registry` implements it over SQLite.
public protocol Memory: Sendable {
  /// Everything kept so far; called once, at the start.
  func recall() async throws -> Recollection
  /// Writes these changes in one transaction; when it returns they survive `kill -9`.
  func keep(_ memos: [Memo]) async throws
}

/// One change to what is remembered.
public enum Memo: Hashable, Sendable {
  /// Adds a worker or replaces what is known of it.
  case worker(KnownWorker)
  /// Forgets a worker with its drafts; on the server it goes on.
  case forget(String)
  /// Keeps a draft; one with empty text removes it.
  case draft(Draft)
  /// Journals an order before its request leaves.
  case intent(Intent)
  /// The intent of this id was answered, or discarded.
  case settled(String)
  /// A choice of the operator, such as the theme.
  case preference(name: String, value: String)
}

/// A worker as it is remembered: the API has no list call, so this is the only list.
public struct KnownWorker: Hashable, Sendable {
  public var id: String
  /// The operator's name for it; nil shows the instruction's first words.
  public var title: String?
  public var instruction: String
  public var budget: Budget
  /// Seconds since 1970 when this console came to know it.
  public var addedAt: Double
  public var isUnread: Bool
  /// The worker object as the server last gave it, as JSON text.
  public var lastSeen: String?
  /// Seconds since 1970 of `lastSeen`.
  public var lastSeenAt: Double?

  public init(
    id: String, title: String? = nil, instruction: String, budget: Budget, addedAt: Double,
    isUnread: Bool = false, lastSeen: String? = nil, lastSeenAt: Double? = nil
  ) {
    self.id = id
    self.title = title
    self.instruction = instruction
    self.budget = budget
    self.addedAt = addedAt
    self.isUnread = isUnread
    self.lastSeen = lastSeen
    self.lastSeenAt = lastSeenAt
  }
}

/// Text that was typed and not yet sent.
public struct Draft: Hashable, Sendable {
  /// What a draft is for; each subject has one draft.
  public enum Subject: Hashable, Sendable {
    case newWorker
    case followUp(worker: String)
    case schedule(worker: String)
  }

  public var subject: Subject
  public var text: String
  /// Characters before the cursor.
  public var cursor: Int
  public var budget: Budget

  public init(subject: Subject, text: String, cursor: Int, budget: Budget) {
    self.subject = subject
    self.text = text
    self.cursor = cursor
    self.budget = budget
  }
}

/// An order that was about to be sent; one that is found at a start is uncertain.
public struct Intent: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case create, `continue`, schedule, cancel }

  /// Also its idempotency key.
  public var id: String
  public var kind: Kind
  public var worker: String?
  /// The instruction; for a cancellation the schedule's id.
  public var input: String
  public var budget: Budget
  /// Seconds since 1970.
  public var madeAt: Double
  /// When a schedule is to fire; nil for the other kinds.
  public var when: ScheduleKind?

  public init(
    id: String, kind: Kind, worker: String? = nil, input: String, budget: Budget, madeAt: Double,
    when: ScheduleKind? = nil
  ) {
    self.id = id
    self.kind = kind
    self.worker = worker
    self.input = input
    self.budget = budget
    self.madeAt = madeAt
    self.when = when
  }
}

/// All that is remembered.
public struct Recollection: Hashable, Sendable {
  /// In the order in which they came to be known.
  public var workers: [KnownWorker]
  public var drafts: [Draft]
  public var intents: [Intent]
  public var preferences: [String: String]
  /// Sentences for the operator, such as where a damaged file was set aside.
  public var notices: [String]

  public init(
    workers: [KnownWorker] = [], drafts: [Draft] = [], intents: [Intent] = [],
    preferences: [String: String] = [:], notices: [String] = []
  ) {
    self.workers = workers
    self.drafts = drafts
    self.intents = intents
    self.preferences = preferences
    self.notices = notices
  }
}
