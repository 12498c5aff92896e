import Glibc
import Hummingbird
import Logging
import NIOCore

/// A request with the connection that it came on.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// Thrown to break a connection off in the middle of an answer.
struct Disconnection: Error {}

extension Channel {
  /// Resets the connection at once: what is under way is thrown away.
  func reset() async {
    let socket = self as? any SocketOptionProvider
    try? await socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    try? await close()
  }

  /// Closes it after so many seconds, unless the task is cancelled before.
  func close(after seconds: Double) async {
    guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return }
    try? await close()
  }
}
