import Canvas
import Fleet
import WorkerAPI

extension Screen {
  /// Those of a worker's files that are marked, in their order.
  func marked(in files: [WorkerFile]) -> [WorkerFile] {
    markedFiles.isEmpty ? [] : files.filter { markedFiles.contains($0.key) }
  }

  /// The files that a key is for: all that are marked, else the one under the cursor.
  private mutating func chosenFiles(_ fleet: State) -> [WorkerFile] {
    let files = selected.flatMap { fleet.workers[$0] }?.files ?? []
    guard !files.isEmpty else {
      remark = "this worker has no file yet"
      return []
    }
    let marked = marked(in: files)
    return marked.isEmpty ? Array(files.dropFirst(cursors[.files] ?? 0).prefix(1)) : marked
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
    guard case .running(let progress)? = fleet.workers[worker]?.downloads[file.key] else {
      return nil
    }
    return "\(file.key) is already being saved, \(FileRow.amount(progress))"
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
