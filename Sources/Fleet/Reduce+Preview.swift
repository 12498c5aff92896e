import WorkerAPI

func reducePreview(_ state: inout State, _ action: Action, now: Double) -> [Effect] {
  switch action {
  case .preview(let id, let file):
    guard let worker = state.workers[id] else { return [] }
    state.preview = Preview(worker: id, file: file, stage: .loading)
    var saved: String?
    if case .done(let done) = worker.downloads[file.key] { saved = done.path }
    return [.preview(worker: id, file, saved: saved)]
  case .previewed(let id, let file, let shown):
    guard state.preview?.worker == id, state.preview?.file.key == file else { return [] }
    state.preview?.stage = .shown(shown)
    return []
  case .previewFailed(let id, let file, let reason):
    guard state.preview?.worker == id, state.preview?.file.key == file else { return [] }
    state.preview?.stage = .failed(reason: reason)
    return []
  case .closePreview:
    state.preview = nil
    return [.cancel(.preview)]
  default: return []
  }
}
