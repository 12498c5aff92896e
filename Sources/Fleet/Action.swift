public import WorkerAPI

/// What happened, and what the operator wants of the fleet.
public enum Action: Hashable, Sendable {
  // The operator.
  /// The worker on the screen changed.
  case watch(String?)
  /// What a finished worker made has been looked at.
  case read(String)
  /// The operator's name for a worker; an empty one takes it away.
  case rename(String, String)
  case pin(String, Bool)
  case archive(String, Bool)
  case mark([String], Bool)
  /// What is done to several workers at once, in one transaction; the sentence says what was done.
  case several([Action], said: String)
  /// Undoes the last of the local actions above and below.
  case takeBack
  /// Takes a worker off this list; on the server it goes on.
  case forget(String)
  /// The operator typed yes: the next order of this id may pass a ceiling.
  case allow(intent: String)
  /// A key was pressed: somebody looks.
  case present
  /// The console ends: what is only in memory is to be kept.
  case closing
  case create(intent: String, input: String, budget: Budget)
  case continueWorker(intent: String, worker: String, input: String, budget: Budget)
  case schedule(intent: String, worker: String, ScheduleRequest)
  case cancelSchedule(intent: String, worker: String, schedule: String)
  /// Sends an uncertain order again, under its old key.
  case resend(String)
  /// Ends the doubt about an order: it became this worker, or (nil) its note is let go.
  case settle(String, as: String?)
  case download(worker: String, WorkerFile)
  /// Breaks off the downloads of these files, of those that are under way.
  case stopDownloads(worker: String, files: [String])
  /// Files came into sight of which an earlier attempt may have left a part.
  case seekParts(worker: String, [WorkerFile])
  case export(Export)
  /// Looks into a file.
  case preview(worker: String, WorkerFile)
  case closePreview
  case refresh(String?)
  /// What goes over the wire is written down from now on, or no more.
  case recording(Bool)
  case write(Draft)
  case prefer(name: String, value: String)
  /// A worker's raw events are looked at; nil ends that.
  case tap(String?)
  /// Workers that exist on the server and are to be known here.
  case adopt([KnownWorker])
  case say(State.Notice.Level, String)
  /// What came of a key of the operator's.
  case answer(State.Notice.Level, String)
  /// Brings a stretch of what a worker said from the scrollback.
  case readScrollback(String, ScrollbackPlace)
  case search(ScrollbackSearch)

  // Other consoles on the same memory.
  /// Another console asks the server; this one follows what it keeps.
  case accompany
  /// The console that asked the server is gone.
  case lead
  case others(Changes)
  /// Another console wrote to the scrollback.
  case scrollbackChanged

  // The scrollback.
  case scrollbackOpened(isFresh: Bool)
  case scrollbackDue
  case scrollbackFailed(String)
  /// A write succeeded after one that had failed.
  case scrollbackWorks
  case scrollbackRead(String, ScrollbackWindow?)
  case found(Finds)

  // The memory.
  case recalled(Recollection)
  /// Workers that were recalled without the words of their last answer, with them.
  case unfolded([WorkerState])
  case memoryFailed(String)

  // The stream of one worker.
  case stream(worker: String, StreamNews)
  /// The same of the connection whose raw events are looked at.
  case tapped(worker: String, StreamNews)

  // Answers, with the moment at which the question left.
  case polled(worker: String, Worker, askedAt: Double)
  case pollFailed(worker: String, Service.Failure)
  case emailLoaded(worker: String, String)
  case schedulesLoaded(worker: String, [Schedule])
  case schedulesFailed(worker: String, Service.Failure)
  case created(intent: String, Worker)
  case continued(intent: String, Worker)
  case scheduled(intent: String, worker: String, Schedule)
  case sendFailed(intent: String, Service.Failure)
  case scheduleCancelled(intent: String, worker: String, schedule: String, wasThere: Bool)
  case downloading(worker: String, file: String, Arrival)
  case downloaded(worker: String, file: String, SavedFile)
  case partFound(worker: String, file: String, bytes: Int, of: Int?)
  case previewed(worker: String, file: String, Preview.Shown)
  case previewFailed(worker: String, file: String, reason: String)
  case downloadFailed(worker: String, file: String, reason: String)
  /// A download was broken off as it was asked to, and this is left of it.
  case downloadStopped(worker: String, file: String, kept: PartialFile?)
  /// A request failed and goes out again by itself after a pause.
  case retrying(TransportRetry)
  /// An attempt at a request is over, as far as its head.
  case requested(TransportRecord)
}

/// What a worker's stream says while it is kept open.
public enum StreamNews: Hashable, Sendable {
  case opening, opened
  /// The events of one chunk, with the id to resume after.
  case items([StreamItem])
  /// Bytes came that complete no event, comments included.
  case alive
  case lost(reason: String, retryAfter: Double, StreamLoss = .unreachable)
  case ended
  case refused(reason: String, status: Int?)
}

/// One event of a stream with the id that stands after it.
public struct StreamItem: Hashable, Sendable {
  public var event: WorkerEvent
  /// Empty when the server sends no ids.
  public var id: String
  /// As it came; nil where nobody looks at that.
  public var raw: RawEvent?

  public init(_ event: WorkerEvent, id: String = "", raw: RawEvent? = nil) {
    self.event = event
    self.id = id
    self.raw = raw
  }
}
