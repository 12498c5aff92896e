import NIOCore
import NIOPosix
import Testing
import WorkerAPI

@testable import WorkerServer

/// A server with faults on a port of its own, and bytes as they come from its socket.
struct FaultBench: Sendable {
  let port: Int
  let world: World

  /// Runs a server until the test is done, and stops it in good order.
  static func serving(
    _ faults: String = "", _ change: (inout ServerConfiguration) -> Void = { _ in },
    _ test: @Sendable (FaultBench) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration()
    configuration.speed = 1_000
    configuration.faults = try Fault.list(faults)
    change(&configuration)
    let server = try WorkerServer(configuration)
    let (ports, source) = AsyncStream<Int>.makeStream()
    let running = Task { try await server.run { source.yield($0) } }
    for await port in ports {
      do {
        try await test(FaultBench(port: port, world: server.world))
      } catch {
        running.cancel()
        throw error
      }
      break
    }
    running.cancel()
    try await running.value
  }

  /// The id of a worker that has ended.
  func ended(_ input: String = "fails") async throws -> String {
    let id = try await world.started(input)
    while try await world.worker(id)?.isRunning != false { await Task.yield() }
    return id
  }

  /// What one request got from the socket.
  struct Answer: Sendable {
    var head = ""
    var body: [UInt8] = []
    /// The connection was reset, not closed.
    var isReset = false

    var status: Int { Int(head.dropFirst(9).prefix(3)) ?? 0 }
    var isWhole: Bool { body.suffix(5).elementsEqual("0\r\n\r\n".utf8) }

    func header(_ name: String) -> String? {
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ": ") }
        .map { String($0.dropFirst(name.count + 2)) }
    }

    /// The data of each chunk (RFC 9112, section 7.1); the last may have been cut off.
    var chunks: [[UInt8]] {
      var chunks: [[UInt8]] = []
      var rest = body[...]
      while let end = rest.firstIndex(of: 0x0D),
        let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), size > 0
      {
        let data = rest.dropFirst(end + 2 - rest.startIndex)
        chunks.append(Array(data.prefix(size)))
        rest = data.dropFirst(size + 2)
      }
      return chunks
    }

    func events() throws -> [ServerSentEvent] {
      var decoder = SSEDecoder()
      return try decoder.feed(Array(chunks.joined()))
    }
  }

  /// Sends a request and reads until the connection ends, or `isEnough`.
  func ask(
    _ method: String = "GET", _ path: String, headers: [String] = [], body: String = "",
    until isEnough: @Sendable (Answer) async throws -> Bool = { _ in false }
  ) async throws -> Answer {
    let lines =
      ["\(method) \(path) HTTP/1.1", "Host: h", "Connection: close"] + headers
      + (body.isEmpty
        ? [] : ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"])
    let request = lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    return try await connect().executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: request))
      var answer = Answer()
      var bytes: [UInt8] = []
      do {
        for try await buffer in inbound {
          bytes += buffer.readableBytesView
          if answer.head.isEmpty, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
            answer.head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            bytes.removeSubrange(..<end.upperBound)
          }
          answer.body = bytes
          if try await isEnough(answer) { break }
        }
      } catch let error as IOError where error.errnoCode == ECONNRESET {
        answer.isReset = true
      }
      return answer
    }
  }

  func connect(
    reads: Bool = true
  ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: reads)
      .channelOption(.socketOption(.so_rcvbuf), value: reads ? 1 << 18 : 1 << 12)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
      }
  }
}
