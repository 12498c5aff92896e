public import Canvas
public import Fleet
public import WorkerAPI

/// The field in which an instruction is written, with its budget always in sight.
public struct Composer: Hashable, Sendable {
  public enum Purpose: Hashable, Sendable {
    case newWorker
    case followUp(worker: String, title: String)
  }

  public enum Field: Hashable, Sendable { case text, budget, files, when, confirmation }

  /// What a key led to; `schedule` hands the text over to the schedule form of the worker.
  public enum Step: Hashable, Sendable { case edited, closed, send, schedule }

  public var purpose: Purpose
  public var area: TextArea
  public var budget: Budget
  var field = Field.text
  /// What was typed to allow an unlimited budget.
  var typed = ""
  /// A high budget was confirmed by a first Enter.
  var isArmed = false
  /// The worker still runs; the server would refuse a follow-up now.
  var isTooEarly = false
  /// What an empty field can be filled with, the nearest last, and which of it was taken.
  var past: [Past] = []
  var recalled: Int?
  /// Those of the worker that is continued, and the key of the chosen one.
  var files: [WorkerFile] = []
  var fileKey: String?
  /// What was typed into the gaps of templates, by their titles and names.
  var gaps: [String: [String: String]] = [:]
  /// Templates that brought a budget along.
  var taken: [TakenTemplate] = []
  /// The ceiling that is reached, as a sentence: only a typed yes sends.
  var obstacle: String?
  /// Why the last key could not send.
  var problem: String?
  /// What the last key did where the text alone does not show it.
  var note: String?

  public init(_ purpose: Purpose, _ draft: Draft?) {
    self.purpose = purpose
    area = TextArea(text: draft?.text ?? "", cursor: draft?.cursor)
    budget = draft?.budget ?? .standard
  }

  /// The worker that is continued.
  var worker: String? {
    if case .followUp(let worker, _) = purpose { worker } else { nil }
  }

  var subject: Draft.Subject {
    switch purpose {
    case .newWorker: .newWorker
    case .followUp(let worker, _): .followUp(worker: worker)
    }
  }

  public var draft: Draft {
    Draft(subject: subject, text: area.text, cursor: area.cursor, budget: budget)
  }

  /// A new worker has no files yet, and a schedule belongs to a worker.
  var fields: [Field] { worker == nil ? [.text, .budget] : [.text, .budget, .files, .when] }

  /// There is more than blanks to be sent.
  var hasText: Bool { area.text.contains(where: { !$0.isWhitespace }) }

  /// `width` is that of the rows on the screen, for up and down.
  mutating func handle(_ key: Key, _ command: Command?, width: Int) -> Step {
    let wasArmed = isArmed
    problem = nil
    note = nil
    isArmed = false
    switch command {
    case .no:
      field = .text
      typed = ""
      return .edited
    case .dismiss: return .closed
    case .accept: return accept(wasArmed: wasArmed)
    case .nextField: return turn(1)
    case .previousField: return turn(-1)
    case .newline:
      if field == .text { insert("\n") }
      return .edited
    default: break
    }
    switch field {
    case .text:
      if case .character(let character) = key {
        insert(String(character))
      } else if command == .earlier || command == .later, recall(command == .earlier ? -1 : 1) {
        break
      } else {
        _ = area.edit(key, width: width)
        followUndo(key)
      }
    case .budget: chooseBudget(key)
    case .files: chooseFile(key)
    case .when:
      let later: [Key] = [.right, .down, .character("l"), .character("j"), .character(" ")]
      if later.contains(key) { return .schedule }
    case .confirmation:
      if case .character(let character) = key, typed.count < 8 { typed.append(character) }
      if key == .backspace, !typed.isEmpty { typed.removeLast() }
    }
    return .edited
  }

  private mutating func turn(_ step: Int) -> Step {
    let index = fields.firstIndex(of: field)
    field = index.map { fields[($0 + step + fields.count) % fields.count] } ?? .text
    return .edited
  }

  /// Takes in what can be recalled, what files there are, and whether its worker still runs.
  mutating func update(_ fleet: State) {
    updatePast(fleet)
    guard case .followUp(let worker, _) = purpose else { return }
    files = fleet.workers[worker]?.files ?? []
    let wasTooEarly = isTooEarly
    isTooEarly = fleet.workers[worker]?.phase.value.isActive ?? false
    if wasTooEarly, !isTooEarly { problem = nil }
  }

  /// A paste is text, whatever it holds and wherever the focus was; it never sends.
  mutating func paste(_ text: String) -> Step {
    isArmed = false
    problem = nil
    note = nil
    typed = ""
    field = .text
    insert(Sanitise.text(text))
    return .edited
  }

  /// A template's text goes to the cursor, as one edit; its budget is the one on the screen then.
  mutating func take(_ template: Template, _ text: String) {
    isArmed = false
    problem = nil
    note = nil
    typed = ""
    field = .text
    let before = TakenTemplate.Side(text: area.text, budget: budget)
    insert(text)
    guard problem == nil, let budget = template.budget else { return }
    self.budget = budget
    if taken.count == TakenTemplate.limit { taken.removeFirst() }
    taken.append(TakenTemplate(before: before, after: .init(text: area.text, budget: budget)))
  }

  mutating func insert(_ text: String) {
    if !area.insert(text) { problem = "the text is full at 1 MiB; nothing of it was taken in" }
  }

  private mutating func accept(wasArmed: Bool) -> Step {
    switch field {
    case .files:
      nameFile()
      return .edited
    case .when: return .schedule
    case .text, .budget, .confirmation: break
    }
    guard hasText else {
      problem = "write an instruction first"
      field = .text
      return .edited
    }
    guard !isTooEarly else {
      problem = "this worker still runs; the draft is kept for when it is done"
      return .edited
    }
    if obstacle != nil || budget.isUnbounded {
      guard field == .confirmation, typed == "yes" else {
        problem = "type yes, then Enter"
        field = .confirmation
        typed = ""
        return .edited
      }
    } else if budget == .high, !wasArmed {
      isArmed = true
      return .edited
    }
    return .send
  }

  private mutating func chooseBudget(_ key: Key) {
    switch key {
    case .up, .character("k"): budget = budget.moved(by: .left)
    case .down, .character("j"): budget = budget.moved(by: .right)
    default: budget = budget.moved(by: key)
    }
    typed = ""
  }
}

extension Budget {
  /// The server holds nothing back, or what it holds back is not known.
  var isUnbounded: Bool {
    switch self {
    case .unlimited, .other: true
    case .low, .standard, .high: false
    }
  }

  /// The one beside it, cheaper to the left; a word of the server's own is left by either key.
  func moved(by key: Key) -> Budget {
    let all = Budget.all
    guard let index = all.firstIndex(of: self) else {
      return [.left, .right, .character("h"), .character("l"), .character(" ")].contains(key)
        ? .standard : self
    }
    return switch key {
    case .left, .character("h"): all[max(0, index - 1)]
    case .right, .character("l"), .character(" "): all[min(all.count - 1, index + 1)]
    default: self
    }
  }
}
