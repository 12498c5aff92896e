import Fleet
import WorkerAPI

/// All fields of a worker, or of something of it, as lines: a tree to be read, or JSON.
public struct Inspection: Hashable, Sendable {
  /// Lines that are made; what comes beyond them is counted as left out.
  static let lineLimit = 4_000
  /// Characters of one value.
  static let textLimit = 4_000
  static let depthLimit = 40

  public struct Row: Hashable, Sendable {
    var depth: Int
    var name: String
    var value: String
    var isHeading = false
  }

  /// What of a worker is looked at.
  enum Subject: Hashable, Sendable {
    case worker
    /// By its id.
    case schedule(String)
    /// By its address.
    case source(String)
    /// By its key.
    case file(String)
  }

  let worker: String
  let subject: Subject
  let title: String
  /// When and from what the server's part was learned.
  let learned: Reading<Learned>?
  /// The JSON is the server's own; else it is made of the fields that this version reads.
  let isOriginal: Bool
  let isRaw: Bool
  private(set) var rows: [Row] = []
  private(set) var isCut = false
  var offset = 0

  init(
    of worker: String, _ subject: Subject = .worker, title: String, learned: Reading<Learned>?,
    isOriginal: Bool = true, isRaw: Bool
  ) {
    self.worker = worker
    self.subject = subject
    self.title = title
    self.learned = learned
    self.isOriginal = isOriginal
    self.isRaw = isRaw
  }

  init(_ state: WorkerState, isRaw: Bool, now: Double) {
    self.init(of: state.id, title: state.title, learned: state.listed, isRaw: isRaw)
    if isRaw {
      guard let raw = state.worker?.raw else {
        add(0, "", "nothing came from the server yet")
        return
      }
      write(raw)
    } else {
      tree(state, now: now)
    }
  }

  mutating func add(_ depth: Int, _ name: String, _ value: String, isHeading: Bool = false) {
    guard rows.count < Self.lineLimit else {
      isCut = true
      return
    }
    let count = value.utf8.count
    let text =
      count > Self.textLimit
      ? String(value.prefix(Self.textLimit)) + " … of \(Figures.bytes(count))" : value
    rows.append(
      Row(
        depth: depth, name: Sanitise.line(String(name.prefix(200))), value: Sanitise.line(text),
        isHeading: isHeading))
  }

  private mutating func tree(_ state: WorkerState, now: Double) {
    let known = state.known
    func ago(_ moment: Double) -> String { "\(Figures.age(now - moment)) ago" }
    add(0, "here", "", isHeading: true)
    add(1, "id", known.id)
    add(1, "title", known.title ?? "(none of your own)")
    add(1, "instruction", known.instruction.isEmpty ? "(not known here)" : known.instruction)
    add(1, "budget", known.budget.word)
    add(1, "known since", ago(known.addedAt))
    add(1, "state", Self.words(state.phase.value))
    add(1, "state learned", "\(state.phase.source), \(ago(state.phase.at))")
    add(1, "stream", Self.words(state.stream, now: now))
    add(1, "last event id", state.lastEventID.isEmpty ? "(none)" : state.lastEventID)
    let marks = [
      known.isUnread ? "unread" : nil, known.isPinned ? "pinned" : nil,
      known.isMarked ? "marked" : nil, known.isArchived ? "archived" : nil,
      state.isMissing ? "not known to the server" : nil,
    ].compactMap(\.self)
    add(1, "marks", marks.isEmpty ? "(none)" : marks.joined(separator: ", "))
    if let email = state.email { add(1, "e-mail", email) }
    let (turns, parts) = (state.transcript.turns.count, state.transcript.entries.count)
    add(1, "output", "\(Figures.counted(turns, "turn")), \(Figures.counted(parts, "part"))")
    add(1, "polls that failed", "\(state.failures)")
    for schedule in state.schedules?.value ?? [] {
      add(1, "schedule \(schedule.id)", "\(schedule.kind.words): \(schedule.input)")
    }
    for (name, download) in state.downloads.sorted(by: { $0.key < $1.key }) {
      add(download, as: "saved \(name)")
    }
    add(0, "as the server gave it", "", isHeading: true)
    guard let raw = state.worker?.raw else {
      return add(1, "(nothing yet)", "")
    }
    branch(raw, 1)
  }

  /// Where a file was saved, and by what it is known again.
  mutating func add(_ download: Download?, as name: String) {
    guard case .done(let saved) = download else { return }
    add(1, name, saved.path)
    if let digest = saved.digest { add(2, "sha256", digest) }
  }

  private static func words(_ phase: Phase) -> String {
    switch phase {
    case .unknown: "not known"
    case .pending: "pending"
    case .running: "running"
    case .done: "done"
    case .failed(let reason): "failed: \(reason)"
    }
  }

  private static func words(_ stream: StreamState, now: Double) -> String {
    switch stream {
    case .closed: "closed"
    case .opening: "opening"
    case .live(let since): "live for \(Figures.duration(now - since))"
    case .waiting(let retryAt, let reason):
      "lost (\(reason)), retry in \(Figures.duration(retryAt - now))"
    case .refused(let reason): "refused: \(reason)"
    case .ended: "ended"
    }
  }

  /// The members of an object or the items of a list, each on a line of its own.
  mutating func branch(_ json: JSON, _ depth: Int) {
    guard depth < Self.depthLimit, !isCut else { return add(depth, "…", "") }
    switch json {
    case .object(let object):
      for member in object.members { leaf(member.name, member.value, depth) }
    case .array(let items):
      for (number, item) in items.enumerated() { leaf("\(number + 1)", item, depth) }
    default: add(depth, "", Self.word(json))
    }
  }

  private mutating func leaf(_ name: String, _ value: JSON, _ depth: Int) {
    guard !isCut else { return }
    switch value {
    case .object(let object) where !object.members.isEmpty:
      add(depth, name, "")
      branch(value, depth + 1)
    case .array(let items) where !items.isEmpty:
      add(depth, name, items.count == 1 ? "1 item" : "\(items.count) items")
      branch(value, depth + 1)
    default: add(depth, name, Self.word(value))
    }
  }

  private static func word(_ json: JSON) -> String {
    if case .string(let text) = json { return text }
    return json.text
  }

  /// JSON with one member or item a line.
  mutating func write(_ json: JSON, _ depth: Int = 0, name: String = "", isLast: Bool = true) {
    guard !isCut else { return }
    let lead = name.isEmpty ? "" : "\(JSON.string(name).text): "
    let end = isLast ? "" : ","
    switch json {
    case .object(let object) where !object.members.isEmpty && depth < Self.depthLimit:
      add(depth, "", lead + "{")
      for (number, member) in object.members.enumerated() where !isCut {
        write(
          member.value, depth + 1, name: member.name, isLast: number == object.members.count - 1)
      }
      add(depth, "", "}" + end)
    case .array(let items) where !items.isEmpty && depth < Self.depthLimit:
      add(depth, "", lead + "[")
      for (number, item) in items.enumerated() where !isCut {
        write(item, depth + 1, name: "", isLast: number == items.count - 1)
      }
      add(depth, "", "]" + end)
    default: add(depth, "", lead + json.text + end)
    }
  }
}
