extension Worker {
  /// Members of an answer that hold what was said.
  public static let words: Set = ["messages", "output", "output_text"]

  /// Bytes of words up to which an answer is held as it came.
  public static let wordLimit = 32 << 10

  /// What stands for words that are not in `raw`.
  public static func leftOut(bytes: Int) -> JSON {
    ["left out": .string("\(bytes >> 10) KiB, shown as output")]
  }

  public static func isLeftOut(_ words: JSON?) -> Bool { words?["left out"] != nil }

  /// The worker that an answer's body tells of; nil when it tells of none.
  ///
  /// Words of more bytes than `limit` are checked only: what the worker said stands unread in
  /// `messages`, and what the answer says again beside them is left out.
  public static func read(
    _ body: [UInt8], beyond limit: Int = wordLimit
  ) throws(JSONReader.Failure) -> Worker? {
    guard body.count > limit, let members = try JSONReader.members(of: body) else {
      return Worker(json: try JSONReader.read(body))
    }
    var object: [(String, JSON)] = []
    var messages: [StoredMessage]?
    for (name, place) in members {
      if place.count > limit, words.contains(name) {
        object.append((name, leftOut(bytes: place.count)))
        if name == "messages" { messages = try Self.messages(body[place]) }
      } else {
        object.append((name, try JSONReader.read(body[place])))
        if name == "messages" { messages = nil }
      }
    }
    var worker = Worker(json: .object(JSONObject(object)))
    if let messages { worker?.messages = messages }
    return worker
  }

  private static func messages(
    _ text: ArraySlice<UInt8>
  ) throws(JSONReader.Failure) -> [StoredMessage] {
    var messages: [StoredMessage] = []
    for (place, members) in try JSONReader.objects(of: text) {
      func word(_ name: String) throws(JSONReader.Failure) -> String? {
        guard let place = members.last(where: { $0.name == name })?.place else { return nil }
        return try JSONReader.read(text[place]).string
      }
      let message = StoredMessage(
        role: try word("role"), id: try word("id"), text: text[place])
      messages.append(message.isFromWorker ? message : message.read)
    }
    return messages
  }

  /// The answer as JSON text, with the messages that stand beside `raw` as they came.
  public var text: String {
    guard case .object(var object) = raw, Self.isLeftOut(object["messages"]) else {
      return raw.text
    }
    object["messages"] = nil
    var bytes = JSON.object(object).bytes.dropLast()
    bytes.reserveCapacity(bytes.count + 16 + messages.reduce(0) { $0 + 1 + $1.unreadBytes })
    bytes += #","messages":["#.utf8
    for (index, message) in messages.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += message.text
    }
    bytes += "]}".utf8
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same with all words read, off the main actor.
  @concurrent
  public func withWords() async -> Worker {
    var worker = self
    worker.messages = messages.map(\.read)
    return worker
  }
}
