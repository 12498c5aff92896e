import Canvas
import Fleet

extension Rendition {
  /// Brings the lines up to the events of a stream: new ones come below, and above go those that are
  /// not kept any more.
  mutating func update(_ log: WireLog, _ setting: Setting, loss: String?, _ sift: Sift = Sift()) {
    adopt(setting)
    if sift != self.sift { take(sift) }
    let writer = EntryLayout(setting: setting, isFirst: false)
    let gone = sections.prefix { $0.number.map { $0 < log.first } ?? true }.count
    let head = gone == 1 && loss != nil && sections.first?.prompt == loss ? 0 : gone
    sections.removeFirst(head)
    if let loss, sections.first?.source != .loss {
      var section = Section(source: .loss, revision: 0, prompt: loss)
      section.take(writer.loss(loss))
      section.forget(sift)
      sections.insert(section, at: 0)
    }
    let known = sections.last?.number.map { $0 + 1 } ?? log.first
    for (offset, entry) in log.entries.dropFirst(known - log.first).enumerated() {
      var section = Section(source: .event(known + offset), revision: 0, prompt: nil)
      section.take(writer.event(entry, known + offset + 1))
      section.opensTurn = entry.mark == .turn
      section.isTool = entry.mark == .tool
      section.isProblem = entry.mark == .problem
      section.forget(sift)
      sections.append(section)
    }
    _ = lookOn()
    starts = [0]
    hitStarts = [0]
    turnStarts = []
    count(from: 0)
  }
}

extension Rendition.Section {
  /// An event's; nil of anything else.
  fileprivate var number: Int? {
    if case .event(let number) = source { number } else { nil }
  }
}
