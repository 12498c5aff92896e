import WorkerAPI

extension Worker {
  /// Bytes of words that an answer keeps once its transcript has them; of a longer one they are
  /// left out, so that twenty long answers are not held three times.
  private static let wordLimit = 32 << 10

  /// Members of an answer that hold what was said.
  static let words: Set = ["messages", "output", "output_text"]

  /// The answer as the state keeps it: all its fields, and its words where they are few.
  var bounded: Worker {
    let weight = Self.words.reduce(0) { $0 + raw[$1].weight }
    guard weight > Self.wordLimit, case .object(var object) = raw else { return self }
    var worker = self
    for name in Self.words where object[name] != nil {
      object[name] = .string("left out: \(object[name].weight >> 10) KiB, shown as output")
    }
    worker.raw = .object(object)
    worker.messages = []
    worker.outputText = ""
    return worker
  }

  /// JSON text for the memory; words that were left out are not in it.
  var remembered: String {
    guard case .object(var object) = raw, messages.isEmpty, outputText.isEmpty else {
      return raw.text
    }
    for name in Self.words { object[name] = nil }
    return JSON.object(object).text
  }
}
