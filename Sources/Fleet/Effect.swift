public import WorkerAPI

/// Something to be done outside, as a value; `Runner` carries it out.
public enum Effect: Hashable, Sendable {
  case recall
  case keep([Memo])
  /// Keeps a worker's stream open until it ends or is cancelled.
  case follow(worker: String, lastEventID: String, isActive: Bool)
  /// Asks for the worker after a pause in seconds.
  case poll(worker: String, after: Double)
  /// Lets no poll go out before this moment, in seconds since 1970.
  case hold(until: Double)
  case loadSchedules(worker: String)
  case loadEmail(worker: String)
  /// Journals an order, then sends it; what costs money is not sent when it cannot be journaled.
  case send(Intent, Order)
  case download(worker: String, WorkerFile)
  /// Looks for what earlier attempts left of files.
  case seekParts(worker: String, [WorkerFile])
  case export(Export)
  /// Reads the head of a file, of the saved one where its path is known.
  case preview(worker: String, WorkerFile, saved: String?)
  /// Looks in a moment what is to be written to the scrollback.
  case scrollbackSoon
  case writeScrollback([ScrollbackChange])
  case readScrollback(worker: String, ScrollbackPlace)
  case search(ScrollbackSearch)
  /// Keeps another connection to a worker's stream open, whose events are kept as they come.
  case tap(worker: String, lastEventID: String, isActive: Bool)
  case cancel(Identity)

  /// What an effect is known by: starting one cancels the one with the same identity.
  public enum Identity: Hashable, Sendable {
    case follow(String)
    case poll(String)
    case schedules(String)
    case email(String)
    case download(worker: String, file: String)
    case seekParts(worker: String)
    case preview
    case scrollbackSoon
    case readScrollback
    case search
    case tap
    /// Effects that are never cancelled, each its own.
    case once(String)
  }

  /// Nil for effects that run to their end beside others like them, in the order of their start.
  public var identity: Identity? {
    switch self {
    case .recall, .keep, .cancel, .hold, .writeScrollback: nil
    case .export(let export): .once("\(export.place.rawValue)/\(export.name)")
    case .scrollbackSoon: .scrollbackSoon
    case .readScrollback: .readScrollback
    case .search: .search
    case .follow(let worker, _, _): .follow(worker)
    case .poll(let worker, _): .poll(worker)
    case .loadSchedules(let worker): .schedules(worker)
    case .loadEmail(let worker): .email(worker)
    case .send(let intent, _): .once(intent.id)
    case .download(let worker, let file): .download(worker: worker, file: file.key)
    case .seekParts(let worker, _): .seekParts(worker: worker)
    case .preview: .preview
    case .tap: .tap
    }
  }
}

/// What a journaled request asks for.
public enum Order: Hashable, Sendable {
  case create(RunRequest)
  case continueWorker(String, RunRequest)
  case schedule(String, ScheduleRequest)
  case cancelSchedule(String, schedule: String)
}

extension WorkerFile {
  /// What a file is known by within its worker.
  public var key: String { filename ?? url }
}
