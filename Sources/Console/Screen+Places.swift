import Canvas
import Fleet
import WorkerAPI

/// A place that a letter goes back to: a worker, a pane, and where its output was.
struct MarkedPlace: Hashable, Sendable {
  var worker: String
  var focus: Pane
  /// Nil where the output was followed.
  var top: OutputView.Held?
  var seen = OutputView.Held()
  /// The place is among raw events.
  var isOfEvents = false
}

/// What the letter that comes next is for.
public enum LetterPurpose: Hashable, Sendable { case mark, jump }

extension Screen {
  /// The letter under which the place before the last jump is kept.
  static let backLetter: Character = "'"

  private var here: MarkedPlace? {
    selected.map {
      MarkedPlace(
        worker: $0, focus: focus, top: output.isFollowing ? nil : output.held(at: output.top),
        seen: OutputView.Held(output.seen, in: output.rendition, isEnd: true),
        isOfEvents: reading.form == .events)
    }
  }

  mutating func letter(
    _ purpose: LetterPurpose, _ key: Key, _ command: Command?, _ fleet: State
  ) -> [Outcome] {
    overlays.removeLast()
    guard command != .dismiss, case .character(let letter) = key else { return [] }
    guard letter.isLetter || letter.isNumber || letter == Self.backLetter && purpose == .jump else {
      remark = "a mark is a letter or a digit"
      return []
    }
    switch purpose {
    case .mark:
      guard let here else { return [] }
      places[letter] = here
      remark = "mark \(letter) is here; '\(letter) comes back"
      return []
    case .jump: return jump(letter, fleet)
    }
  }

  private mutating func jump(_ letter: Character, _ fleet: State) -> [Outcome] {
    guard let place = places[letter] else {
      let known = places.keys.filter { $0 != Self.backLetter }.sorted().map(String.init)
      remark =
        known.isEmpty
        ? "nothing is marked; m and a letter marks this place"
        : "no mark \(letter); marked: \(known.joined(separator: " "))"
      return []
    }
    guard fleet.workers[place.worker] != nil else {
      remark = "the worker of mark \(letter) is not in the list any more"
      return []
    }
    places[Self.backLetter] = here
    let outcomes = select(place.worker, in: place.focus, fleet)
    if place.isOfEvents { show(.events) } else { showText() }
    if let top = place.top {
      output.isFollowing = false
      output.heldTop = top
      output.heldSeen = place.seen
    } else {
      output.follow()
    }
    return outcomes
  }

  /// A new worker from the first instruction and the budget of this one; a draft that is there stays.
  mutating func rerun(_ fleet: State) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected] else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    let text =
      worker.known.instruction.isEmpty
      ? worker.transcript.prompts.first?.first ?? "" : worker.known.instruction
    guard !text.isEmpty else {
      remark = "its first instruction is not known here"
      return []
    }
    return compose(text, budget: worker.known.budget, fleet)
  }

  /// Opens the composer of a new worker with a text, unless another text waits in it.
  mutating func compose(_ text: String, budget: Budget?, _ fleet: State) -> [Outcome] {
    let kept = fleet.drafts[.newWorker]
    if let kept, !kept.text.isEmpty, kept.text != text {
      remark = "a draft of another new worker is kept: n opens it, to be sent or emptied first"
      return []
    }
    let draft = Draft(
      subject: .newWorker, text: text, cursor: text.count,
      budget: budget ?? kept?.budget ?? .standard)
    var composer = Composer(.newWorker, draft)
    composer.update(fleet)
    overlays.append(.composer(composer))
    return [.fleet(.write(composer.draft))]
  }
}

/// Which letter is asked for, on the last line.
enum LetterOverlay {
  static func draw(_ view: View, _ purpose: LetterPurpose, into frame: inout Frame) {
    let rect = view.arrangement.message
    guard !rect.isEmpty else { return }
    frame.fill(rect, view.theme[.text])
    let known = view.screen.places.keys.sorted().map(String.init).joined(separator: " ")
    let marks = known.isEmpty ? "" : "  (marked: \(known))"
    let text =
      purpose == .mark
      ? "mark this place: a letter\(marks)"
      : "go to the mark: a letter, or ' for where you were\(marks)"
    frame.write(
      Width.cut(text, to: rect.width, ellipsis: view.ellipsis), x: rect.x, y: rect.y,
      view.theme[.accent], in: rect)
  }
}
