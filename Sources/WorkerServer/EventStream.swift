import HTTPTypes
import Hummingbird
import NIOCore
import WorkerAPI

/// A worker's stream to one client: what was said, what is being said, and the end
/// (protocol.md (b), what our server sends).
///
/// It holds one page of the log and one block of bytes. A client that does not read holds up its own
/// stream only, and after `patience` its connection is closed; it can resume after the last id.
struct EventStream: Sendable {
  let source: any EventSource
  var place: Position
  /// Some clients choke on `[DONE]` (rule 3).
  let endsWithDone: Bool
  /// Seconds of silence before a comment (rule 4).
  let keepAlive: Double
  /// Seconds in which a client must take one block.
  let patience: Double
  var faults = StreamFaults()
  let channel: (any Channel)?

  /// Events that are read at a time.
  private static let pageSize = 256
  /// Bytes that are written at a time; a single larger event stands alone.
  private static let blockSize = 64 << 10

  func response(to request: Request) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache",
        .acceleration: "no", .messageStream: "v1",
        // Watching for a client that hangs up uses the connection up; said here, no client takes it
        // for another request and finds it closed.
        .connection: "close",
      ],
      body: ResponseBody { writer in
        var stream = self
        await source.streamOpened()
        do {
          try await stream.serve(request, to: &writer)
          await source.streamClosed()
        } catch {
          await source.streamClosed()
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
    while !Task.isCancelled {
      let page = try await source.page(from: place, limit: Self.pageSize)
      place = page.next
      var events = page.events[...]
      if page.isEnd, !faults.hasFinish, let last = events.last, last.isFinish {
        events.removeLast()
      }
      if let kept = faults.failure?.strikes(events.count, isEnd: page.isEnd) {
        try await write(events.prefix(kept), to: &writer)
        try await fail(in: events.dropFirst(kept).first, to: &writer)
      }
      try await write(events, to: &writer)
      if page.isEnd {
        if endsWithDone, faults.hasFinish, await !source.isClosed {
          try await send(ByteBuffer(string: "data: [DONE]\n\n"), to: &writer)
        }
        return
      }
      if page.events.isEmpty, await isSilent() {
        try await send(ByteBuffer(string: SSEEncoder.keepAlive), to: &writer)
      }
    }
  }

  private func write(
    _ events: ArraySlice<ServerSentEvent>, to writer: inout any ResponseBodyWriter
  ) async throws {
    guard !events.isEmpty else { return }
    var block = ByteBuffer()
    for event in events {
      block.write(event, hasID: faults.hasIDs)
      if block.readableBytes >= Self.blockSize {
        try await send(block, to: &writer)
        block = ByteBuffer()
      }
    }
    if block.readableBytes > 0 { try await send(block, to: &writer) }
  }

  /// Hands bytes over; returns when the connection takes more.
  private func send(_ block: ByteBuffer, to writer: inout any ResponseBodyWriter) async throws {
    // Ends with this call, one way or the other.
    async let _ = channel?.close(after: patience)
    guard let size = faults.pieceSize else { return try await writer.write(block) }
    var rest = block
    while let piece = rest.readSlice(length: min(size, rest.readableBytes)),
      piece.readableBytes > 0
    {
      try await writer.write(piece)
    }
  }

  /// Waits for more; true when none came for as long as the keep-alive allows.
  private func isSilent() async -> Bool {
    let (source, place, keepAlive) = (source, place, keepAlive)
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        await source.more(than: place)
        return false
      }
      group.addTask { (try? await Task.sleep(for: .seconds(keepAlive))) != nil }
      let isSilent = await group.next() ?? false
      group.cancelAll()
      return isSilent
    }
  }

  /// Carries a failure out; `event` is the one that is cut into.
  private func fail(
    in event: ServerSentEvent?, to writer: inout any ResponseBodyWriter
  ) async throws -> Never {
    let kind = faults.failure?.kind ?? .cut
    if kind == .stall {
      while await !source.isClosed { try await Task.sleep(for: .milliseconds(200)) }
    } else if let event, kind == .reset {
      var block = ByteBuffer()
      block.write(event, hasID: faults.hasIDs)
      if let half = block.readSlice(length: block.readableBytes / 2) {
        try await send(half, to: &writer)
      }
    }
    throw await Disconnection.made(kind, on: channel)
  }
}

extension ServerSentEvent {
  /// The chunk that ends a message; its `type` is written first (`Chunk.finish`).
  var isFinish: Bool { data.hasPrefix(#"{"type":"finish","#) }
}

extension ByteBuffer {
  /// Writes an event as `SSEEncoder` does, at once when its data is one line, as JSON always is.
  mutating func write(_ event: ServerSentEvent, hasID: Bool = true) {
    var event = event
    if !hasID { event.id = "" }
    let isOneLine = !event.data.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    guard isOneLine, event.type == "message", Position(event.id) != nil || event.id.isEmpty else {
      writeString(SSEEncoder.encode(event))
      return
    }
    if !event.id.isEmpty {
      writeStaticString("id: ")
      writeString(event.id)
      writeStaticString("\n")
    }
    writeStaticString("data: ")
    writeString(event.data)
    writeStaticString("\n\n")
  }
}
