/// One event of a server-sent event stream (WHATWG HTML, section 9.2).
public struct ServerSentEvent: Hashable, Sendable {
  /// `message` unless the server names it.
  public var type: String
  public var data: String
  /// The last event id at the time of dispatch; it persists over events and may be empty.
  public var id: String

  public init(type: String = "message", data: String, id: String = "") {
    self.type = type
    self.data = data
    self.id = id
  }
}

/// Writes events in the form that every public client reads (protocol.md (b)).
public enum SSEEncoder {
  /// A comment line that keeps proxies from closing; without a blank line, which some clients choke on.
  public static let keepAlive = ": keep-alive\n"

  /// One block: `id`, then the data on as many lines as it has (CR LF, LF and CR end one), then a
  /// blank line.
  public static func encode(_ event: ServerSentEvent) -> String {
    var text = ""
    if !event.id.isEmpty, !event.id.contains("\0") { text += "id: \(oneLine(event.id))\n" }
    if event.type != "message" { text += "event: \(oneLine(event.type))\n" }
    var line: [UInt8] = []
    var endedWithCR = false
    for byte in event.data.utf8 {
      let isSecondHalf = endedWithCR && byte == 0x0A
      endedWithCR = byte == 0x0D
      if isSecondHalf { continue }
      if byte == 0x0A || byte == 0x0D {
        text += "data: \(String(decoding: line, as: UTF8.self))\n"
        line = []
      } else {
        line.append(byte)
      }
    }
    return text + "data: \(String(decoding: line, as: UTF8.self))\n\n"
  }

  private static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\n" && $0 != "\r" }))
  }
}
