import WorkerAPI

func reduceDownload(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .download(let id, let file):
    if state.workers[id]?.downloads[file.key]?.progress != nil { return [] }
    state.workers[id]?.downloads[file.key] = .running(Progress(bytes: 0, of: file.size, at: now))
    return [.download(worker: id, file)]
  case .stopDownloads(let id, let files):
    return files.compactMap { file in
      guard case .running(let progress)? = state.workers[id]?.downloads[file] else { return nil }
      state.workers[id]?.downloads[file] = .stopping(progress)
      return .cancel(.download(worker: id, file: file))
    }
  case .downloading(let id, let file, let arrival):
    var progress = Progress(bytes: arrival.bytes, of: arrival.total, at: now)
    switch state.workers[id]?.downloads[file] {
    case .running(let known): progress = known
    // That of a worker that was forgotten and taken back.
    case nil: break
    case .stopping, .begun, .done, .failed: return []
    }
    if arrival.isResumed, !progress.isResumed {
      progress = Progress(bytes: arrival.bytes, of: arrival.total, at: now)
      progress.isResumed = true
    }
    progress.bytes = arrival.bytes
    progress.total = arrival.total
    progress.isLasting = arrival.isLasting
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
  case .downloadStopped(let id, let file, let kept):
    guard case .stopping(let progress)? = state.workers[id]?.downloads[file] else { return [] }
    state.workers[id]?.downloads[file] = kept.map { .begun(bytes: $0.bytes, of: progress.total) }
    state.answer(.info, stopped(file, at: kept?.bytes, of: progress.total), now)
    return []
  default:
    return []
  }
}

/// What is left of a download that was broken off, and what comes of that.
private func stopped(_ file: String, at bytes: Int?, of total: Int?) -> String {
  guard let bytes else { return "\(file) stopped; nothing of it is kept" }
  let whole = total.map { " of \(ByteCount.words($0))" } ?? ""
  return "\(file) stopped at \(ByteCount.words(bytes))\(whole); saving it again goes on from there"
}

extension Download {
  /// How far it is, while it is under way.
  public var progress: Progress? {
    switch self {
    case .running(let progress), .stopping(let progress): progress
    case .begun, .done, .failed: nil
    }
  }
}

/// How much of a file has come, and of which kind the answer is.
public struct Arrival: Hashable, Sendable {
  public var bytes: Int
  public var total: Int?
  /// An earlier attempt is gone on with.
  public var isResumed: Bool
  /// What came outlasts a break, for a later attempt.
  public var isLasting: Bool

  public init(bytes: Int, of total: Int?, isResumed: Bool = false, isLasting: Bool = false) {
    self.bytes = bytes
    self.total = total
    self.isResumed = isResumed
    self.isLasting = isLasting
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
  /// What came outlasts a break, for a later attempt.
  public var isLasting = false

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
