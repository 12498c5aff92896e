public import Glibc

/// A TCP server on the loopback that plays one script for each connection, on a thread of its own.
///
/// It listens until the tests' process ends, so that no test depends on when a value is released.
public struct LoopbackServer: Sendable {
  public let port: Int

  public var base: String { "http://127.0.0.1:\(port)" }

  public struct Failure: Error { let call: String }

  public init(backlog: Int32 = 128, _ script: @escaping @Sendable (Connection) throws -> Void)
    throws
  {
    // A proxy of the machine must not stand between the two ends of a test.
    setenv("no_proxy", "127.0.0.1,localhost", 1)
    let listener: Int32
    (listener, port) = try Self.listen(backlog: backlog)
    inThread {
      while true {
        let socket = accept(listener, nil, nil)
        guard socket >= 0 else { continue }
        inThread {
          let connection = Connection(socket)
          // A client that leaves early ends the script; the tests look at what the client sees.
          try? script(connection)
          connection.close()
        }
      }
    }
  }

  /// A port on which nothing listens.
  public static func deafPort() throws -> Int {
    let (listener, port) = try listen(backlog: 1)
    Glibc.close(listener)
    return port
  }

  public static func listen(backlog: Int32) throws -> (listener: Int32, port: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw Failure(call: "socket") }
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && Glibc.listen(listener, backlog) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard isBound else { throw Failure(call: "bind") }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }

  public static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}

/// Runs a body on a thread that may block.
public func inThread(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { context in
      guard let context else { return nil }
      Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  precondition(status == 0, "the system refused a thread")
  pthread_detach(thread)
}
