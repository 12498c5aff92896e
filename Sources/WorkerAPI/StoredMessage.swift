/// One of a worker's stored messages (protocol.md (c)), with its JSON read or as the text that came.
///
/// A long conversation comes with each answer, and its values take many times as much memory as its
/// text; most answers tell nothing by it that the stream has not told.
public struct StoredMessage: Hashable, Sendable {
  public let role: String?
  public let id: String?
  private var content: Content

  private enum Content: Hashable {
    case value(JSON)
    /// Checked JSON, a part of the answer's body.
    case text(ArraySlice<UInt8>)
    case leftOut
  }

  public init(_ json: JSON) {
    role = json["role"]?.string
    id = json["id"]?.string
    content = .value(json)
  }

  init(role: String?, id: String?, text: ArraySlice<UInt8>) {
    self.role = role
    self.id = id
    content = .text(text)
  }

  /// The whole message; null once its content was left out. Reading a text takes time with its length.
  public var json: JSON {
    switch content {
    case .value(let json): json
    case .text(let text): (try? JSONReader.read(text)) ?? .null
    case .leftOut: .null
    }
  }

  public var isFromWorker: Bool { role == "assistant" }

  /// Bytes of text that stand here unread.
  public var unreadBytes: Int {
    if case .text(let text) = content { text.count } else { 0 }
  }

  /// The same with its text read.
  public var read: StoredMessage {
    var copy = self
    copy.content = .value(json)
    return copy
  }

  /// The same without what it says.
  public var head: StoredMessage {
    var copy = self
    copy.content = .leftOut
    return copy
  }

  /// Its JSON text, unread as it came.
  var text: ArraySlice<UInt8> {
    if case .text(let text) = content { text } else { json.bytes[...] }
  }
}
