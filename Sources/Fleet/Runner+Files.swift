import WorkerAPI

extension Runner {
  /// Goes on with what an earlier attempt left, where the server still has the same file.
  func download(_ worker: String, _ file: WorkerFile) async {
    let name = file.savedName
    do {
      let begun = await ports.downloads.begun(name, of: worker)
      let stream = try await ports.service.file(
        file.target(of: worker), from: begun?.bytes ?? 0, tag: begun?.tag)
      let isResumed = stream.head.status == 206
      let from = isResumed ? begun?.bytes ?? 0 : 0
      let total = stream.head["content-length"].flatMap(Int.init).map { $0 + from } ?? file.size
      let start = Arrival(
        bytes: from, of: total, isResumed: isResumed, isLasting: stream.head.strongTag != nil)
      send(.downloading(worker: worker, file: file.key, start))
      let saved = try await ports.downloads.save(
        stream, as: name, of: worker, resuming: isResumed ? begun : nil
      ) { @MainActor [weak self] bytes in
        guard !Task.isCancelled else { return }
        var arrival = start
        arrival.bytes = bytes
        self?.send(.downloading(worker: worker, file: file.key, arrival))
      }
      send(.downloaded(worker: worker, file: file.key, saved))
    } catch {
      guard Task.isCancelled else {
        return send(
          .downloadFailed(worker: worker, file: file.key, reason: String(describing: error)))
      }
      // What is left is known once the folder has let go of it.
      let kept = await ports.downloads.begun(name, of: worker)
      send(.downloadStopped(worker: worker, file: file.key, kept: kept))
    }
  }

  func seekParts(_ worker: String, _ files: [WorkerFile]) async {
    for file in files {
      guard let begun = await ports.downloads.begun(file.savedName, of: worker) else { continue }
      send(.partFound(worker: worker, file: file.key, bytes: begun.bytes, of: file.size))
    }
  }

  /// Reads the head of a file, from the saved one where there is one, and makes out what it is.
  func preview(_ worker: String, _ file: WorkerFile, saved: String?) async {
    let name = file.savedName
    do {
      var head: FileHead?
      if let saved { head = try? await ports.downloads.head(of: saved, limit: FileContent.limit) }
      let isSaved = head != nil
      if head == nil { head = try await fetchHead(worker, file) }
      guard let head, !Task.isCancelled else { return }
      let reading = await Self.reading(
        head, name: name, mediaType: file.mediaType)
      guard !Task.isCancelled else { return }
      send(
        .previewed(
          worker: worker, file: file.key,
          Preview.Shown(
            reading, bytes: head.bytes.count, total: head.total, isSaved: isSaved,
            at: ports.now())))
    } catch {
      guard !Task.isCancelled else { return }
      send(.previewFailed(worker: worker, file: file.key, reason: String(describing: error)))
    }
  }

  /// No more than is looked at goes over the wire, whatever the server thinks of ranges.
  private func fetchHead(_ worker: String, _ file: WorkerFile) async throws -> FileHead {
    let stream = try await ports.service.file(
      file.target(of: worker), limit: FileContent.limit)
    defer { stream.cancel() }
    var bytes: [UInt8] = []
    while bytes.count < FileContent.limit, let chunk = try await stream.next() { bytes += chunk }
    let isWhole = bytes.count < FileContent.limit
    let length = stream.head["content-length"].flatMap(Int.init)
    let total =
      stream.head.status == 206
      ? stream.head["content-range"]?.split(separator: "/").last.flatMap { Int($0) } : length
    return FileHead(
      bytes: Array(bytes.prefix(FileContent.limit)),
      total: isWhole ? bytes.count : total ?? file.size)
  }

  private nonisolated static func reading(
    _ head: FileHead, name: String, mediaType: String
  ) async -> FileReading {
    FileReading(
      head.bytes, name: name, mediaType: mediaType,
      isCut: head.total.map { head.bytes.count < $0 } ?? true)
  }
}

extension WorkerFile {
  /// What it is saved as.
  fileprivate var savedName: String { filename ?? Transcript.name(in: url) ?? "file" }

  /// A nested name goes by the worker's own route; what has none, by its address.
  func target(of worker: String) -> TransportRequest.Target {
    filename.map { .path(Route.file(worker: worker, path: $0).path) } ?? .absolute(url)
  }
}
