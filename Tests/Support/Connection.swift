import Glibc

/// The server's end of one connection; every call gives up after 20 seconds.
public struct Connection: Sendable {
  public struct Request: Hashable, Sendable {
    public var line: String
    /// Names in lower case.
    public var headers: [String: String]
    public var body: String

    public init(line: String, headers: [String: String], body: String) {
      self.line = line
      self.headers = headers
      self.body = body
    }
  }

  public struct Failure: Error { let call: String }

  private let socket: Int32

  public init(_ socket: Int32) {
    self.socket = socket
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    // Without Nagle's algorithm a small write is one packet at once.
    var on: Int32 = 1
    setsockopt(
      socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  public func readRequest() throws -> Request {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]) { head += try read(1) }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    let count = headers["content-length"].flatMap { Int($0) } ?? 0
    let body = try read(count)
    return Request(
      line: lines.first ?? "", headers: headers, body: String(decoding: body, as: UTF8.self))
  }

  private func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes {
        recv(socket, $0.baseAddress! + filled, count - filled, 0)
      }
      guard got > 0 else { throw Failure(call: "recv") }
      filled += got
    }
    return bytes
  }

  public func write(_ text: String) throws { try write(Array(text.utf8)) }

  public func write(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure(call: "send") }
      sent += count
    }
  }

  /// A whole answer with its length.
  public func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8]) throws {
    let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.count)", "", ""]
    try write(Array(lines.joined(separator: "\r\n").utf8) + body)
  }

  public func answer(_ status: String = "200 OK", headers: [String] = [], _ body: String = "")
    throws
  {
    try answer(status, headers: headers, body: Array(body.utf8))
  }

  /// The head of a stream that ends with its connection.
  public func beginStream() throws {
    try write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
  }

  /// Writes up to `total` bytes and stops when the peer takes nothing for `quiet` milliseconds.
  public func writeUntilBlocked(total: Int, quiet: Int32) throws -> Int {
    let chunk = [UInt8](repeating: 0x2E, count: 16 << 10)
    var sent = 0
    while sent < total {
      var state = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
      guard poll(&state, 1, quiet) > 0 else { return sent }
      let count = send(
        socket, chunk, min(chunk.count, total - sent),
        Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      guard count > 0 else { throw Failure(call: "send") }
      sent += count
    }
    return sent
  }

  /// Whether the client closed the connection, waiting up to so many milliseconds.
  public func isClosed(within milliseconds: Int32 = 20_000) -> Bool {
    var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, milliseconds) > 0 else { return false }
    var byte: UInt8 = 0
    return recv(socket, &byte, 1, 0) <= 0
  }

  /// Breaks the connection off with a reset instead of an orderly end.
  public func reset() {
    var hard = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
  }

  public func close() { Glibc.close(socket) }
}
