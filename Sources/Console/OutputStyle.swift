import Fleet

/// How the output is laid out, whichever worker is shown.
struct OutputStyle: Hashable, Sendable {
  enum Times: Int, Hashable, Sendable, CaseIterable { case off, ages, local, utc }

  enum Form: Int, Hashable, Sendable, CaseIterable {
    case rendered
    /// Markdown as the worker wrote it.
    case source
    /// What the stream said, event by event.
    case events
    /// The parts of the messages as JSON.
    case parts
  }

  var isWrapped = true
  var times = Times.off
  var form = Form.rendered
  /// Plain text across the whole screen, for the terminal's own selection.
  var isClean = false

  /// What the title says of it.
  func words(_ zone: String, shift: Int) -> [String] {
    var words: [String] = []
    switch form {
    case .rendered: break
    case .source: words.append("RAW TEXT")
    case .events: words.append("RAW EVENTS")
    case .parts: words.append("PARTS")
    }
    if !isWrapped { words.append(shift > 0 ? "no wrap +\(shift)" : "no wrap") }
    switch times {
    case .off: break
    case .ages: words.append("ages")
    case .local: words.append(zone)
    case .utc: words.append("UTC")
    }
    return words
  }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The one after it, and the first one after the last.
  var next: Self {
    let all = Self.allCases
    let index = all.firstIndex(of: self) ?? 0
    return all[(index + 1) % all.count]
  }
}
