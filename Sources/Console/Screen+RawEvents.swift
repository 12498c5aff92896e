import Canvas
import Fleet

/// The output pane over the events of the stream in place of the text.
extension Screen {
  /// Takes another form of the output; the reader's place in the text and in the events are two.
  mutating func show(_ form: OutputStyle.Form) {
    let wasEvents = reading.form == .events
    reading.form = form
    guard wasEvents != (form == .events) else { return }
    swap(&output, &textView)
    if wasEvents { textView = OutputView() }
  }

  /// Goes back to the text, for what is a place in it.
  mutating func showText() {
    if reading.form == .events { show(.rendered) }
  }

  /// The same for `:events`, which shows the pane, too.
  mutating func openEvents(_ fleet: State) -> [Outcome] {
    guard selected != nil else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    show(.events)
    return focus(.output, fleet)
  }

  /// What the fleet must be told so that the events are there while their form is on the screen.
  func tapEvents(_ fleet: State) -> [Outcome] {
    let isShown = reading.form == .events && arrangement(fleet).panes[.output] != nil
    let worker = isShown ? selected.flatMap { fleet.workers[$0] == nil ? nil : $0 } : nil
    return fleet.wire?.worker == worker ? [] : [.fleet(.tap(worker))]
  }

  /// The selected worker's events where they are what is shown.
  func events(_ fleet: State) -> WireLog? {
    guard reading.form == .events, let log = fleet.wire, log.worker == selected else { return nil }
    return log
  }

  /// The event at the top of the screen, or the last one while the view follows.
  func event(in log: WireLog) -> WireLog.Entry? {
    guard !output.isFollowing else { return log.entries.last }
    let top = output.rendition.anchor(at: output.top)
    guard case .event(let number) = top.source else { return nil }
    return log.entries.dropFirst(number - log.first).first
  }

  mutating func showEvents(_ fleet: State, width: Int) -> [Outcome] {
    guard let log = events(fleet) else { return [] }
    let setting = setting(width: width, edition: log.round)
    output.textWidth = max(1, width - setting.margin)
    output.update(log, setting)
    output.seek()
    isLooking = output.rendition.isLooking
    return []
  }
}

extension OutputView {
  /// Brings the lines up to the events.
  fileprivate mutating func update(_ log: WireLog, _ setting: Rendition.Setting) {
    let gone = Figures.counted(log.first, "earlier event")
    let loss = log.first > 0 ? "\(gone) \(log.first == 1 ? "is" : "are") not kept" : nil
    guard !isFollowing else { return rendition.update(log, setting, loss: loss, sift) }
    keepPlaces(for: setting)
    rendition.update(log, setting, loss: loss, sift)
    findPlaces()
  }
}

extension WireLog {
  /// All that is kept as text, an event a line.
  var text: String { entries.map(\.words).joined(separator: "\n") }

  /// What `text` is, and what it lacks.
  var title: String {
    let cut = entries.count { $0.raw.rest > 0 }
    let part = first > 0 ? "the last \(entries.count) of \(count) raw events" : "the raw events"
    return cut > 0 ? "\(part) (\(cut) of them cut)" : part
  }
}

extension WireLog.Entry {
  /// Its data, one that was cut with what it lacks.
  var words: String {
    raw.rest > 0 ? "\(raw.text) ... \(Figures.bytes(raw.rest)) more" : raw.text
  }
}
