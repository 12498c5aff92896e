import WorkerAPI

extension Worker {
  /// The answer as the state keeps it: all its fields, and its words where they are few; more are in
  /// the transcript, and twenty long answers are not held twice.
  var bounded: Worker {
    let unread = messages.reduce(0) { $0 + $1.unreadBytes }
    let weight = Self.words.reduce(unread) { $0 + raw[$1].weight }
    // Where words are left out, others may hold the answer's body.
    let isLong = weight > Self.wordLimit || Self.words.contains { Self.isLeftOut(raw[$0]) }
    guard isLong, case .object(var object) = raw else { return self }
    var worker = self
    for name in Self.words where object[name] != nil && !Self.isLeftOut(object[name]) {
      object[name] = Self.leftOut(bytes: object[name].weight)
    }
    worker.raw = .object(object)
    worker.messages = messages.map(\.head)
    worker.outputText = ""
    return worker
  }

  /// JSON text for the memory; words that were left out are not in it.
  var remembered: String {
    guard case .object(var object) = raw else { return raw.text }
    for name in Self.words where Self.isLeftOut(object[name]) { object[name] = nil }
    return JSON.object(object).text
  }
}
