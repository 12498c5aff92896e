import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
  /// The same answer, whose connection goes away in the middle of its body.
  func broken(by kind: Fault.Breakdown, on channel: any Channel) -> Response {
    var response = self
    let body = self.body
    let half = (body.contentLength ?? 0) / 2
    response.body = ResponseBody(contentLength: body.contentLength) { writer in
      try await body.write(BrokenWriter(writer: writer, kind: kind, channel: channel, left: half))
    }
    return response
  }
}

/// Lets so many bytes through, and then breaks off.
private struct BrokenWriter: ResponseBodyWriter {
  var writer: any ResponseBodyWriter
  let kind: Fault.Breakdown
  let channel: any Channel
  var left: Int

  mutating func write(_ buffer: ByteBuffer) async throws {
    guard buffer.readableBytes > left else {
      left -= buffer.readableBytes
      return try await writer.write(buffer)
    }
    if let part = buffer.getSlice(at: buffer.readerIndex, length: left), left > 0 {
      try await writer.write(part)
    }
    throw await Disconnection.made(kind, on: channel)
  }

  consuming func finish(_ trailers: HTTPFields?) async throws {
    throw await Disconnection.made(kind, on: channel)
  }
}

extension Disconnection {
  /// What is thrown to close the connection in this way; a reset happens here.
  static func made(_ kind: Fault.Breakdown, on channel: (any Channel)?) async -> Disconnection {
    if kind == .reset { await channel?.reset() }
    return Disconnection()
  }
}
