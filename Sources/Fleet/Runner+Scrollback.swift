extension Runner {
  /// Writes go out one after the other, off the main actor.
  func writeScrollback(_ changes: [ScrollbackChange]) {
    guard let scrollback = ports.scrollback else { return }
    let queue = scrollbackQueue
    let before = queue.last
    let weight = changes.reduce(0) { $0 + $1.weight }
    queue.add(weight)
    queue.last = task { [weak self] in
      await before?.value
      do {
        try await scrollback.write(changes)
        if queue.hasFailed { self?.send(.scrollbackWorks) }
        queue.hasFailed = false
      } catch {
        queue.hasFailed = true
        self?.send(.scrollbackFailed(String(describing: error)))
      }
      queue.remove(weight)
    }
  }

  func readScrollback(_ worker: String, _ place: ScrollbackPlace) async {
    guard let scrollback = ports.scrollback else { return }
    do {
      let window = try await scrollback.window(worker, at: place)
      guard !Task.isCancelled else { return }
      send(.scrollbackRead(worker, window))
    } catch {
      guard !Task.isCancelled else { return }
      send(.say(.warning, "cannot read older output: \(error)"))
    }
  }

  /// What is on its way to the file is there first, so that what can be read is found.
  func find(_ search: ScrollbackSearch) async {
    guard let scrollback = ports.scrollback else { return }
    await scrollbackQueue.last?.value
    do {
      let finds = try await scrollback.search(search)
      guard !Task.isCancelled else { return }
      send(.found(finds))
    } catch {
      guard !Task.isCancelled else { return }
      send(.say(.warning, "cannot search: \(error)"))
    }
  }
}

/// What waits to be written to the scrollback; streams are not read on while it is more than `limit`.
@MainActor
final class ScrollbackQueue {
  /// Bytes.
  static let limit = 8 << 20

  var last: Task<Void, Never>?
  var hasFailed = false
  private var weight = 0
  private var waiters: [CheckedContinuation<Void, Never>] = []

  func add(_ bytes: Int) { weight += bytes }

  func remove(_ bytes: Int) {
    weight -= bytes
    guard weight <= Self.limit else { return }
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  /// Returns when there is room for more.
  func room() async {
    guard weight > Self.limit else { return }
    await withCheckedContinuation { waiters.append($0) }
  }

  /// Returns when all is written.
  func drain() async {
    while let task = last {
      await task.value
      if last == task { return }
    }
  }
}

extension ScrollbackChange {
  /// Bytes held, roughly.
  fileprivate var weight: Int {
    if case .leaf(let leaf) = self { leaf.weight } else { 64 }
  }
}
