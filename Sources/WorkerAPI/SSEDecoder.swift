/// Turns the bytes of a stream into events by the WHATWG rules (HTML, section 9.2.6), chunk by chunk.
///
/// Works on bytes: a Swift `Character` may be CR LF, or a colon with a combining mark. Each byte is
/// looked at once and copied at most twice, however the stream is cut.
public struct SSEDecoder: Sendable {
  /// Bytes that a line or an event's data may have; beyond it `feed` throws and the stream is reopened.
  public static let eventLimit = 16 << 20
  /// Room that is kept for the next line and event; what a longer one took is given back.
  static let keptCapacity = 1 << 16

  public struct Overflow: Error, Hashable, Sendable {}

  /// Takes one event: the bytes of its data, which need not be UTF-8, its type and its id.
  public typealias Receiver = (_ data: Span<UInt8>, _ type: String, _ id: String) -> Void

  /// The id to send as `Last-Event-ID`; empty until the server gives one.
  public private(set) var lastEventID: String
  /// The server's wish for the time before a reconnect, in milliseconds.
  public internal(set) var retryMilliseconds: Int?

  /// The beginning of a line whose end is in a later chunk.
  var line: [UInt8] = []
  var data: [UInt8] = []
  var hasData = false
  var type = ""
  var idBuffer: String
  var endedWithCR = false
  var start = Start.possibleMark(0)
  private var hasOverflowed = false

  /// A byte order mark is dropped once, at the start, also when it comes byte by byte.
  enum Start: Sendable { case possibleMark(Int), passed }

  public init(lastEventID: String = "") {
    self.lastEventID = lastEventID
    idBuffer = lastEventID
  }

  /// The events that these bytes complete; an unfinished block waits, and is dropped with the decoder.
  ///
  /// Events that come before an overflow in the same chunk are given, and the next call throws: else
  /// `lastEventID` would have passed what nobody saw.
  public mutating func feed(_ chunk: [UInt8]) throws(Overflow) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    try feed(chunk) { data, type, id in
      let text = data.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
      events.append(ServerSentEvent(type: type, data: text, id: id))
    }
    return events
  }

  /// The same without a text made of the data.
  public mutating func feed(_ chunk: [UInt8], receive: Receiver) throws(Overflow) {
    guard !hasOverflowed else { throw Overflow() }
    var count = 0
    do throws(Overflow) {
      try chunk.withUnsafeBufferPointer { bytes throws(Overflow) in
        try read(bytes) { data, type, id in
          count += 1
          receive(data, type, id)
        }
      }
    } catch {
      hasOverflowed = true
      if count == 0 { throw error }
    }
  }

  /// An empty line: the id counts with or without data, and a type without data is forgotten.
  mutating func dispatch(_ receive: Receiver) {
    lastEventID = idBuffer
    if hasData {
      receive(data.span, type.isEmpty ? "message" : type, lastEventID)
      data.removeAll(keepingCapacity: data.count < Self.keptCapacity)
      hasData = false
    }
    if !type.isEmpty { type = "" }
  }
}
