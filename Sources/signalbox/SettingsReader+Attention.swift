import Canvas
import Console
import Yams

extension SettingsReader {
  static let attentionKeys = ["bell", "notify", "form", "title", "quiet"]

  /// When the operator is called; what cannot be used leaves its rule as it was.
  mutating func readAttention(_ node: Node) {
    guard case .mapping(let mapping) = node else {
      return error(node, "attention: not a list of bell, notify, form, title and quiet")
    }
    for (key, value) in mapping {
      let name = key.string ?? ""
      let place = "attention.\(name)"
      lines[place] = key.mark?.line
      switch name {
      case "bell": events(value, place).map { settings.attention.bell = $0 }
      case "notify": events(value, place).map { settings.attention.notify = $0 }
      case "title": flag(value, place).map { settings.attention.showsTitle = $0 }
      case "form":
        switch value.int {
        case 9: settings.attention.form = .osc9
        case 777: settings.attention.form = .osc777
        default: error(value, "\(place): neither 9 nor 777")
        }
      case "quiet":
        if let hours = value.scalar.flatMap({ QuietHours($0.string) }) {
          settings.attention.quiet = hours
        } else {
          error(value, "\(place): no hours such as \"22:00-07:00\"")
        }
      default: unknown(key, Self.attentionKeys, in: "attention.")
      }
    }
  }

  /// `true` is all of them, `false` is none.
  private mutating func events(_ node: Node, _ place: String) -> Set<AttentionRules.Event>? {
    let all = AttentionRules.Event.allCases
    if let flag = node.bool { return flag ? Set(all) : [] }
    guard case .sequence(let members) = node else {
      let names = all.map(\.rawValue).joined(separator: ", ")
      error(node, "\(place): neither true, false, nor a list of \(names)")
      return nil
    }
    var found: Set<AttentionRules.Event> = []
    for member in members {
      guard let event = member.string.flatMap(AttentionRules.Event.init) else {
        unknown(member, all.map(\.rawValue), in: "\(place): ")
        continue
      }
      found.insert(event)
    }
    return found
  }
}
