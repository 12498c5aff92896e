/// The words that go with each sort of work.
extension Brief.Kind {
  /// Beginnings of the verbs that ask for it.
  var verbs: [String] {
    switch self {
    case .find: ["find", "search", "research", "look", "check", "investigat", "list", "explain"]
    case .compare: ["compar", "choose", "rank", "evaluat", "benchmark"]
    case .write: ["write", "draft", "compos", "translat", "prepar", "reply"]
    case .watch: ["watch", "monitor", "track", "observ", "follow"]
    case .repair: ["fix", "repair", "debug", "refactor", "migrat", "test", "build", "clean"]
    case .summarise: ["summar", "digest", "condens", "review", "report", "analy"]
    }
  }

  /// Added to a query.
  var hint: String {
    switch self {
    case .find: "overview"
    case .compare: "comparison criteria"
    case .write: "examples"
    case .watch: "latest changes"
    case .repair: "known problems"
    case .summarise: "key figures"
    }
  }

  var approach: String {
    switch self {
    case .find: "I will look for a first-hand account, and for one that disagrees with it."
    case .compare: "I will settle the criteria before I look at the candidates."
    case .write:
      "I will collect the facts first, because style is quickly mended and facts are not."
    case .watch: "I will note how things stand now, so that a change can be told from noise."
    case .repair: "I will reproduce it before I touch anything."
    case .summarise: "I will read everything once, and only then decide what matters."
    }
  }

  func opening(_ subject: String) -> String {
    switch self {
    case .find: "This is what can be said about **\(subject)** with some confidence:"
    case .compare: "Measured by the same criteria throughout, on **\(subject)**:"
    case .write: "Before the draft, the facts about **\(subject)** that it rests on:"
    case .watch: "How **\(subject)** stands at this moment:"
    case .repair: "What I found in **\(subject)**, in the order in which it matters:"
    case .summarise: "**\(subject.prefix(1).uppercased() + subject.dropFirst())**, on one page:"
    }
  }

  /// Ten things to be found, none of which is a claim about the world.
  func finds(_ subject: String) -> [String] {
    let own: [String] =
      switch self {
      case .find:
        [
          "two accounts agree, and both go back to the same survey",
          "the oldest description is still the most exact",
        ]
      case .compare:
        [
          "the differences are smaller than the labels suggest",
          "one candidate leads on cost and falls behind on delivery",
        ]
      case .write:
        [
          "readers ask for the date before anything else",
          "short openings were answered twice as often",
        ]
      case .watch:
        [
          "three changes since last week, one of them announced",
          "the figures move every morning and rest in the afternoon",
        ]
      case .repair:
        [
          "it fails only when two of them run at the same time",
          "the last change before the first failure is the likely cause",
        ]
      case .summarise:
        [
          "a third of the text says the same thing again",
          "the appendix contradicts the introduction in one place",
        ]
      }
    return own + [
      "the numbers for \(subject) are reported in two units, which explains most of the confusion",
      "the main source was revised last month",
      "one open question remains, and it can be settled with a single call",
      "the terms are used loosely; I keep to the narrow meaning",
      "an earlier attempt stopped half-way and left useful notes",
      "nobody disputes the outline, only the details",
      "the cheapest way is also the one with the fewest steps",
      "what looked like an exception turned out to be a typing error",
    ]
  }

  var remarks: [String] {
    [
      "Useful, and newer than I expected. I will check the figure once more elsewhere.",
      "This supports the first finding, but it is not independent of it.",
      "A careful page: it says what it does not know. I will rely on it.",
      "Little that is new here; it confirms the outline.",
    ]
  }

  var aspects: [String] {
    ["origin and date", "two sources side by side", "figures recalculated", "wording", "limits"]
  }

  var sections: [(title: String, text: String)] {
    [
      (
        "What this rests on",
        "I gave more weight to what was measured than to what was said, and more to recent figures "
          + "than to old ones. Where two sources disagreed I kept both and marked the point *open*."
      ),
      (
        "What could change it",
        "- A revised figure in the main source\n- A deadline that moves\n  - by a week: no "
          + "difference\n  - by a month: the order of the first two points turns round"
      ),
      (
        "How to go on",
        "- [x] Gather and compare\n- [ ] Confirm the open point with one call\n- [ ] Decide, and write "
          + "down why"
      ),
      (
        "For the record",
        "```text\nread: once, from the beginning\nchecked: each figure twice\nleft out: nothing that "
          + "would turn the result\n```"
      ),
    ]
  }

  var closing: String {
    switch self {
    case .find, .summarise: "If one point deserves a closer look, it is the first."
    case .compare:
      "If I had to choose today, I would take the second and keep the first in reserve."
    case .write: "Tell me the reader and the length, and I will turn this into the final text."
    case .watch: "Ask me again, or give me a schedule, and I will report only what has changed."
    case .repair: "I changed nothing yet; the first point is the one to start with."
    }
  }
}
