import Canvas
import Fleet

/// The list of templates, then the gaps of the chosen one, in front of the composer.
public struct TemplateBox: Hashable, Sendable {
  enum Stage: Hashable, Sendable {
    case choosing
    /// One field a gap, and which of them is written in.
    case filling(Template, [LineField], at: Int)
  }

  static let gapLimit = 4_000

  var stage = Stage.choosing
  /// What was typed into gaps, by the template's title and the gap's name.
  var typed: [String: [String: String]] = [:]
  /// What the titles are to hold.
  var filter = LineField(limit: 100)
  var index = 0

  /// What a key led to.
  enum Step: Hashable {
    case edited, closed
    case filled(Template, String)
  }

  init(_ template: Template? = nil) {
    if let template, !template.gaps.isEmpty { fill(template) }
  }

  /// The templates whose titles hold what is typed.
  func matches(_ templates: [Template]) -> [Template] {
    let words = filter.text.lowercased().split(separator: " ")
    return templates.filter { template in
      words.allSatisfy { template.title.lowercased().contains($0) }
    }
  }

  mutating func handle(_ key: Key, _ command: Command?, _ templates: [Template]) -> Step {
    switch stage {
    case .choosing: choose(key, command, templates)
    case .filling(let template, let fields, let index):
      fill(key, command, template, fields, index)
    }
  }

  /// Answers why not all of it was taken in, if so.
  mutating func paste(_ text: String) -> String? {
    switch stage {
    case .choosing:
      filter.paste(text)
      index = 0
      return nil
    case .filling(let template, var fields, let index):
      let left = fields[index].paste(text)
      stage = .filling(template, fields, at: index)
      keep()
      guard left > 0 else { return nil }
      return "\(left) characters did not fit: a gap holds \(Self.gapLimit)"
    }
  }

  private mutating func choose(_ key: Key, _ command: Command?, _ templates: [Template]) -> Step {
    let found = matches(templates)
    switch command {
    case .dismiss: return .closed
    case .earlier: index = max(0, index - 1)
    case .later, .nextField: index = max(0, min(found.count - 1, index + 1))
    case .accept:
      guard found.indices.contains(index) else { return .edited }
      if found[index].gaps.isEmpty { return .filled(found[index], found[index].filled([:])) }
      fill(found[index])
    default:
      filter.type(key)
      index = 0
    }
    return .edited
  }

  private mutating func fill(_ template: Template) {
    let typed = typed[template.title] ?? [:]
    let fields = template.gaps.map { gap in
      LineField(typed[gap.name] ?? gap.standard, limit: Self.gapLimit, keepsLines: true)
    }
    stage = .filling(template, fields, at: 0)
  }

  /// So that a way back to the list, or out of it, loses nothing.
  private mutating func keep() {
    guard case .filling(let template, let fields, _) = stage else { return }
    typed[template.title] = Self.values(template, fields)
  }

  private mutating func fill(
    _ key: Key, _ command: Command?, _ template: Template, _ fields: [LineField], _ index: Int
  ) -> Step {
    var (fields, index) = (fields, index)
    switch command {
    case .dismiss:
      stage = .choosing
      return .edited
    case .accept where index == fields.count - 1:
      return .filled(template, template.filled(Self.values(template, fields)))
    case .accept: index += 1
    case .nextField, .later: index = (index + 1) % fields.count
    case .previousField, .earlier: index = (index + fields.count - 1) % fields.count
    default: fields[index].type(key)
    }
    stage = .filling(template, fields, at: index)
    keep()
    return .edited
  }

  static func values(_ template: Template, _ fields: [LineField]) -> [String: String] {
    Dictionary(zip(template.gaps.map(\.name), fields.map(\.text))) { $1 }
  }
}

extension Screen {
  /// Opens the list; what is in the folder now comes a moment later.
  mutating func openTemplates() -> [Outcome] {
    var box = TemplateBox()
    if case .composer(let composer) = overlays.last { box.typed = composer.gaps }
    overlays.append(.templates(box))
    return [.loadTemplates]
  }

  /// A new worker by a template: the first whose title begins like that, else what is left to choose.
  mutating func openTemplate(named name: String, _ fleet: State) -> [Outcome] {
    let outcomes: [Outcome] = [.loadTemplates]
    let title = name.lowercased()
    let found = templates.templates.first { $0.title.lowercased().hasPrefix(title) }
    overlays.append(.composer(Composer(.newWorker, fleet.drafts[.newWorker])))
    if let found, !name.isEmpty {
      if found.gaps.isEmpty { return outcomes + take(found, found.filled([:])) }
      overlays.append(.templates(TemplateBox(found)))
    } else {
      var box = TemplateBox()
      _ = box.paste(name)
      overlays.append(.templates(box))
      if !name.isEmpty { remark = "no template begins with \(Sanitise.line(name))" }
    }
    return outcomes
  }

  mutating func templates(_ box: TemplateBox, _ key: Key, _ command: Command?) -> [Outcome] {
    var box = box
    switch box.handle(key, command, templates.templates) {
    case .edited: overlays[overlays.count - 1] = .templates(box)
    case .closed: leave(box)
    case .filled(let template, let text):
      leave(box)
      return take(template, text)
    }
    return []
  }

  /// The composer behind keeps what was typed into gaps.
  private mutating func leave(_ box: TemplateBox) {
    overlays.removeLast()
    guard case .composer(var composer) = overlays.last else { return }
    composer.gaps = box.typed
    overlays[overlays.count - 1] = .composer(composer)
  }

  /// The filled text goes to the cursor of the composer behind.
  private mutating func take(_ template: Template, _ text: String) -> [Outcome] {
    guard case .composer(var composer) = overlays.last else { return [] }
    composer.take(template, text)
    overlays[overlays.count - 1] = .composer(composer)
    return [.fleet(.write(composer.draft))]
  }
}
