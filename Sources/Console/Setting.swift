import Canvas
import Fleet

/// What `:set` changes of the view, by the word for it.
enum Setting: String, CaseIterable {
  case wrap, times, text, follow, mouse, zone, agenda, reasoning

  var values: [String] {
    switch self {
    case .wrap, .follow, .mouse: ["on", "off"]
    case .times: ["off", "ages", "local", "utc"]
    case .text: ["rendered", "raw", "events", "parts"]
    case .zone: ["local", "utc"]
    case .agenda: ["all", "this"]
    case .reasoning: ["folded", "open"]
    }
  }

  /// All that may be typed, such as `wrap=off`.
  static let choices = allCases.flatMap { setting in
    setting.values.map { "\(setting.rawValue)=\($0)" }
  }
}

extension Screen {
  /// All settings as they stand, in the form in which they are set.
  var settings: String {
    Setting.allCases.map { "\($0.rawValue)=\(value(of: $0))" }.joined(separator: "  ")
  }

  private func value(of setting: Setting) -> String {
    let index =
      switch setting {
      case .wrap: reading.isWrapped ? 0 : 1
      case .times: reading.times.rawValue
      case .text: reading.form.rawValue
      case .follow: output.isFollowing ? 0 : 1
      case .mouse: isMouseOn ? 0 : 1
      case .zone: showsUTC ? 1 : 0
      case .agenda: showsAgenda ? 0 : 1
      case .reasoning: output.isUnfolded ? 1 : 0
      }
    return setting.values[index]
  }

  /// Takes one of `Setting.choices` and says how all of them stand.
  mutating func set(_ choice: String) -> [Outcome] {
    let parts = choice.split(separator: "=").map(String.init)
    guard parts.count == 2, let setting = Setting(rawValue: parts[0]),
      let index = setting.values.firstIndex(of: parts[1])
    else { return [] }
    switch setting {
    case .wrap:
      reading.isWrapped = index == 0
      output.shift = 0
    case .times: reading.times = OutputStyle.Times(rawValue: index) ?? reading.times
    case .text: show(OutputStyle.Form(rawValue: index) ?? reading.form)
    case .follow: index == 0 ? output.follow() : output.stopFollowing()
    case .mouse: return (index == 0) == isMouseOn ? [] : [.mouse(index == 0)]
    case .zone: showsUTC = index == 1
    case .agenda: agendaChoice = index == 0
    case .reasoning: output.isUnfolded = index == 1
    }
    remark = settings
    return []
  }
}
