/// In what order and in what groups the list of workers stands.
public struct WorkerOrder: Hashable, Sendable {
  public enum Sort: String, Hashable, Sendable, CaseIterable {
    case recent, title, cost, change, state

    var words: String {
      switch self {
      case .recent: "newest first"
      case .title: "title"
      case .cost: "cost, most first"
      case .change: "last change"
      case .state: "state"
      }
    }
  }

  public enum Grouping: String, Hashable, Sendable, CaseIterable {
    case state, budget, day, none

    var words: String {
      switch self {
      case .state: "state"
      case .budget: "budget"
      case .day: "day of the start"
      case .none: "no groups"
      }
    }
  }

  public var sort = Sort.recent
  public var grouping = Grouping.state

  public init() {}

  /// The name under which it is kept.
  static let preference = "list"

  /// As it is kept: `cost budget`.
  var word: String { "\(sort.rawValue) \(grouping.rawValue)" }

  init?(word: String) {
    let words = word.split(separator: " ").map(String.init)
    guard words.count == 2, let sort = Sort(rawValue: words[0]),
      let grouping = Grouping(rawValue: words[1])
    else { return nil }
    self.sort = sort
    self.grouping = grouping
  }

  /// What the title of the list says of it; nil for the order that everybody begins with.
  var summary: String? {
    if self == WorkerOrder() { return nil }
    let group = grouping == .none ? "" : "by \(grouping.rawValue)"
    let sorted = sort == .recent ? "" : sort.rawValue
    return [group, sorted].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
