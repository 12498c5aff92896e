import WorkerAPI

/// Where a stream's new connection meets what is known of it: tells a replay from a continuation.
///
/// Servers differ in what they send after a break: everything again, the running message again, what
/// follows `Last-Event-ID`, or only what is new; with ids on all events, on some, or on none. So the
/// first events of a new connection are held until it is clear which of these they are, and the
/// transcript takes in each part once.
struct Seam: Hashable, Sendable {
  /// What the events so far are, in terms of what is known.
  enum Verdict: Hashable, Sendable {
    /// Everything comes again: the transcript starts anew.
    case replay
    /// The message of this turn comes again, and what follows it.
    case rewind(turn: Int)
    /// They follow what is known, but for the first so many, which are known already.
    case follows(skipping: Int)
  }

  /// Events that are held undecided; past it what they most look like is taken.
  private static let heldLimit = 4_096
  /// Events that are remembered after the last one with an id; past it they are not compared.
  private static let tailLimit = 256

  /// The first id of what is known, and the first of its last turn.
  private var firstID: String?
  private var turnFirstID: String?
  /// The last event that carried an id of its own and those after it; only where ids are given.
  private var tail: [WorkerEvent] = []
  private var tailIsWhole = true
  /// Every event so far carried an id: one without comes from a server that repeats the last one.
  private var allHaveIDs = true
  /// What is known began with a `start` chunk; nil when nobody can tell.
  private var beganWithStart: Bool?

  // Of the connection that is being read.
  private var isDecided = true
  private(set) var held: [StreamItem] = []
  /// What the held events say by themselves.
  private var heard = Transcript()
  /// The id that stood before the held events; events without an id of their own carry it.
  private var standingID = ""
  /// An id of its own was seen on this connection.
  private var hasOwnID = false

  init() {}

  /// A connection was opened; `lastEventID` is what was asked to resume after.
  mutating func open(_ transcript: Transcript, lastEventID: String) {
    isDecided = transcript.entries.isEmpty && transcript.turns.isEmpty
    held = []
    heard = Transcript()
    standingID = lastEventID
    hasOwnID = false
  }

  /// The connection is gone; what is held undecided comes again, or a GET brings it.
  mutating func drop() {
    isDecided = true
    held = []
    heard = Transcript()
  }

  /// Takes in what came; nil while it is not clear what it is. The caller takes `release()` then.
  mutating func receive(_ items: [StreamItem], _ transcript: Transcript) -> Verdict? {
    guard !isDecided else {
      held = items
      return .follows(skipping: 0)
    }
    held += items
    for item in items { heard.apply(item.event, now: nil) }
    let verdict = verdict(transcript, held.count >= Self.heldLimit ? .full : .open)
    if verdict != nil { isDecided = true }
    return verdict
  }

  /// The stream ended as it should with events still held: there will be no more to go by.
  mutating func close(_ transcript: Transcript) -> Verdict? {
    guard !isDecided, !held.isEmpty else { return nil }
    isDecided = true
    return verdict(transcript, .over)
  }

  /// The held events, once what they are is clear.
  mutating func release() -> [StreamItem] {
    defer {
      held = []
      heard = Transcript()
    }
    return held
  }

  /// What is known is forgotten, because it all comes again.
  mutating func startAnew() {
    let (standing, first) = (standingID, firstID)
    self = Seam()
    standingID = standing
    // An id that stood already is not seen when it comes again.
    firstID = standing == first ? first : nil
  }

  /// One event was taken in.
  mutating func took(_ item: StreamItem, opensTurn: Bool, isFirst: Bool) {
    let ownID = item.id.isEmpty || item.id == standingID ? nil : item.id
    let before = standingID
    standingID = item.id
    if isFirst { beganWithStart = if case .start = item.event { true } else { false } }
    if isFirst { allHaveIDs = true }
    if ownID == nil, before.isEmpty || hasOwnID { allHaveIDs = false }
    if opensTurn { turnFirstID = nil }
    if let ownID {
      hasOwnID = true
      firstID = firstID ?? ownID
      turnFirstID = turnFirstID ?? ownID
      tail.removeAll(keepingCapacity: true)
      tailIsWhole = true
    }
    guard firstID != nil else { return }
    if tail.count < Self.tailLimit { tail.append(item.event) } else { tailIsWhole = false }
  }

  // MARK: The verdict

  /// How long there is to wait for more to go by.
  private enum Wait { case open, full, over }

  private func verdict(_ transcript: Transcript, _ wait: Wait) -> Verdict? {
    let last = transcript.turns.count - 1
    var isNumbered = false
    if let firstID, let (index, id) = firstOwnID {
      // Ids are the server's own word, but for one that stood already: it is not seen again.
      if id == firstID { return .replay }
      if id == turnFirstID, last > 0 { return .rewind(turn: last) }
      guard standingID == firstID || standingID == turnFirstID else {
        return .follows(skipping: repeated(of: index) ?? 0)
      }
      isNumbered = true
    }
    guard let first = held.first(where: { $0.event.counts })?.event else {
      return wait == .open ? nil : .follows(skipping: 0)
    }
    let (isStart, isMessage) =
      switch first {
      case .start: (true, false)
      case .message: (false, true)
      default: (false, false)
      }
    if let verdict = byMessage(first, transcript) { return verdict }
    var beginnings: [(verdict: Verdict, relation: Transcript.Relation)] = []
    if isStart || isMessage || beganWithStart != true {
      beginnings.append((.replay, heard.relation(to: transcript, from: 0)))
      if last > 0 {
        beginnings.append((.rewind(turn: last), heard.relation(to: transcript, from: last)))
      }
    }
    let partial = beginnings.first { $0.relation == .partial }
    if wait == .open, !isNumbered, partial != nil || couldBeTail { return nil }
    if let found = beginnings.first(where: { $0.relation == .covered }) { return found.verdict }
    if let skipped = repeated(of: held.count) { return .follows(skipping: skipped) }
    if let partial, !isNumbered {
      if wait == .full { return partial.verdict }
      // A replay that ended before it told anything new, or a message like the known one.
      let isCut = heard.turns.last?.status == .streaming
      return .follows(skipping: isCut && isStart ? held.count : 0)
    }
    // A message that is not over does not begin a second time, except in a replay told otherwise.
    guard isStart, partial == nil, transcript.turns.last?.status == .streaming
    else { return .follows(skipping: 0) }
    return last > 0 && transcript.saysNothing(from: last) ? .rewind(turn: last) : .replay
  }

  /// What the id of the message with which the connection begins says.
  private func byMessage(_ first: WorkerEvent, _ transcript: Transcript) -> Verdict? {
    let known = transcript.turns.compactMap(\.messageID)
    switch first {
    case .start(let id?, _):
      let isNew = !known.contains(id) && known.count == transcript.turns.count
      return isNew ? .follows(skipping: 0) : nil
    case .message(let json):
      let isKnown = json["id"]?.string.map { id in
        known.contains(id) || transcript.asides.contains { $0.message["id"]?.string == id }
      }
      return isKnown == true ? .replay : nil
    default: return nil
    }
  }

  /// The first held event with an id of its own.
  private var firstOwnID: (index: Int, id: String)? {
    var standing = standingID
    for (index, item) in held.enumerated() {
      if !item.id.isEmpty, item.id != standing { return (index, item.id) }
      standing = item.id
    }
    return nil
  }

  /// What a server that resumes after the last id sends again, because it carries no id.
  private var unnumbered: ArraySlice<WorkerEvent> { allHaveIDs ? tail[...] : tail.dropFirst() }

  /// How many of the first `count` held events repeat all that; nil when they do not.
  private func repeated(of count: Int) -> Int? {
    let known = unnumbered
    guard tailIsWhole, !known.isEmpty, known.count <= count,
      zip(known, held).allSatisfy({ $0 == $1.event })
    else { return nil }
    return known.count
  }

  /// All that is held repeats a part of it.
  private var couldBeTail: Bool {
    tailIsWhole && held.count < unnumbered.count
      && zip(unnumbered, held).allSatisfy { $0 == $1.event }
  }
}

extension WorkerEvent {
  /// It says something of where in a stream it stands.
  fileprivate var counts: Bool {
    switch self {
    case .done, .unknown, .malformed, .snapshot, .data(_, _, _, isTransient: true): false
    default: true
    }
  }
}
