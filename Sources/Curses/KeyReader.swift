import Canvas

/// Makes events of what the keyboard sent: keys, pastes with and without markers, and escape
/// sequences that a slow link tore apart.
///
/// A key that comes alone is an event at once. Several at a time may be a paste from a terminal
/// that sends no markers, and Enter may be the beginning of one: they wait for 40 ms of silence,
/// and then `KeyBurst` says what they are. A paste between markers holds at most 1 MiB of UTF-8;
/// the rest of it is dropped.
struct KeyReader: Sendable {
  typealias Instant = ContinuousClock.Instant

  static let burstGap = Duration.milliseconds(40)
  /// Nobody types two keys in this time.
  static let typingGap = Duration.milliseconds(10)
  /// What comes within this time behind a paste without markers goes on with it.
  ///
  /// A packet that TCP sends again is 200 ms late, and a person needs longer than 250 ms to see
  /// what was pasted and to press a key.
  static let tailWait = Duration.milliseconds(250)
  /// A flood without markers is delivered in pieces of this many keys.
  static let burstLimit = 1 << 18
  static let pasteLimit = 1 << 20
  /// A paste whose end marker got lost ends after this silence, so that the keyboard comes back.
  static let pasteWait = Duration.seconds(10)

  /// What the terminal answers, which is no key.
  var reports = CursorReports()
  private var decoder = ByteDecoder()
  private var escape = EscapeReader()
  private var paste: PasteText?
  private var mouse: MouseReader?
  private var burst = KeyBurst()
  /// The end of a paste without markers.
  private var tail: (key: Key, at: Instant)?
  private var lastText: Instant?
  private var lastRead: Instant?

  /// When `expire` has to be called even if nothing arrives.
  var deadlines: [Instant] { [silence, reports.deadline].compactMap(\.self) }

  /// When nothing has come for so long that what waits goes on.
  private var silence: Instant? {
    guard let lastRead else { return nil }
    if paste != nil { return lastRead + Self.pasteWait }
    return burst.keys.isEmpty ? nil : (burst.repeatStart ?? lastRead) + Self.burstGap
  }

  /// Takes everything that one look at the keyboard gave.
  mutating func read(_ codes: [Code], at now: Instant) -> [Event] {
    guard !codes.isEmpty else { return [] }
    var events = expire(at: now)
    for piece in reports.take(codes, at: now) { read(piece, at: now, into: &events) }
    return events
  }

  /// Takes what came at once and is no report of the cursor.
  private mutating func read(_ codes: [Code], at now: Instant, into events: inout [Event]) {
    guard !codes.isEmpty else { return }
    let isFast = lastText.map { now - $0 < Self.typingGap } ?? false
    let texts = codes.lazy.filter(\.startsText).prefix(2).count
    let isBurst = isFast || texts == 2
    lastRead = now
    for (index, code) in codes.enumerated() {
      if readMouse(code, into: &events) { continue }
      switch code {
      case .mouse(let form): mouse = paste == nil ? MouseReader(form) : nil
      case .pasteStart: begin(into: &events)
      case .pasteEnd: finish(into: &events)
      case .key(let key):
        if paste == nil { take(escape.read(key), isBurst: isBurst, at: now, into: &events) }
      case .byte(let byte):
        guard let scalar = decoder.decode(byte) else { continue }
        let hasMore = codes.indices.contains(index + 1) && codes[index + 1].makesChord
        read(scalar, hasMore: hasMore, isBurst: isBurst, at: now, into: &events)
      }
    }
  }

  /// Delivers what has waited long enough.
  mutating func expire(at now: Instant) -> [Event] {
    var events: [Event] = []
    if let silence, now >= silence {
      finish(into: &events)
      flush(into: &events)
    }
    let held = reports.expire(at: now)
    read(held, at: now, into: &events)
    return events
  }

  private mutating func read(
    _ scalar: Unicode.Scalar, hasMore: Bool, isBurst: Bool, at now: Instant,
    into events: inout [Event]
  ) {
    if paste != nil {
      if paste?.append(scalar) == .ended { finish(into: &events) }
      return
    }
    switch escape.read(scalar, hasMore: hasMore, at: now) {
    case .ignored: return
    case .key(let key): take(key, isBurst: false, at: now, into: &events)
    case .pasteStart: begin(into: &events)
    case .pasteEnd: return
    case .other:
      guard let key = Key(scalar: scalar) else { return }
      take(key, isBurst: isBurst, at: now, into: &events)
    }
  }

  private mutating func take(
    _ key: Key, isBurst: Bool, at now: Instant, into events: inout [Event]
  ) {
    guard key.pasted != nil else {
      flush(into: &events)
      events.append(.key(key))
      return
    }
    lastText = now
    if burst.keys.isEmpty {
      let isTail = tail.map { now - $0.at < Self.tailWait } ?? false
      guard isBurst || isTail || key == .enter else {
        events.append(.key(key))
        return
      }
      burst = KeyBurst(after: isTail ? tail?.key : nil)
    }
    burst.append(key, at: now)
    if burst.keys.count == Self.burstLimit { flush(into: &events) }
  }

  /// True when the code was a part of a report.
  private mutating func readMouse(_ code: Code, into events: inout [Event]) -> Bool {
    guard case .byte(let byte) = code, var reader = mouse else {
      mouse = nil
      return false
    }
    switch reader.read(byte) {
    case .more:
      mouse = reader
      return true
    case .whole(let report):
      mouse = nil
      guard let report else { return true }
      flush(into: &events)
      if case .mouse(let last) = events.last, let joined = last.joined(with: report) {
        events[events.count - 1] = .mouse(joined)
      } else {
        events.append(.mouse(report))
      }
      return true
    case .broken:
      mouse = nil
      return false
    }
  }

  private mutating func begin(into events: inout [Event]) {
    flush(into: &events)
    // An end that is marked needs no guard.
    tail = nil
    if paste == nil { paste = PasteText() }
  }

  private mutating func finish(into events: inout [Event]) {
    guard let text = paste?.text else { return }
    paste = nil
    if !text.isEmpty { events.append(.paste(text)) }
  }

  private mutating func flush(into events: inout [Event]) {
    defer { burst = KeyBurst() }
    guard burst.isPaste, let last = burst.keys.last, let lastText else {
      events += burst.keys.map { .key($0) }
      return
    }
    tail = (key: last, at: lastText)
    let text = burst.text
    if !text.isEmpty { events.append(.paste(text)) }
  }
}
