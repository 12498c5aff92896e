import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import WorkerAPI

/// Gives a sentence to what is refused before it is a request: a head that is malformed or too large.
///
/// The framework answers such a request with a bare 400 and closes the connection.
final class RequestErrorHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var failure: (any Error)?
  /// Requests that wait for the end of their answer.
  private var waiting = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head = unwrapInboundIn(data) { waiting += 1 }
    context.fireChannelRead(data)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failure = failure ?? error
    // The framework is silent about a head that is HTTP but no request.
    if error is HTTP1TypeConversionError, waiting == 0 {
      for part in Self.answer(to: error) {
        context.write(wrapOutboundOut(part), promise: nil)
      }
      context.flush()
    }
    context.fireErrorCaught(error)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      guard let failure, head.isBare else { break }
      let parts = Self.answer(to: failure).dropLast()
      for part in parts.dropLast() { context.write(wrapOutboundOut(part), promise: nil) }
      for part in parts.suffix(1) { context.write(wrapOutboundOut(part), promise: promise) }
      return
    case .end: waiting = max(0, waiting - 1)
    case .body: break
    }
    context.write(data, promise: promise)
  }

  private static func answer(to failure: any Error) -> [HTTPResponsePart] {
    let isTooLarge = if case HTTPParserError.headerOverflow = failure { true } else { false }
    let error = APIError(
      status: isTooLarge ? 431 : 400,
      message: isTooLarge
        ? "the head of the request is too large" : "the request is not HTTP as it should be",
      code: isTooLarge ? "head_too_large" : "malformed_request")
    let body = error.json.bytes
    let head = HTTPResponse(
      status: .init(code: error.status),
      headerFields: [
        .contentType: "application/json", .contentLength: String(body.count),
        .connection: "close",
      ])
    return [.head(head), .body(ByteBuffer(bytes: body)), .end(nil)]
  }
}

extension HTTPResponse {
  /// The framework's own answer to a request that it cannot read.
  fileprivate var isBare: Bool {
    status == .badRequest && headerFields[.contentLength] == "0"
      && headerFields[.connection] == "close"
  }
}
