import WorkerAPI

func reduceDownload(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .download(let id, let file):
    if case .running = state.workers[id]?.downloads[file.key] { return [] }
    state.workers[id]?.downloads[file.key] = .running(bytes: 0, of: file.size)
    return [.download(worker: id, file)]
  case .downloading(let id, let file, let bytes, let total):
    state.workers[id]?.downloads[file] = .running(bytes: bytes, of: total)
    return []
  case .downloaded(let id, let file, let path, let bytes):
    state.workers[id]?.downloads[file] = .done(path: path, bytes: bytes)
    state.say(.info, "saved \(bytes) bytes to \(path)", now)
    guard state.workers[id] != nil else { return state.heard(at: now) }
    let saved = KeptFile(worker: id, file: file, path: path, bytes: bytes, at: now)
    return [.keep([.download(saved)])] + state.heard(at: now)
  case .downloadFailed(let id, let file, let reason):
    state.workers[id]?.downloads[file] = .failed(reason: reason)
    state.say(.error, "\(file) not saved: \(reason)", now)
    return []
  default:
    return []
  }
}
