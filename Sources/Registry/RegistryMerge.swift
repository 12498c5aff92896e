public import Fleet

/// What another registry brings to this one: what is unknown is added, and what the operator wrote
/// here stays.
public struct RegistryMerge: Hashable, Sendable {
  /// How many entries of one kind met which end.
  public struct Tally: Hashable, Sendable {
    public var added = 0
    /// Known here, with something that was not: a newer answer, a first title or instruction.
    public var updated = 0
    /// Different here; the one here stays.
    public var kept = 0
    /// The same on both sides.
    public var skipped = 0

    public init(added: Int = 0, updated: Int = 0, kept: Int = 0, skipped: Int = 0) {
      self.added = added
      self.updated = updated
      self.kept = kept
      self.skipped = skipped
    }
  }

  /// What is to be kept here.
  public private(set) var memos: [Memo] = []
  public private(set) var workers = Tally()
  public private(set) var drafts = Tally()
  /// Nobody can tell which of these were settled here before; they are uncertain after a start.
  public private(set) var intents = Tally()

  public init(_ document: RegistryDocument, into local: Recollection) {
    // Ids that differ only in their Unicode form are two rows and one key: the first counts.
    let known = Dictionary(local.workers.map { ($0.id, $0) }) { first, _ in first }
    for var theirs in document.workers {
      guard let ours = known[theirs.id] else {
        add(.worker(theirs), to: \.workers)
        continue
      }
      // A document has none of these: they are asked for anew.
      theirs.take([.schedules, .email], of: ours)
      let merged = ours.merged(with: theirs)
      if merged != ours {
        memos.append(.worker(merged))
        workers.updated += 1
      } else {
        settle(ours == theirs, \.workers)
      }
    }
    let written = Dictionary(local.drafts.map { ($0.subject, $0) }) { first, _ in first }
    for theirs in document.drafts {
      if let ours = written[theirs.subject] {
        settle(ours == theirs, \.drafts)
      } else {
        add(.draft(theirs), to: \.drafts)
      }
    }
    let journaled = Dictionary(local.intents.map { ($0.id, $0) }) { first, _ in first }
    for theirs in document.intents {
      if let ours = journaled[theirs.id] {
        settle(ours == theirs, \.intents)
      } else {
        add(.intent(theirs), to: \.intents)
      }
    }
  }

  private mutating func add(_ memo: Memo, to tally: WritableKeyPath<Self, Tally>) {
    memos.append(memo)
    self[keyPath: tally].added += 1
  }

  private mutating func settle(_ isSame: Bool, _ tally: WritableKeyPath<Self, Tally>) {
    if isSame { self[keyPath: tally].skipped += 1 } else { self[keyPath: tally].kept += 1 }
  }
}

extension KnownWorker {
  /// Its own words stay; what it lacks and a newer last answer come from the other side.
  fileprivate func merged(with other: KnownWorker) -> KnownWorker {
    var merged = self
    if title?.isEmpty ?? true, other.title?.isEmpty == false { merged.title = other.title }
    // Adopted here: neither the instruction nor its budget was ever known.
    if instruction.isEmpty, !other.instruction.isEmpty {
      merged.instruction = other.instruction
      merged.budget = other.budget
    }
    if let seen = other.lastSeen, let at = other.lastSeenAt,
      lastSeen == nil || at > lastSeenAt ?? -.infinity
    {
      merged.lastSeen = seen
      merged.lastSeenAt = at
    }
    return merged
  }
}
