import Dispatch

extension Registry {
  /// Keeps a copy of the file when the newest one is a day old; answers why it could not, as a
  /// sentence.
  ///
  /// In a thread of its own, since a copy takes as long as the disk does.
  public nonisolated func keepPrevious() async -> String? {
    guard let folder else { return nil }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "signalbox.previous", qos: .background).async {
        continuation.resume(returning: RegistryFile(folder: folder).previousFailure())
      }
    }
  }
}
