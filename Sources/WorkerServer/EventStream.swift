import HTTPTypes
import Hummingbird
import NIOCore
import WorkerAPI

/// A worker's stream to one client: what was said, what is being said, and the end
/// (protocol.md (b), what our server sends).
struct EventStream: Sendable {
  let world: World
  let worker: String
  var place: Position
  let origin: String
  /// Some clients choke on `[DONE]` (rule 3).
  let endsWithDone: Bool
  /// Seconds of silence before a comment (rule 4).
  let keepAlive: Double
  let faults: [Fault]

  /// Events that are read and written at a time.
  private static let pageSize = 256

  /// Thrown to break the connection off.
  private struct Cut: Error {}

  func response(to request: Request) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache",
        .acceleration: "no", .messageStream: "v1",
      ],
      body: ResponseBody { writer in
        var stream = self
        await world.streamOpened()
        do {
          try await stream.serve(request, to: &writer)
          await world.streamClosed()
        } catch {
          await world.streamClosed()
          throw error
        }
      })
  }

  /// Writes until the end, or until the client hangs up.
  private mutating func serve(_ request: Request, to writer: inout any ResponseBodyWriter)
    async throws
  {
    var stream = self
    try await request.body.consumeWithCancellationOnInboundClose { _ in
      try await stream.write(to: &writer)
    }
    try await writer.finish(nil)
  }

  private mutating func write(to writer: inout any ResponseBodyWriter) async throws {
    var left = allowance
    while !Task.isCancelled {
      let page = try await world.page(
        of: worker, from: place, limit: min(Self.pageSize, left ?? Self.pageSize),
        origin: origin)
      place = page.next
      if !page.events.isEmpty {
        var buffer = ByteBuffer()
        for event in page.events { buffer.writeString(SSEEncoder.encode(event)) }
        try await writer.write(buffer)
      }
      left = left.map { $0 - page.events.count }
      if left == 0 { try await breakDown() }
      if page.isEnd {
        if endsWithDone, await !world.isClosed {
          try await writer.write(ByteBuffer(string: "data: [DONE]\n\n"))
        }
        return
      }
      if page.events.isEmpty, await isSilent() {
        try await writer.write(ByteBuffer(string: SSEEncoder.keepAlive))
      }
    }
  }

  /// Waits for more; true when none came for as long as the keep-alive allows.
  private func isSilent() async -> Bool {
    let (world, worker, place, keepAlive) = (world, worker, place, keepAlive)
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        await world.more(of: worker, than: place)
        return false
      }
      group.addTask { (try? await Task.sleep(for: .seconds(keepAlive))) != nil }
      let isSilent = await group.next() ?? false
      group.cancelAll()
      return isSilent
    }
  }

  /// Events after which a fault breaks this stream; nil for none.
  private var allowance: Int? {
    faults.compactMap {
      switch $0 {
      case .cut(let events), .stall(let events): events
      default: nil
      }
    }.min()
  }

  private func breakDown() async throws {
    let isStall = faults.contains {
      if case .stall(allowance) = $0 { true } else { false }
    }
    guard isStall else { throw Cut() }
    while await !world.isClosed { try await Task.sleep(for: .milliseconds(200)) }
    throw Cut()
  }
}
