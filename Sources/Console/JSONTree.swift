import Canvas
import Fleet
import WorkerAPI

/// A JSON value as rows that fold: numbered in the order of the text, whatever is folded.
struct JSONTree {
  /// Nodes beyond which the rest is left out.
  static let limit = 20_000
  static let depthLimit = 200

  private struct Node {
    var depth: Int
    var label: String?
    var value: String
    var role: Role
    /// How many are in it; nil for what has no parts.
    var count: Int?
    /// The number of the first node behind all that is in it.
    var end = 0
  }

  private var nodes: [Node] = []
  private(set) var isCut = false
  private let isUnicode: Bool
  private let theme: Theme

  init(_ value: JSON, isUnicode: Bool, theme: Theme) {
    self.isUnicode = isUnicode
    self.theme = theme
    add(value, nil, 0)
  }

  private mutating func add(_ value: JSON, _ label: String?, _ depth: Int) {
    guard nodes.count < Self.limit, depth < Self.depthLimit else {
      isCut = true
      return
    }
    let number = nodes.count
    switch value {
    case .null: append(depth, label, "null", .dim)
    case .bool(let flag): append(depth, label, "\(flag)", .markdownStrong)
    case .integer, .number, .literal: append(depth, label, value.text, .sourceNumber)
    case .string(let text): append(depth, label, "\"\(Sanitise.line(text))\"", .text)
    case .array(let values):
      append(depth, label, "[\(values.count)]", .dim, count: values.count)
      for (index, value) in values.enumerated() { add(value, "\(index)", depth + 1) }
    case .object(let object):
      append(depth, label, "{\(object.members.count)}", .dim, count: object.members.count)
      for member in object.members { add(member.value, Sanitise.line(member.name), depth + 1) }
    }
    nodes[number].end = nodes.count
  }

  private mutating func append(
    _ depth: Int, _ label: String?, _ value: String, _ role: Role, count: Int? = nil
  ) {
    nodes.append(Node(depth: depth, label: label, value: value, role: role, count: count))
  }

  /// The rows that are seen, and the node that each of them is or, where it has no parts, is in.
  func rows(folded: Set<Int>) -> ([Line], [Int]) {
    var lines: [Line] = []
    var numbers: [Int] = []
    // The open nodes around the row.
    var around: [Int] = []
    var index = 0
    while index < nodes.count {
      let node = nodes[index]
      around.removeLast(max(0, around.count - node.depth))
      let isFolded = folded.contains(index) && node.count ?? 0 > 0
      lines.append(line(node, isFolded: isFolded))
      numbers.append(node.count ?? 0 > 0 ? index : around.last ?? index)
      around.append(index)
      index = isFolded ? node.end : index + 1
    }
    return (lines, numbers)
  }

  private func line(_ node: Node, isFolded: Bool) -> Line {
    let signs = isUnicode ? ("▸ ", "▾ ") : ("+ ", "- ")
    let sign = node.count ?? 0 > 0 ? (isFolded ? signs.0 : signs.1) : "  "
    let indent = String(repeating: " ", count: min(node.depth, 20) * 2)
    var line = Line([Span(indent + sign, theme[.dim])])
    if let label = node.label { line.append(Span("\(label): ", theme[.markdownLink])) }
    line.append(Span(node.value, theme[node.role]))
    return line
  }
}
