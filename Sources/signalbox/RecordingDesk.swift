import Fleet
import Registry
import WorkerClient

/// Begins and ends a recording of a console that runs, and says so.
@MainActor
struct RecordingDesk {
  let tape: Tape
  let endpoint: Endpoint
  let registry: Registry
  let store: Store

  /// `path` is a new file; nil ends what goes on.
  func record(_ path: String?) async {
    guard let path else { return await end() }
    guard await tape.recorder == nil else { return refuse() }
    let file = Folders.expanded(path)
    let recorder: Recorder
    do {
      recorder = try await Recorder(path: file, of: endpoint, knowing: registry)
    } catch {
      return store.send(.answer(.error, (error as? CommandFailure)?.message ?? "\(error)"))
    }
    guard await tape.begin(recorder) else { return refuse() }
    attend(recorder)
    store.send(
      .answer(
        .info, "recorded to \(file) without the key; open streams from their next connection on"))
    // So that it begins with what every worker is.
    store.send(.refresh(nil))
  }

  /// Shows that it goes on, until it ends; one that ends before its time says why.
  func attend(_ recorder: Recorder) {
    store.send(.recording(true))
    let notices = recorder.notices
    Task { [tape, weak store] in
      for await notice in notices {
        store?.send(.say(.warning, notice))
        _ = await tape.end()
        store?.send(.recording(false))
      }
    }
  }

  private func end() async {
    guard await tape.end() else {
      return store.send(.answer(.warning, "nothing is recorded: :record FILE begins"))
    }
    store.send(.recording(false))
    store.send(.answer(.info, "the recording is over"))
  }

  private func refuse() {
    store.send(.answer(.warning, "a recording goes on already: :record ends it"))
  }
}
