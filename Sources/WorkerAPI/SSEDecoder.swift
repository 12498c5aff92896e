/// Turns the bytes of a stream into events by the WHATWG rules (HTML, section 9.2.6), chunk by chunk.
///
/// Works on bytes: a Swift `Character` may be CR LF, or a colon with a combining mark.
public struct SSEDecoder: Sendable {
  /// Bytes that a line or an event's data may have; beyond it `feed` throws and the stream is reopened.
  public static let eventLimit = 16 << 20

  public struct Overflow: Error, Hashable, Sendable {}

  /// The id to send as `Last-Event-ID`; empty until the server gives one.
  public private(set) var lastEventID: String
  /// The server's wish for the time before a reconnect, in milliseconds.
  public private(set) var retryMilliseconds: Int?

  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var type: [UInt8] = []
  private var idBuffer: String
  private var endedWithCR = false
  private var hasOverflowed = false
  private var start = Start.possibleMark(0)

  /// A byte order mark is dropped once, at the start, also when it comes byte by byte.
  private enum Start: Sendable { case possibleMark(Int), passed }

  public init(lastEventID: String = "") {
    self.lastEventID = lastEventID
    idBuffer = lastEventID
  }

  /// The events that these bytes complete; an unfinished block waits, and is dropped with the decoder.
  ///
  /// Events that come before an overflow in the same chunk are given, and the next call throws: else
  /// `lastEventID` would have passed what nobody saw.
  public mutating func feed(_ chunk: [UInt8]) throws(Overflow) -> [ServerSentEvent] {
    guard !hasOverflowed else { throw Overflow() }
    var events: [ServerSentEvent] = []
    do throws(Overflow) {
      try feed(chunk, into: &events)
    } catch {
      hasOverflowed = true
      if events.isEmpty { throw error }
    }
    return events
  }

  private mutating func feed(
    _ chunk: [UInt8], into events: inout [ServerSentEvent]
  ) throws(Overflow) {
    var rest = withoutMark(chunk)[...]
    if endedWithCR, let first = rest.first {
      endedWithCR = false
      if first == 0x0A { rest = rest.dropFirst() }
    }
    while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      line.append(contentsOf: rest[..<end])
      var next = end + 1
      if rest[end] == 0x0D {
        if next == rest.endIndex {
          endedWithCR = true
        } else if rest[next] == 0x0A {
          next += 1
        }
      }
      rest = rest[next...]
      if let event = try endLine() { events.append(event) }
    }
    line.append(contentsOf: rest)
    guard line.count <= Self.eventLimit else { throw Overflow() }
  }

  private mutating func withoutMark(_ chunk: [UInt8]) -> [UInt8] {
    guard case .possibleMark(var seen) = start else { return chunk }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var index = 0
    while index < chunk.count, seen < 3, chunk[index] == mark[seen] {
      index += 1
      seen += 1
    }
    if seen == 3 {
      start = .passed
      return Array(chunk[index...])
    }
    if index == chunk.count {
      start = .possibleMark(seen)
      return []
    }
    start = .passed
    return Array(mark[..<seen]) + chunk[index...]
  }

  private mutating func endLine() throws(Overflow) -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: line.count < 1 << 16) }
    if line.isEmpty { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":"))
    if colon == 0 { return nil }
    let name = line[..<(colon ?? line.count)]
    var value = colon.map { line[($0 + 1)...] } ?? []
    if value.first == 0x20 { value = value.dropFirst() }
    if name.elementsEqual("data".utf8) {
      guard data.count + value.count <= Self.eventLimit else { throw Overflow() }
      if hasData { data.append(0x0A) }
      data.append(contentsOf: value)
      hasData = true
    } else if name.elementsEqual("event".utf8) {
      type = Array(value)
    } else if name.elementsEqual("id".utf8) {
      if !value.contains(0) { idBuffer = String(decoding: value, as: UTF8.self) }
    } else if name.elementsEqual("retry".utf8) {
      if !value.isEmpty, value.allSatisfy({ (0x30...0x39).contains($0) }) {
        retryMilliseconds = Int(String(decoding: value, as: UTF8.self)) ?? retryMilliseconds
      }
    }
    return nil
  }

  private mutating func dispatch() -> ServerSentEvent? {
    lastEventID = idBuffer
    defer {
      data.removeAll(keepingCapacity: data.count < 1 << 16)
      type = []
      hasData = false
    }
    guard hasData else { return nil }
    return ServerSentEvent(
      type: type.isEmpty ? "message" : String(decoding: type, as: UTF8.self),
      data: String(decoding: data, as: UTF8.self), id: lastEventID)
  }
}
