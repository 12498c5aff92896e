public import WorkerAPI

/// All that the console knows of its fleet; changed only by `reduce`.
public struct State: Hashable, Sendable {
  /// Streams that are followed at once; further running workers are only polled.
  public static let followLimit = 8
  public let followLimit: Int
  /// No order leaves: nothing is started, continued, scheduled or cancelled.
  public let isReadOnly: Bool
  /// Seconds after a stream's end during which an answer that says otherwise is taken for a late one.
  public static let lagLimit = 3.0
  /// Seconds until a worker is looked at again whose stream ended before its new turn.
  static let turnPause = 1.0
  /// Seconds in which a phase that was left is not entered again.
  public static let flipLimit = 2.0

  public var workers: Roster = [:]
  /// The ids in the order in which they came to be known.
  public var order: [String] = []
  /// The worker on the screen; its stream is followed first and its end needs no mark.
  public var watched: String?
  public var link = Link.idle
  public var drafts: [Draft.Subject: Draft] = [:]
  public var preferences: [String: String] = [:]
  /// What this console is among those on the same memory.
  public internal(set) var role = CompanyRole.leader
  /// When the newest figures were learned that another console kept, in seconds since 1970.
  public internal(set) var sharedAt: Double?
  /// To a leader: what a follower watches; nil when nobody follows.
  var guest: String?
  /// What this follower told the leader last.
  var told: String?
  /// Orders that are on their way, by intent id.
  public var sending: [String: Intent] = [:]
  /// Orders whose fate is not known, oldest first: sent before a crash or a broken connection.
  public var uncertain: [Intent] = []
  /// Orders on their way whose earlier attempt may have arrived: a refusal does not end that doubt.
  var doubted: Set<String> = []
  /// The latest thing to tell the operator.
  public var notice: Notice?
  public internal(set) var requests = RequestLog()
  /// Nil while nobody looks at raw events.
  public internal(set) var wire: WireLog?
  var wireRound = 0
  /// The latest time that nobody looked, with what changed meanwhile.
  public internal(set) var absence: Absence?
  var presence = Presence()
  var undo = Derived(Undo())
  /// Nil where no scrollback is kept.
  public internal(set) var scrollback: ScrollbackState?
  /// The file that is being looked at; one at a time is kept.
  public internal(set) var preview: Preview?
  public var isRecalled = false
  /// The worker that this console created last; the screen selects it when it appears.
  public var newest: String?
  /// The operator's zone, in which days and months begin.
  public var zone: Derived<Zone>
  public var ceilings: Ceilings
  public internal(set) var spending = Spending()
  /// What the latest runs cost, oldest first, by worker.
  public internal(set) var runs: [String: [RunCost]] = [:]
  /// What was sent, oldest first, each text once.
  public internal(set) var inputs: [PastInput] = []
  /// What was said of each ceiling.
  var warned: [Governor.Scope: Governor.Level] = [:]
  /// Orders that may pass a ceiling, by intent id: the operator typed yes.
  var allowed: Set<String> = []
  /// How far the server's wish for fewer requests reaches.
  var calm = Calm()
  /// What `follows` was asked for last.
  var followed = Derived<FollowKey?>(nil)
  /// The source of jitter; part of the state so that `reduce` stays pure.
  public var dice: Dice

  public init(
    seed: UInt64 = 1, zone: Zone = .utc, ceilings: Ceilings = Ceilings(),
    followLimit: Int? = nil, isReadOnly: Bool = false
  ) {
    dice = Dice(seed: seed)
    self.isReadOnly = isReadOnly
    self.followLimit = followLimit ?? Self.followLimit
    self.zone = Derived(zone)
    self.ceilings = ceilings
  }

  /// Why no order leaves a console that is read-only.
  public static let readOnlyReason =
    "read-only: nothing is sent; without --read-only the console can start, continue and schedule"

  /// What goes over the wire is written down.
  public internal(set) var isRecording = false

  /// A sentence on the message line.
  public struct Notice: Hashable, Sendable {
    public enum Level: Hashable, Sendable { case info, warning, error }

    public var level: Level
    public var text: String
    /// Seconds since 1970.
    public var at: Double
    /// It says that an order did not leave.
    public var isRefusal = false
    /// It answers a key of the operator's: news of workers leave it for `Notice.stay` seconds.
    public var isAnswer = false
    /// The schedule that was made, whose next fire is named in the zone of the screen.
    public var schedule: Schedule?

    /// Seconds in which a sentence can be read.
    static let stay = 3.0
  }
}

/// One worker as the console knows it.
public struct WorkerState: Hashable, Sendable {
  public var known: KnownWorker
  /// As the server last gave it.
  public var worker: Worker?
  public var phase: Reading<Phase>
  /// When and from what its sources and files were learned last.
  public internal(set) var listed: Reading<Learned>?
  public var transcript = Transcript()
  public var stream = StreamState.closed
  public var meter = Meter()
  public var email: String?
  public var schedules: Reading<[Schedule]>?
  public var downloads: [String: Download] = [:]
  /// The last event id seen, sent as `Last-Event-ID` when the stream is reopened.
  public var lastEventID = ""
  /// Where the connection that is being read meets the transcript.
  var seam = Seam()
  /// The stream had a gap: what it brought is compared with the stored messages once they are final.
  var hasGap = false
  /// Events that come before this moment are a replay, so their times are not known.
  var replayUntil = 0.0
  /// The turn's begin as seen by this console; the clock of a running turn.
  public var runningSince: Double?
  /// When the last run ended, if this console saw it end.
  public var finishedAt: Double?
  /// When a stream that was refused may be asked for again.
  var refusals = Derived(Retreat(first: 30, longest: 900))
  /// When a stream that told of the turns before only may be opened again.
  var turnWaits = Derived(Retreat(first: State.turnPause, longest: 30))
  /// Polls that failed one after the other.
  public var failures = 0
  /// The server does not know it (404); kept, because it is the operator's only note of it.
  public var isMissing = false
  /// The server does not show it to this key (403), or says more of it than is read; asked for rarely.
  var isBarred = false
  /// Charges that the memory does not have yet; the next note of the worker takes them along.
  var unwritten: [Charge] = []
  /// How it stood before the last change of its phase, and when that was.
  var turned: Reading<Phase>?
  /// A finished run has been read through by a GET since its end.
  var isSettled = false
  var scrollback = Derived(ScrollbackMark())
  /// How much the stream brought lately; it is shown, and nothing is decided by it.
  public internal(set) var pulse = Derived(Pulse())
  /// The stream was left before its end: the transcript lacks what came after.
  var isCut = false

  public init(known: KnownWorker, phase: Reading<Phase>) {
    self.known = known
    self.phase = phase
  }
}

/// What streams are chosen by; as long as it stays, nothing is to be opened or closed.
struct FollowKey: Hashable, Sendable {
  var workers: Int
  var watched: String?
  var guest: String?
}

/// Something that only saves work, or cannot be compared: it takes no part in comparisons.
public struct Derived<Value: Sendable>: Hashable, Sendable {
  public var value: Value

  public init(_ value: Value) { self.value = value }

  public static func == (one: Self, other: Self) -> Bool { true }
  public func hash(into hasher: inout Hasher) {}
}

/// A value with when and from what it was learned.
public struct Reading<Value: Hashable & Sendable>: Hashable, Sendable {
  public enum Source: Hashable, Sendable { case stream, poll, memory }

  public var value: Value
  /// Seconds since 1970.
  public var at: Double
  public var source: Source

  public init(_ value: Value, at: Double, from source: Source) {
    self.value = value
    self.at = at
    self.source = source
  }

  /// When and from what it was learned, without what that was.
  public var learned: Reading<Learned> {
    let origin: Reading<Learned>.Source =
      switch source {
      case .stream: .stream
      case .poll: .poll
      case .memory: .memory
      }
    return Reading<Learned>(Learned(), at: at, from: origin)
  }
}

/// A reading of what stands elsewhere: only its time and its origin count.
public struct Learned: Hashable, Sendable {}

/// Where a worker stands, for an operator; failure is derived, the wire has no word for it.
public enum Phase: Hashable, Sendable {
  case unknown, pending, running, done
  case failed(reason: String)

  public var isActive: Bool { self == .running || self == .pending }
}

/// How a file's download stands.
public enum Download: Hashable, Sendable {
  case running(Progress)
  /// It was told to stop; what it leaves is not known yet.
  case stopping(Progress)
  /// An earlier attempt left these bytes, with which the next one goes on.
  case begun(bytes: Int, of: Int?)
  case done(SavedFile)
  case failed(reason: String)
}

/// The SplitMix64 generator (Steele, Lea and Flood, 2014), for jitter.
public struct Dice: Hashable, Sendable {
  private var seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// A number in 0..<1.
  public mutating func roll() -> Double {
    seed &+= 0x9E37_79B9_7F4A_7C15
    var bits = seed
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return Double(bits >> 11) / Double(1 << 53)
  }
}

extension WorkerState {
  public var id: String { known.id }

  /// Takes an answer for the newest that is known.
  mutating func know(_ answer: Worker, at moment: Double, from source: Reading<Learned>.Source) {
    worker = answer.bounded
    known.lastSeen = nil
    listed = Reading(Learned(), at: moment, from: source)
  }

  /// The operator's name for it, else its instruction's first line.
  public var title: String {
    if let title = known.title, !title.isEmpty { return title }
    let line = known.instruction.drop(while: \.isNewline).prefix { !$0.isNewline }
    return line.isEmpty ? known.id : String(line)
  }

  /// Sources in the order in which they came, from the stream and from the last answer.
  public var sources: [WorkerSource] {
    var seen: Set<String> = []
    let streamed = transcript.entries.compactMap { entry in
      if case .source(let source) = entry.content { source } else { nil }
    }
    return ((worker?.sources ?? []) + streamed).filter { seen.insert($0.url).inserted }
  }

  /// Files in the order in which they came, from the stream and from the last answer.
  public var files: [WorkerFile] {
    var seen: Set<String> = []
    let streamed = transcript.entries.compactMap { entry in
      if case .file(let file) = entry.content { file } else { nil }
    }
    return ((worker?.files ?? []) + streamed).filter { seen.insert($0.filename ?? $0.url).inserted }
  }

  /// When the run that goes on began: as the server says, else as this console saw it.
  public var turnStartedAt: Double? {
    guard phase.value.isActive else { return nil }
    if let turn = transcript.turns.last, turn.status == .streaming, let at = turn.startedAt {
      return at
    }
    return runningSince ?? (transcript.turns.count <= 1 ? worker?.createdAt : nil)
  }

  /// The soonest next run of its schedules.
  public var nextRunAt: Double? { schedules?.value.compactMap(\.nextRunAt).min() }
}
