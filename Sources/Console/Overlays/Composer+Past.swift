import Canvas
import Fleet

/// A text with which an empty field can be filled, and where it is from.
struct Past: Hashable, Sendable {
  enum Origin: Hashable, Sendable {
    /// What stands in another draft, which stays as it is.
    case draft(Draft.Subject, title: String)
    /// An order's, whether the server took it or not; counted from the last.
    case sent(number: Int, of: Int)
  }

  var text: String
  var origin: Origin

  /// What it is, within that many columns; a long title gives way.
  func words(width: Int, ellipsis: String) -> String {
    switch origin {
    case .sent(let number, let count): return "written before, \(number) of \(count)"
    case .draft(let subject, let title):
      let (start, end) = (subject.isSchedule ? "schedule draft for " : "draft for ", " (copy)")
      let room = max(4, width - Width.of(start) - Width.of(end))
      return start + Width.cut(Sanitise.line(title), to: room, ellipsis: ellipsis) + end
    }
  }

  /// Other drafts than that of `own`, then what was written for orders; the nearest last, and each
  /// text once.
  ///
  /// When a draft was written is not known: a new worker's is the nearest, then those of the
  /// workers that came to be known last.
  static func all(in fleet: State, besides own: Draft.Subject) -> [Past] {
    var drafts: [Past] = []
    for draft in others(in: fleet, than: own) {
      guard !drafts.contains(where: { $0.text == draft.text }) else { continue }
      let title = draft.subject.worker.map { fleet.workers[$0]?.title ?? $0 } ?? "a new worker"
      drafts.append(Past(text: draft.text, origin: .draft(draft.subject, title: title)))
    }
    let sent = fleet.inputs.map(\.text).filter { text in
      !drafts.contains(where: { $0.text == text })
    }
    let inputs = sent.enumerated().map { index, text in
      Past(text: text, origin: .sent(number: sent.count - index, of: sent.count))
    }
    return inputs + drafts.reversed()
  }

  /// Drafts that hold more than blanks, the nearest first.
  private static func others(in fleet: State, than own: Draft.Subject) -> [Draft] {
    var found: [(draft: Draft, place: (Double, String, Int))] = []
    for draft in fleet.drafts.values where draft.subject != own {
      guard draft.text.contains(where: { !$0.isWhitespace }) else { continue }
      let id = draft.subject.worker
      let known = id.map { fleet.workers[$0]?.known.addedAt ?? 0 } ?? Double.infinity
      found.append((draft, (known, id ?? "", draft.subject.isSchedule ? 0 : 1)))
    }
    return found.sorted { $0.place > $1.place }.map { $0.draft }
  }
}

extension Draft.Subject {
  fileprivate var worker: String? {
    switch self {
    case .newWorker: nil
    case .followUp(let worker), .schedule(let worker): worker
    }
  }

  fileprivate var isSchedule: Bool { if case .schedule = self { true } else { false } }
}

extension Composer {
  /// Which text of the past stands in the field as it was recalled.
  var standing: Int? {
    guard let recalled, past.indices.contains(recalled), area.text == past[recalled].text else {
      return nil
    }
    return recalled
  }

  /// The past stays while a text of it stands in the field, so that its place in it does.
  mutating func updatePast(_ fleet: State) {
    guard standing == nil else { return }
    recalled = nil
    past = area.isEmpty ? Past.all(in: fleet, besides: subject) : []
  }

  /// From an empty field, or from what was recalled and left as it was, to another earlier text;
  /// false where the key means the rows of the text.
  mutating func recall(_ step: Int) -> Bool {
    let standing = self.standing
    guard standing != nil || area.isEmpty, !past.isEmpty else { return false }
    let place = standing ?? past.count
    let next = min(max(0, place + step), past.count)
    guard next != place else { return place < past.count || step < 0 }
    let text = next < past.count ? past[next].text : ""
    // As an edit, so that what stood there before can be brought back.
    guard area.replaceAll(with: text) else { return true }
    area.cursor = text.count
    recalled = next < past.count ? next : nil
    return true
  }
}
