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
    let files = chosenFiles(fleet)
    guard let selected, !files.isEmpty else { return [] }
    if files.count > 1 { remark = "saving \(files.count) files" }
    markedFiles = []
    return files.map { .fleet(.download(worker: selected, $0)) }
  }

  /// Opens the follow-up with a line for each file at its end: the API takes text alone, so the
  /// worker is told of the name and the address.
  mutating func attachFiles(_ fleet: State) -> [Outcome] {
    let files = chosenFiles(fleet)
    guard !files.isEmpty else { return [] }
    let outcomes = openFollowUp(fleet)
    guard case .composer(var composer) = overlays.last else { return outcomes }
    markedFiles = []
    let text = composer.area.text
    let lines = files.map(Self.mention).filter { !text.contains($0) }
    if !lines.isEmpty {
      composer.area.cursor = text.count
      let start = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
      _ = composer.paste(start + lines.joined(separator: "\n") + "\n")
    }
    overlays[overlays.count - 1] = .composer(composer)
    remark =
      files.count == 1
      ? "no file goes with a follow-up: its name and address are in the text"
      : "no file goes with a follow-up: the names and addresses are in the text"
    return outcomes + [.fleet(.write(composer.draft))]
  }

  /// A file by its name and the address that the server gave.
  private static func mention(_ file: WorkerFile) -> String {
    let url = Sanitise.line(file.url)
    guard let name = file.filename.map(Sanitise.line), name != url else { return "file \(url)" }
    return "file \(name): \(url)"
  }
}
