import WorkerAPI

func reduceDownload(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .download(let id, let file):
    if case .running = state.workers[id]?.downloads[file.key] { return [] }
    state.workers[id]?.downloads[file.key] = .running(Progress(bytes: 0, of: file.size, at: now))
    return [.download(worker: id, file)]
  case .downloading(let id, let file, let bytes, let total, let isResumed):
    var progress = Progress(bytes: bytes, of: total, at: now)
    if case .running(let known) = state.workers[id]?.downloads[file] { progress = known }
    if isResumed, !progress.isResumed {
      progress = Progress(bytes: bytes, of: total, at: now)
      progress.isResumed = true
    }
    progress.bytes = bytes
    progress.total = total
    progress.seenAt = now
    state.workers[id]?.downloads[file] = .running(progress)
    return []
  case .downloaded(let id, let file, let saved):
    state.workers[id]?.downloads[file] = .done(saved)
    let digest = saved.digest.map { ", sha256 \($0.prefix(16))" } ?? ""
    // The path last: it is what may be cut at the edge and still be known from the list.
    state.say(.info, "saved \(ByteCount.words(saved.bytes))\(digest), to \(saved.path)", now)
    guard state.workers[id] != nil else { return state.heard(at: now) }
    let kept = KeptFile(
      worker: id, file: file, path: saved.path, bytes: saved.bytes, digest: saved.digest, at: now)
    return [.keep([.download(kept)])] + state.heard(at: now)
  case .seekParts(let id, let files):
    let unknown = files.filter { state.workers[id]?.downloads[$0.key] == nil }
    return unknown.isEmpty ? [] : [.seekParts(worker: id, unknown)]
  case .partFound(let id, let file, let bytes, let total):
    guard state.workers[id]?.downloads[file] == nil else { return [] }
    state.workers[id]?.downloads[file] = .begun(bytes: bytes, of: total)
    return []
  case .downloadFailed(let id, let file, let reason):
    state.workers[id]?.downloads[file] = .failed(reason: reason)
    state.say(.error, "\(file) not saved: \(reason)", now)
    return []
  default:
    return []
  }
}

/// How far a download is, and how fast it goes.
public struct Progress: Hashable, Sendable {
  public var bytes: Int
  public var total: Int?
  /// Where and when this attempt began.
  public var from: Int
  public var startedAt: Double
  public var seenAt: Double
  /// An earlier attempt is gone on with.
  public var isResumed = false

  public init(bytes: Int, of total: Int?, at moment: Double) {
    self.bytes = bytes
    self.total = total
    from = bytes
    startedAt = moment
    seenAt = moment
  }

  /// Bytes a second; nil in the first half second, which says nothing.
  public var rate: Double? {
    let seconds = seenAt - startedAt
    return seconds >= 0.5 ? Double(bytes - from) / seconds : nil
  }

  /// 0...1 where the whole is known.
  public var share: Double? {
    total.map { $0 <= 0 ? 1 : min(1, Double(bytes) / Double($0)) }
  }
}
