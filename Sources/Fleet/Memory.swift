public import WorkerAPI

/// The port to what the console remembers between runs; `Registry` implements it over SQLite.
public protocol Memory: Sendable {
  /// Everything kept so far; called once, at the start.
  func recall() async throws -> Recollection
  /// Writes these changes in one transaction; when it returns they survive `kill -9`.
  func keep(_ memos: [Memo]) async throws
  /// What other programs changed since the last look, or since `recall`; empty when nothing.
  func changes() async throws -> [Memo]
}

/// One change to what is remembered.
public enum Memo: Hashable, Sendable {
  /// Adds a worker or replaces what is known of it.
  case worker(KnownWorker)
  /// Changes these fields of a worker; of one that was forgotten nothing comes back.
  case revise(KnownWorker, KnownWorker.Fields)
  /// Forgets a worker with its drafts; on the server it goes on.
  case forget(String)
  /// Keeps a draft; one with empty text removes it.
  case draft(Draft)
  /// Journals an order before its request leaves.
  case intent(Intent)
  /// The intent of this id was answered, or discarded.
  case settled(String)
  /// Adds to what a worker spent in a quarter of an hour.
  case charge(Charge)
  case run(RunCost)
  /// A file that was saved; a later one takes the place of an earlier one.
  case download(KeptFile)
  /// An instruction that was sent, for the history; one that is there moves to its end.
  case input(PastInput)
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
  public var isPinned = false
  /// Out of the list and never asked for; its schedules and its spending go on.
  public var isArchived = false
  /// Marked for what is done to several at once.
  public var isMarked = false
  /// How far its figures are entered in the books; nil before the first ones.
  public var account: Account?
  /// The worker object as the server last gave it, as JSON text; nil leaves what is kept. The
  /// state holds none, because it is as long as all that the worker said, but for one that is folded.
  public var lastSeen: String?
  /// Seconds since 1970 of `lastSeen`.
  public var lastSeenAt: Double?
  /// As the server last gave them; nil before it did.
  public var schedules: [Schedule]?
  /// Seconds since 1970 of `schedules`.
  public var schedulesAt: Double?
  /// The address to which mail for it goes.
  public var email: String?

  /// What of a worker changes by itself, so that two consoles do not undo each other's changes.
  public struct Fields: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let title = Fields(rawValue: 1)
    public static let pin = Fields(rawValue: 2)
    public static let archive = Fields(rawValue: 4)
    public static let mark = Fields(rawValue: 8)
    public static let unread = Fields(rawValue: 16)
    /// The last answer, its time and how far it is in the books.
    public static let figures = Fields(rawValue: 32)
    public static let schedules = Fields(rawValue: 64)
    public static let email = Fields(rawValue: 128)
    public static let all = Fields(rawValue: 255)
  }

  public init(
    id: String, title: String? = nil, instruction: String, budget: Budget, addedAt: Double,
    isUnread: Bool = false, isPinned: Bool = false, isArchived: Bool = false,
    isMarked: Bool = false, account: Account? = nil, lastSeen: String? = nil,
    lastSeenAt: Double? = nil
  ) {
    self.id = id
    self.title = title
    self.instruction = instruction
    self.budget = budget
    self.addedAt = addedAt
    self.isUnread = isUnread
    self.isPinned = isPinned
    self.isArchived = isArchived
    self.isMarked = isMarked
    self.account = account
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
  /// Where the cursor stood in the text that was sent, for a text that comes back; not journaled.
  var cursor: Int?

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

/// Where a worker's file was saved.
public struct KeptFile: Hashable, Sendable {
  public var worker: String
  /// What the file is known by within its worker.
  public var file: String
  public var path: String
  public var bytes: Int
  /// The SHA-256 of its bytes; nil for files of earlier versions.
  public var digest: String?
  /// Seconds since 1970.
  public var at: Double

  public init(
    worker: String, file: String, path: String, bytes: Int, digest: String? = nil, at: Double
  ) {
    self.worker = worker
    self.file = file
    self.path = path
    self.bytes = bytes
    self.digest = digest
    self.at = at
  }

  var saved: SavedFile { SavedFile(path: path, bytes: bytes, digest: digest) }
}

/// An instruction that was sent.
public struct PastInput: Hashable, Sendable {
  /// Inputs that are kept; the oldest goes first.
  public static let limit = 500

  public var text: String
  /// Seconds since 1970.
  public var at: Double

  public init(text: String, at: Double) {
    self.text = text
    self.at = at
  }
}

/// All that is remembered.
public struct Recollection: Hashable, Sendable {
  /// In the order in which they came to be known.
  public var workers: [KnownWorker]
  public var drafts: [Draft]
  public var intents: [Intent]
  public var preferences: [String: String]
  /// Of the last days, the workers' own sums left out: `worker` is empty.
  public var charges: [Charge] = []
  /// Oldest first.
  public var runs: [RunCost] = []
  public var downloads: [KeptFile] = []
  /// Oldest first.
  public var inputs: [PastInput] = []
  /// The workers as the state takes them, batch by batch, where that was worked out beforehand.
  var prepared = Derived<[[WorkerState]]>([])
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

extension KnownWorker {
  /// Which fields say something else than those of an earlier state of the same worker.
  public func differences(from earlier: KnownWorker) -> Fields {
    var fields: Fields = []
    if title != earlier.title { fields.insert(.title) }
    if isPinned != earlier.isPinned { fields.insert(.pin) }
    if isArchived != earlier.isArchived { fields.insert(.archive) }
    if isMarked != earlier.isMarked { fields.insert(.mark) }
    if isUnread != earlier.isUnread { fields.insert(.unread) }
    if lastSeenAt != earlier.lastSeenAt || account != earlier.account { fields.insert(.figures) }
    if schedulesAt != earlier.schedulesAt || schedules != earlier.schedules {
      fields.insert(.schedules)
    }
    if email != earlier.email { fields.insert(.email) }
    return fields
  }

  /// Takes these fields over from another state of the same worker.
  public mutating func take(_ fields: Fields, of other: KnownWorker) {
    if fields.contains(.title) { title = other.title }
    if fields.contains(.pin) { isPinned = other.isPinned }
    if fields.contains(.archive) { isArchived = other.isArchived }
    if fields.contains(.mark) { isMarked = other.isMarked }
    if fields.contains(.unread) { isUnread = other.isUnread }
    if fields.contains(.figures) {
      (account, lastSeenAt) = (other.account, other.lastSeenAt)
      lastSeen = other.lastSeen ?? lastSeen
    }
    if fields.contains(.schedules) {
      (schedules, schedulesAt) = (other.schedules, other.schedulesAt)
    }
    if fields.contains(.email) { email = other.email }
  }

  var withoutAnswer: KnownWorker {
    var known = self
    known.lastSeen = nil
    return known
  }

  /// `lastSeen` as a value; nil when there is none, or none that can be read.
  var answer: Worker? { lastSeen.flatMap { try? JSONReader.read($0) }.flatMap(Worker.init) }

  /// The same without what the worker said.
  var brief: Worker? {
    lastSeen.flatMap { try? JSONReader.read($0, skipping: Worker.words) }.flatMap(Worker.init)
  }
}
