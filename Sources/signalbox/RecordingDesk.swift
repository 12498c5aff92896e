import Fleet
import Registry
import WorkerClient

/// Begins and ends a recording of a console that runs.
@MainActor
struct RecordingDesk {
  let tape: Tape
  let endpoint: Endpoint
  let registry: Registry
  let store: Store

  /// `path` is a new file; nil ends what goes on. Answers whether something is recorded then.
  func record(_ path: String?) async -> Bool {
    let goesOn = await tape.recorder != nil
    guard let path else {
      await tape.put(nil)
      store.send(
        .answer(
          goesOn ? .info : .warning,
          goesOn ? "the recording is over" : "nothing is recorded: :record FILE begins"))
      return false
    }
    guard !goesOn else {
      store.send(.answer(.warning, "a recording goes on already: :record ends it"))
      return true
    }
    let file = Folders.expanded(path)
    do {
      let recorder = try await Recorder(path: file, of: endpoint, knowing: registry)
      await tape.put(recorder)
      listen(to: recorder)
      store.send(
        .answer(
          .info, "recorded to \(file) without the key; open streams from their next connection on"))
      // So that it begins with what every worker is.
      store.send(.refresh(nil))
      return true
    } catch {
      let reason = (error as? CommandFailure)?.message ?? "\(error)"
      store.send(.answer(.error, reason))
      return false
    }
  }

  /// Says why a recording ended before its time.
  func listen(to recorder: Recorder) {
    let notices = recorder.notices
    Task { for await notice in notices { store.send(.say(.warning, notice)) } }
  }
}
