/// An instruction as a worker reads it.
struct Brief: Sendable {
  /// The instruction on one line, cut to 160 characters.
  var quote: String
  /// What it is about: its first sentence without the verb.
  var subject: String
  /// Its telling words, in order, each once, eight at most.
  var keywords: [String]
  var kind: Kind

  /// What sort of work is asked for.
  enum Kind: CaseIterable, Sendable { case find, compare, write, watch, repair, summarise }

  init(_ input: String) {
    let line = input.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    quote = line.count > 160 ? line.prefix(159) + "…" : line
    let sentence = line.prefix { !".!?;:".contains($0) }
    let words = sentence.split(separator: " ").map(String.init)
    kind = Self.kind(of: line.lowercased())
    let verbs = Kind.allCases.flatMap(\.verbs)
    let rest = words.drop { word in
      let plain = word.lowercased()
      return verbs.contains { plain.hasPrefix($0) } || Self.fillers.contains(plain)
    }
    var matter = rest.prefix { !Self.joints.contains($0.lowercased()) }.prefix(9)
    while let last = matter.last, Self.fillers.contains(last.lowercased()) { matter.removeLast() }
    subject = matter.isEmpty ? String(sentence.prefix(80)) : matter.joined(separator: " ")
    var seen: Set<String> = []
    keywords = line.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
      .filter { word in
        let plain = word.lowercased()
        return word.count > 3 && !Self.fillers.contains(plain)
          && !verbs.contains { plain.hasPrefix($0) } && seen.insert(plain).inserted
      }
      .prefix(8).map(\.self)
  }

  /// The subject with a capital letter.
  var title: String { subject.prefix(1).uppercased() + subject.dropFirst() }

  private static func kind(of text: String) -> Kind {
    let words = text.split { !$0.isLetter }
    for word in words {
      if let kind = Kind.allCases.first(where: { $0.verbs.contains { word.hasPrefix($0) } }) {
        return kind
      }
    }
    return .find
  }

  /// Words at which a second thought begins.
  private static let joints: Set<String> = ["and", "or", "but", "then", "so", "because", "which"]

  private static let fillers: Set<String> = [
    "please", "could", "would", "you", "can", "me", "us", "the", "a", "an", "and", "or", "for",
    "with", "from", "into", "about", "that", "this", "these", "those", "what", "which", "when",
    "where", "whether", "have", "has", "been", "will", "should", "there", "their", "them", "then",
    "than", "over", "under", "every", "each", "some", "more", "most", "also", "just", "our", "your",
    "all", "to", "of", "on", "in", "at", "by", "is", "are", "how", "why", "it", "tell", "give",
    "say", "one", "two", "three", "any",
  ]
}
