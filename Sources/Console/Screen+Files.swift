import Canvas
import Fleet
import WorkerAPI

extension Screen {
  /// Those of a worker's files that are marked, in their order.
  func marked(in files: [WorkerFile]) -> [WorkerFile] {
    markedFiles.isEmpty ? [] : files.filter { markedFiles.contains($0.key) }
  }

  /// The files that a key is for: all that are marked, else the one under the cursor.
  private func filesAtHand(_ fleet: State) -> [WorkerFile] {
    let files = selected.flatMap { fleet.workers[$0] }?.files ?? []
    let marked = marked(in: files)
    return marked.isEmpty ? Array(files.dropFirst(cursors[.files] ?? 0).prefix(1)) : marked
  }

  private mutating func chosenFiles(_ fleet: State) -> [WorkerFile] {
    let files = filesAtHand(fleet)
    if files.isEmpty { remark = "this worker has no file yet" }
    return files
  }

  /// Marks or unmarks the file under the cursor, which goes on to the next one.
  mutating func markFile(_ fleet: State, now: Double) -> [Outcome] {
    let files = selected.flatMap { fleet.workers[$0] }?.files ?? []
    guard let file = files.dropFirst(cursors[.files] ?? 0).first else {
      remark = "this worker has no file yet"
      return []
    }
    if markedFiles.remove(file.key) == nil { markedFiles.insert(file.key) }
    return focus == .files ? move(.moveDown, fleet, now: now) : []
  }

  /// What was marked is not any more, so that the same key does not save it all a second time.
  mutating func download(_ fleet: State) -> [Outcome] {
    let chosen = chosenFiles(fleet)
    guard let selected, !chosen.isEmpty else { return [] }
    let files = chosen.filter { underWay($0, of: selected, fleet) == nil }
    if files.isEmpty {
      remark =
        chosen.count == 1
        ? underWay(chosen[0], of: selected, fleet) : "all of these are already being saved"
    } else if chosen.count > 1 {
      let others = chosen.count - files.count
      remark =
        "saving \(Figures.counted(files.count, "file"))"
        + (others > 0 ? ", \(others) already being saved" : "")
    }
    markedFiles = []
    return files.map { .fleet(.download(worker: selected, $0)) }
  }

  /// Once a file, when it comes into sight.
  mutating func seekParts(_ fleet: State) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected],
      let learnedAt = worker.listed?.at, soughtAt[selected] != learnedAt
    else { return [] }
    soughtAt[selected] = learnedAt
    let new = worker.files.filter {
      worker.downloads[$0.key] == nil && soughtParts[selected]?.contains($0.key) != true
    }
    guard !new.isEmpty else { return [] }
    soughtParts[selected, default: []].formUnion(new.map(\.key))
    return [.fleet(.seekParts(worker: selected, new))]
  }

  /// That a file is being saved; nil where it is not.
  func underWay(_ file: WorkerFile, of worker: String, _ fleet: State) -> String? {
    switch fleet.workers[worker]?.downloads[file.key] {
    case .running(let progress):
      "\(file.key) is already being saved, \(FileRow.amount(progress))\(stopHint)"
    case .stopping: "\(file.key) is being stopped"
    case .begun, .done, .failed, nil: nil
    }
  }

  /// The key that stops it, where there is one in this place.
  private var stopHint: String {
    let binding = keymap.bindings.first { $0.context == context && $0.command == .stopDownload }
    return binding?.keys.first.map { "; \($0.name) stops it" } ?? ""
  }

  mutating func stopDownload(_ fleet: State) -> [Outcome] {
    let chosen = chosenFiles(fleet)
    guard let selected, !chosen.isEmpty else { return [] }
    return stop(chosen, of: selected, fleet)
  }

  /// Breaks off those that are being saved, at once where what came outlasts that; else it asks.
  mutating func stop(_ chosen: [WorkerFile], of worker: String, _ fleet: State) -> [Outcome] {
    let running = chosen.compactMap { file in
      saving(file, of: worker, fleet).map { (name: file.key, progress: $0) }
    }
    guard let first = running.first else {
      remark =
        chosen.count > 1
        ? "none of these is being saved"
        : chosen.first.map { underWay($0, of: worker, fleet) ?? "\($0.key) is not being saved" }
      return []
    }
    let action = Action.stopDownloads(worker: worker, files: running.map(\.name))
    let lost = running.filter { !$0.progress.isLasting && $0.progress.bytes > 0 }
    guard !lost.isEmpty else { return [.fleet(action)] }
    let isOne = running.count == 1
    let names = running.map { name, progress in
      "\(name), \(FileRow.amount(progress)), \(progress.isLasting ? "goes on later" : "lost")"
    }
    overlays.append(
      .confirm(
        Confirm(
          title: isOne ? "Stop saving this file?" : "Stop saving \(running.count) files?",
          names: isOne ? [] : names,
          lines: isOne ? [first.name, "\(FileRow.amount(first.progress)) came"] : [],
          consequence: "The server names no version of \(isOne ? "it" : "\(lost.count) of them"), "
            + "so that what came of \(lost.count == 1 ? "it" : "them") is lost.",
          brief: "What came is lost.", action: action, yes: isOne ? "stop it" : "stop them",
          no: "go on")))
    return []
  }

  private func saving(_ file: WorkerFile, of worker: String, _ fleet: State) -> Progress? {
    guard case .running(let progress)? = fleet.workers[worker]?.downloads[file.key] else {
      return nil
    }
    return progress
  }

  /// Whether there is a download that the key for stopping one would stop here.
  func canStop(_ fleet: State) -> Bool {
    if case .preview(let box) = overlays.last {
      return saving(box.file, of: box.worker, fleet) != nil
    }
    guard let selected else { return false }
    return filesAtHand(fleet).contains { saving($0, of: selected, fleet) != nil }
  }

  /// Leaves at once where nothing is lost by it, else with the second press.
  mutating func quit(_ fleet: State) -> [Outcome] {
    guard !wasAskedToQuit, let words = fleet.breaksOff else { return [.quit] }
    wantsToQuit = true
    remark = "once more quits; \(words)"
    return []
  }

  /// Opens the follow-up with a line for each file at its end.
  mutating func attachFiles(_ fleet: State) -> [Outcome] {
    let files = chosenFiles(fleet)
    guard !files.isEmpty else { return [] }
    let outcomes = openFollowUp(fleet)
    guard case .composer(var composer) = overlays.last else { return outcomes }
    markedFiles = []
    composer.mention(files)
    overlays[overlays.count - 1] = .composer(composer)
    if composer.problem == nil { remark = Composer.mentioned(files.count) }
    return outcomes + [.fleet(.write(composer.draft))]
  }
}
