import Dispatch

extension Registry {
  /// Keeps a copy now and every day from then on, for a console may be open for weeks; `tell` gets
  /// a sentence when it could not, once until it could or it is another one.
  ///
  /// It looks every hour: a sleep of a whole day may end a moment before the copy is due. It
  /// returns when its task is cancelled, and at once where there is no file.
  public nonisolated func keepPreviousDaily(
    clock: any Clock<Duration>, _ tell: @Sendable (String) async -> Void
  ) async {
    guard folder != nil else { return }
    var told: String?
    repeat {
      let reason = await keepPrevious()
      if let reason, reason != told { await tell(reason) }
      told = reason
    } while (try? await clock.sleep(for: .seconds(RegistryFile.lookSpan))) != nil
  }

  /// Keeps a copy of the file when the newest one is a day old; answers why it could not, as a
  /// sentence.
  ///
  /// In a thread of its own, since a copy takes as long as the disk does.
  nonisolated func keepPrevious() async -> String? {
    guard let folder else { return nil }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "signalbox.previous", qos: .background).async {
        continuation.resume(returning: RegistryFile(folder: folder).previousFailure())
      }
    }
  }
}
