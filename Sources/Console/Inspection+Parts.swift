import Fleet
import WorkerAPI

extension Inspection {
  /// Nil for what the worker has no more.
  init?(_ subject: Subject, of state: WorkerState, isRaw: Bool, now: Double) {
    switch subject {
    case .worker: self.init(state, isRaw: isRaw, now: now)
    case .schedule(let id): self.init(schedule: id, of: state, isRaw: isRaw)
    case .source(let address): self.init(source: address, of: state, isRaw: isRaw, now: now)
    case .file(let key): self.init(file: key, of: state, isRaw: isRaw)
    }
  }

  private init?(schedule id: String, of state: WorkerState, isRaw: Bool) {
    guard let schedules = state.schedules,
      let schedule = schedules.value.first(where: { $0.id == id })
    else { return nil }
    let words = schedule.kind.words
    self.init(
      of: state.id, .schedule(id), title: "\(words) of \(state.title)",
      learned: schedules.learned, isOriginal: false, isRaw: isRaw)
    show(schedule.json) { inspection in
      inspection.add(1, "worker", state.title)
      inspection.add(1, "worker's id", state.id)
      inspection.add(1, "fires", words)
    }
  }

  private init?(source address: String, of state: WorkerState, isRaw: Bool, now: Double) {
    let sources = state.sources
    guard let index = sources.firstIndex(where: { $0.url == address }) else { return nil }
    let source = sources[index]
    let raw = state.worker?.raw["sources"]?.array?.first { $0["url"]?.string == address }
    self.init(
      of: state.id, .source(address), title: "[\(index + 1)] \(source.title ?? source.url)",
      learned: raw == nil ? nil : state.listed, isOriginal: raw != nil, isRaw: isRaw)
    let arrival = state.arrivals[address]
    show(raw ?? source.json) { inspection in
      inspection.add(1, "worker", state.title)
      inspection.add(1, "number", "\(index + 1)")
      let age = arrival?.at.map { "\(Figures.age(now - $0)) ago" }
      inspection.add(1, "came", age ?? "(not known)")
    }
  }

  private init?(file key: String, of state: WorkerState, isRaw: Bool) {
    guard let file = state.files.first(where: { $0.key == key }) else { return nil }
    let raw = state.worker?.raw["files"]?.array?.first { WorkerFile(json: $0)?.key == key }
    self.init(
      of: state.id, .file(key), title: file.filename ?? file.url,
      learned: raw == nil ? nil : state.listed, isOriginal: raw != nil, isRaw: isRaw)
    show(raw ?? file.json) { inspection in
      inspection.add(1, "worker", state.title)
      inspection.add(state.downloads[key], as: "saved")
    }
  }

  /// The JSON alone, or what is known here and then its members.
  private mutating func show(_ json: JSON, here: (inout Inspection) -> Void) {
    if isRaw { return write(json) }
    add(0, "here", "", isHeading: true)
    here(&self)
    add(0, isOriginal ? "as the server gave it" : "as this version reads it", "", isHeading: true)
    branch(json, 1)
  }
}
