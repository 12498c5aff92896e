import Console
import Yams

/// Reads the `keys` of the configuration: places, below each the actions with their keys.
enum KeySettings {
  static func changes(_ node: Node) -> (changes: [KeyChange], faults: [Finding]) {
    var changes: [KeyChange] = []
    var faults: [Finding] = []
    func fail(_ node: Node, _ text: String) {
      faults.append(
        Finding(
          line: node.mark?.line ?? 1, severity: .error, text: "\(text); the standard keys stay"))
    }
    guard case .mapping(let places) = node else {
      fail(node, "keys: not a list of places, such as everywhere, with actions below each")
      return ([], faults)
    }
    for (place, actions) in places {
      let context = place.string ?? ""
      guard case .mapping(let rows) = actions else {
        fail(place, "keys.\(context.prefix(40)): no actions with their keys below it")
        continue
      }
      for (action, value) in rows {
        guard let keys = words(value) else {
          fail(value, "keys.\(context.prefix(40)).\(action.string?.prefix(40) ?? ""): no keys")
          continue
        }
        changes.append(
          KeyChange(
            context, action.string ?? "", keys, line: action.mark?.line ?? place.mark?.line ?? 1))
      }
    }
    return (changes, faults)
  }

  /// `"ctrl-r f5"` or `[ctrl-r, f5]`.
  private static func words(_ node: Node) -> [String]? {
    if let sequence = node.sequence {
      let words = sequence.compactMap { $0.scalar?.string }
      return words.count == sequence.count ? words : nil
    }
    return node.scalar?.string.split(separator: " ").map(String.init)
  }
}
