import Fleet
import WorkerAPI

/// Which workers the list shows: words that must all hold.
///
/// `text`, `!text`, `s:run`, `b:high`, `cost>2`, `/regex/`; a word in quotes holds blanks.
public struct WorkerFilter: Hashable, Sendable {
  /// Words that are looked at.
  static let limit = 30
  /// Characters of a title that are looked at.
  static let titleLimit = 1_000
  /// The words that a row shows for its state.
  static let states = ["run", "pend", "done", "new", "fail", "arch", "gone", "?"]

  struct Word: Hashable, Sendable {
    var kind: Kind
    var isNegated: Bool
  }

  enum Kind: Hashable, Sendable {
    case text(Needle)
    case pattern(Expression)
    case state([String])
    case budget(String)
    case cost(Comparison, Double)
  }

  enum Comparison: String, Hashable, Sendable, CaseIterable {
    // The longer ones first, as they are looked for in this order.
    case atMost = "<=", atLeast = ">=", less = "<", more = ">", equal = "="
  }

  /// As it was typed.
  let text: String
  let words: [Word]

  /// It looks at what was spent, which changes more often than all else.
  var needsCost: Bool {
    words.contains { if case .cost = $0.kind { true } else { false } }
  }

  /// Its last word is the beginning of `cost>2`, or a text.
  var mayBecomeCost: Bool { lastPiece.count > 1 && "cost".hasPrefix(lastPiece) }

  /// More of its last word was typed since, which made that another kind of word.
  func isBeginning(of longer: String) -> Bool {
    guard case .text? = words.last?.kind, !lastPiece.isEmpty, longer.hasPrefix(text) else {
      return false
    }
    return "cost".hasPrefix(lastPiece.drop { $0 == "!" })
      && !longer.dropFirst(text.count).contains(" ")
  }

  /// The same without the word that was typed last.
  var textBeforeLastWord: String { String(text.dropLast(lastPiece.count)) }

  private var lastPiece: Substring {
    text[(text.lastIndex(of: " ").map(text.index(after:)) ?? text.startIndex)...]
  }

  func admits(_ worker: WorkerState) -> Bool {
    words.allSatisfy { holds($0.kind, worker) != $0.isNegated }
  }

  private func holds(_ kind: Kind, _ worker: WorkerState) -> Bool {
    switch kind {
    case .text(let needle): needle.isIn(worker.title) || needle.isIn(worker.id)
    case .pattern(let pattern): pattern.matches(worker.title.prefix(Self.titleLimit))
    case .state(let wanted):
      // An archived one has no other word.
      wanted.contains { name in
        let word = Sign(worker).word
        return word.hasPrefix(name) || name == "?" && word == "gone"
      }
    case .budget(let name): worker.known.budget.begins(with: name)
    case .cost(let comparison, let bound):
      worker.meter.amount.map { amount in
        switch comparison {
        case .atMost: amount <= bound
        case .atLeast: amount >= bound
        case .less: amount < bound
        case .more: amount > bound
        case .equal: amount == bound
        }
      } ?? false
    }
  }
}

extension Budget {
  func begins(with name: String) -> Bool {
    word.hasPrefix(name) || short.hasPrefix(name)
  }
}

/// Text that is looked for; without a capital letter in it, capitals and small ones are the same.
struct Needle: Hashable, Sendable {
  private let text: String
  private let bytes: [UInt8]
  private let ignoresCase: Bool
  private let isASCII: Bool

  init(_ text: String) {
    ignoresCase = text == text.lowercased()
    self.text = text
    bytes = Array(text.utf8)
    isASCII = bytes.allSatisfy { $0 < 128 }
  }

  func isIn(_ hay: String) -> Bool {
    if !isASCII {
      let start = String(hay.prefix(WorkerFilter.titleLimit))
      return (ignoresCase ? start.lowercased() : start).contains(text)
    }
    guard let first = bytes.first else { return true }
    let other = ignoresCase && (97...122).contains(first) ? first - 32 : first
    let hay = hay.utf8.prefix(WorkerFilter.titleLimit)
    return hay.indices.contains { index in
      (hay[index] == first || hay[index] == other) && begins(hay[index...])
    }
  }

  private func begins(_ hay: Substring.UTF8View) -> Bool {
    var rest = hay.makeIterator()
    return bytes.allSatisfy { wanted in
      guard let byte = rest.next() else { return false }
      return byte == wanted || ignoresCase && (65...90).contains(byte) && byte + 32 == wanted
    }
  }
}
