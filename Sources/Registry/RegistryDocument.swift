public import Fleet
public import WorkerAPI

/// The registry as one JSON document, for another host; preferences stay, and there is no key in it.
///
/// What was spent stays too: the books of two hosts would count the same money twice. Times are
/// seconds since 1970 and `lastSeen` is the text as it was kept, so that what is written
/// and read again is equal to the digit.
public struct RegistryDocument: Hashable, Sendable {
  public static let version = 1

  public var workers: [KnownWorker]
  public var drafts: [Draft]
  public var intents: [Intent]

  public init(_ recollection: Recollection) {
    workers = recollection.workers
    drafts = recollection.drafts
    intents = recollection.intents
  }

  /// All of it, in its order.
  public var memos: [Memo] {
    workers.map(Memo.worker) + drafts.map(Memo.draft) + intents.map(Memo.intent)
  }

  /// `exportedAt` is in seconds since 1970.
  public func json(exportedAt: Double) -> JSON {
    [
      "signalbox": "registry", "version": .integer(Self.version),
      "exportedAt": .string(Timestamp.print(exportedAt)),
      "workers": .array(workers.map(\.json)), "drafts": .array(drafts.map(\.json)),
      "intents": .array(intents.map(\.json)),
    ]
  }
}

extension KnownWorker {
  fileprivate var json: JSON {
    object([
      ("id", .string(id)), ("title", title.map(JSON.string)),
      ("instruction", .string(instruction)), ("budget", .string(budget.word)),
      ("addedAt", .number(addedAt)), ("isUnread", .bool(isUnread)),
      ("isPinned", isPinned ? .bool(true) : nil), ("isArchived", isArchived ? .bool(true) : nil),
      ("isMarked", isMarked ? .bool(true) : nil),
      ("lastSeen", lastSeen.map(JSON.string)), ("lastSeenAt", lastSeenAt.map(JSON.number)),
    ])
  }
}

extension Draft {
  fileprivate var json: JSON {
    let subject = subject.columns
    return object([
      ("kind", .string(subject.kind)),
      ("worker", subject.worker.isEmpty ? nil : .string(subject.worker)),
      ("text", .string(text)), ("cursor", .integer(cursor)), ("budget", .string(budget.word)),
    ])
  }
}

extension Intent {
  fileprivate var json: JSON {
    object([
      ("id", .string(id)), ("kind", .string(kind.rawValue)), ("worker", worker.map(JSON.string)),
      ("input", .string(input)), ("budget", .string(budget.word)), ("madeAt", .number(madeAt)),
      ("when", when?.requestJSON),
    ])
  }
}

/// The members that have a value.
private func object(_ members: [(String, JSON?)]) -> JSON {
  .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
}
