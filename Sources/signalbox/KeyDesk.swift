import Console
import Dispatch
import Fleet
import FoundationEssentials
import WorkerClient

/// Gives a running console another key, and says so; the key stands in memory only.
@MainActor
struct KeyDesk {
  let transport: CurlTransport
  let tape: Tape
  /// Where the first key came from, if that can be read again.
  let source: KeySource?
  let store: Store

  /// Nil reads the key's place again.
  func renew(_ typed: String?) async {
    let key: String
    do {
      if let typed { key = typed } else { key = try await reread() }
      // First, so that no recording holds it.
      await tape.hide(key)
      try transport.renew(key: key)
    } catch {
      return store.send(.answer(.error, "the key stays: \(error)"))
    }
    store.send(.answer(.info, "asking with the other key"))
    store.send(.refresh(nil))
  }

  /// In a thread of its own: a command may take its time.
  private func reread() async throws -> String {
    guard let source else { throw KeySource.Fault(description: "it cannot be read again") }
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "signalbox.key").async {
        continuation.resume(
          with: Result {
            try source.read(environment: ProcessInfo.processInfo.environment, isAlone: false)
          })
      }
    }
  }
}

extension Station.KeyOrigin {
  /// As the console names it.
  var place: KeyPlace {
    switch self {
    case .environment: KeyPlace(name: "HANDINGER_API_KEY", isReadable: false)
    case .source(.environment(let name)): KeyPlace(name: name, isReadable: false)
    case .source(.file(let path)): KeyPlace(name: path, isReadable: true)
    case .source(.command): KeyPlace(name: "what its command says", isReadable: true)
    case .none: KeyPlace(name: "", isReadable: false)
    }
  }

  var readable: KeySource? {
    if case .source(let source) = self, place.isReadable { source } else { nil }
  }
}
