import Console
import Fleet

/// The fleet's progress as plain lines on standard output, until every run has ended.
@MainActor
final class PlainProgress {
  private let store: Store
  private let end: Task<Void, Never>?
  private var lines = PlainLines()
  private var waiting: CheckedContinuation<Void, Never>?

  /// `end` ends it earlier.
  init(store: Store, end: Task<Void, Never>?) {
    self.store = store
    self.end = end
  }

  func run() async {
    store.onChange = { [weak self] _ in self?.changed() }
    let end = end
    let limit = Task { [weak self] in
      guard let end else { return }
      await end.value
      self?.finish()
    }
    store.start()
    await withCheckedContinuation { waiting = $0 }
    limit.cancel()
    await store.stop()
  }

  private func changed() {
    for line in lines.take(store.state) { Output.line(line) }
    if lines.isComplete(store.state) { finish() }
  }

  private func finish() {
    waiting?.resume()
    waiting = nil
  }
}
