import Canvas
public import Fleet
public import WorkerAPI

/// The form for a new schedule: what it would do is shown before anything is sent.
public struct ScheduleForm: Hashable, Sendable {
  public enum Field: Int, Hashable, Sendable { case kind, when, text, budget, confirmation }

  public enum Step: Hashable, Sendable {
    case edited, closed
    case send(ScheduleRequest)
  }

  public var worker: String
  var title: String
  var kind = WhenReader.Kind.once
  /// What was typed for each kind, so that looking at another kind loses nothing.
  var typedWhen: [WhenReader.Kind: TextArea]
  var area: TextArea
  var budget: Budget
  var field = Field.kind
  var typedYes = ""
  var isArmed = false
  /// Its fires are being looked at before it is sent, where they did not fit below the fields.
  var isReviewing = false
  /// The ceiling that is reached, as a sentence: only a typed yes sends.
  var obstacle: String?
  /// What is wrong, beside the field that it is about.
  var problem: (field: Field, text: String)? {
    get { problemField.map { ($0, problemText) } }
    set {
      problemField = newValue?.field
      problemText = newValue?.text ?? ""
    }
  }
  private var problemField: Field?
  private var problemText = ""
  /// The meaning of `when` as it was when that was typed, or why it has none: what is sent is what is
  /// on the screen.
  private(set) var reading: Result<ScheduleKind, WhenReader.Failure>

  public init(_ worker: WorkerState, _ draft: Draft?, zone: Zone, now: Double) {
    self.worker = worker.id
    title = worker.title
    area = TextArea(text: draft?.text ?? worker.known.instruction, cursor: draft?.cursor)
    budget = draft?.budget ?? worker.known.budget
    typedWhen = WhenReader.Kind.allCases.reduce(into: [:]) { $0[$1] = TextArea(text: $1.example) }
    reading = .failure(WhenReader.Failure("say when"))
    read(zone, now)
  }

  /// Goes on with the kind and the moments that `moments` wrote down; what is no such text changes
  /// nothing.
  mutating func takeMoments(_ text: String, zone: Zone, now: Double) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let kinds = WhenReader.Kind.allCases
    guard lines.count == kinds.count + 1, let kind = WhenReader.Kind(rawValue: lines[0]) else {
      return
    }
    self.kind = kind
    for (kind, line) in zip(kinds, lines.dropFirst()) { typedWhen[kind] = TextArea(text: line) }
    read(zone, now)
  }

  /// The kind and what was typed for each, a line each; kept beside the draft of the text.
  var moments: String {
    ([kind.rawValue] + WhenReader.Kind.allCases.map { typedWhen[$0]?.text ?? "" })
      .joined(separator: "\n")
  }

  /// The name under which the moments of a worker's form are kept.
  static func preference(of worker: String) -> String { "form \(worker)" }

  var draft: Draft {
    Draft(
      subject: .schedule(worker: worker), text: area.text, cursor: area.cursor, budget: budget)
  }

  var when: TextArea { typedWhen[kind] ?? TextArea() }

  /// `width` is that of the instruction's rows on the screen, for up and down.
  mutating func handle(
    _ key: Key, _ command: Command?, width: Int, zone: Zone, now: Double,
    needsReview: Bool = false
  ) -> Step {
    let wasArmed = isArmed
    isArmed = false
    problem = nil
    let typed = (kind, when.text)
    defer { if (kind, when.text) != typed { read(zone, now) } }
    let command = command == .no ? .dismiss : command
    if isReviewing, command != .accept, field != .confirmation || command == .dismiss {
      isReviewing = false
      if field == .confirmation { field = .budget }
      if command == .dismiss { return .edited }
    }
    switch command {
    case .dismiss: return .closed
    case .accept: return accept(wasArmed: wasArmed, needsReview: needsReview, zone, now)
    case .nextField: return turn(1)
    case .previousField: return turn(-1)
    case .newline:
      if field == .text { _ = area.insert("\n") }
      return .edited
    default: break
    }
    switch field {
    case .kind: kind = kind.moved(by: key)
    case .when: _ = typedWhen[kind]?.edit(key, width: 1000)
    case .text: _ = area.edit(key, width: width)
    case .budget:
      budget = budget.moved(by: key)
      typedYes = ""
    case .confirmation:
      if case .character(let character) = key, typedYes.count < 8 { typedYes.append(character) }
      if key == .backspace, !typedYes.isEmpty { typedYes.removeLast() }
    }
    return .edited
  }

  /// A paste goes into the moment where that is edited, its newlines as spaces, else into the
  /// instruction; where it went is what is shown then.
  mutating func paste(_ text: String, zone: Zone, now: Double) {
    isArmed = false
    isReviewing = false
    problem = nil
    switch field {
    case .when:
      _ = typedWhen[kind]?.insert(Sanitise.line(text))
      read(zone, now)
    case .text, .kind, .budget, .confirmation:
      field = .text
      typedYes = ""
      if !area.insert(Sanitise.text(text)) {
        problem = (.text, "the text is full at 1 MiB; what was pasted is not in it")
      }
    }
  }

  private mutating func turn(_ step: Int) -> Step {
    let count = 4
    let index = field == .confirmation ? 3 : field.rawValue
    field = Field(rawValue: (index + step + count) % count) ?? .kind
    return .edited
  }

  private mutating func read(_ zone: Zone, _ now: Double) {
    reading = WhenReader.read(when.text, as: kind, zone: zone, now: now)
  }

  /// The moment on the screen went by while the form was open.
  func isPast(_ now: Double) -> Bool {
    if case .success(.once(let moment)) = reading { moment <= now } else { false }
  }

  /// What the same words mean by now is shown before it can be sent.
  private mutating func readAgain(_ zone: Zone, _ now: Double) -> Step {
    read(zone, now)
    var text = "that moment has passed"
    if case .success(.once(let moment)) = reading {
      let fresh = "\(Figures.date(moment, zone, now: now)) \(zone.name(at: moment))"
      text = "passed; now \(fresh): Enter again"
    }
    problem = (.when, text)
    field = .when
    typedYes = ""
    isReviewing = false
    return .edited
  }

  private mutating func accept(
    wasArmed: Bool, needsReview: Bool, _ zone: Zone, _ now: Double
  ) -> Step {
    if isPast(now) { return readAgain(zone, now) }
    guard case .success(let meaning) = reading else {
      if case .failure(let failure) = reading { problem = (.when, failure.description) }
      field = .when
      return .edited
    }
    guard area.text.contains(where: { !$0.isWhitespace }) else {
      problem = (.text, "write an instruction first")
      field = .text
      return .edited
    }
    if needsReview, !isReviewing {
      isReviewing = true
      return .edited
    }
    if obstacle != nil || budget.isUnbounded {
      guard field == .confirmation, typedYes == "yes" else {
        problem = (.confirmation, "type yes, then Enter")
        field = .confirmation
        typedYes = ""
        return .edited
      }
    } else if budget == .high, !wasArmed {
      isArmed = true
      return .edited
    }
    return .send(ScheduleRequest(input: area.text, when: meaning, budget: budget))
  }
}
