import WorkerAPI

/// The workers by id, with what is asked of all of them again and again kept at hand.
///
/// A change of one worker brings the sums and sets up to date in constant time, so that ten thousand
/// known workers cost no more than those that run.
public struct Roster: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// In the order in which they came, nil for one that is gone: in place, where a dictionary would
  /// copy the whole of a worker for a look at one of its members.
  private var slots: [WorkerState?] = []
  private var places: [String: Int] = [:]

  /// Those that run or wait to run, and are not archived.
  public private(set) var active: Set<String> = []
  /// Those that have schedules, as far as is known.
  public private(set) var scheduled: Set<String> = []
  /// Those whose stream a task is at work on.
  private(set) var followed: Set<String> = []
  /// Those whose last poll failed.
  private(set) var failing: Set<String> = []
  public private(set) var pinned: Set<String> = []
  /// Those that the next command for several is meant for.
  public private(set) var marked: Set<String> = []
  public private(set) var archived: Set<String> = []
  private var standings: [String: Standing] = [:]
  /// Those that failed and need the operator, read or not.
  public private(set) var failures = 0
  /// Those of them that nobody has read.
  public private(set) var unreadFailures = 0
  /// Those whose status is asked for again and again within a minute: they run or wait to run, or
  /// their last poll failed. All others are asked for rarely.
  public private(set) var polled = 0
  private var millionths = Spent()
  /// Changes when a worker comes, goes, stands elsewhere, or is named or pinned anew.
  public private(set) var listing = 0
  /// Changes with whatever decides which streams are followed.
  private(set) var following = 0

  public init(dictionaryLiteral elements: (String, WorkerState)...) {
    for (id, worker) in elements { self[id] = worker }
  }

  public subscript(id: String) -> WorkerState? {
    _read {
      if let place = places[id] {
        yield slots[place]
      } else {
        yield nil
      }
    }
    _modify {
      let place = places[id] ?? slots.count
      if place == slots.count { slots.append(nil) }
      let before = Facts(slots[place])
      defer {
        let after = Facts(slots[place])
        if before != after { count(id, before, after) }
        settle(id, place, isThere: after != nil)
      }
      yield &slots[place]
    }
  }

  /// Makes room for so many more, before they come one after the other.
  mutating func reserve(_ count: Int) {
    slots.reserveCapacity(slots.count + count)
    places.reserveCapacity(places.count + count)
    standings.reserveCapacity(standings.count + count)
  }

  /// Notes or clears a slot after a change.
  private mutating func settle(_ id: String, _ place: Int, isThere: Bool) {
    if isThere {
      if places[id] == nil { places[id] = place }
    } else {
      places[id] = nil
      if place == slots.count - 1 { slots.removeLast() }
    }
  }

  /// Where a worker stands, without a look at the rest of it.
  public func standing(of id: String) -> Standing? { standings[id] }

  /// The ids in the order in which they came.
  public func inOrder(_ ids: Set<String>) -> [String] {
    ids.sorted { (places[$0] ?? 0) < (places[$1] ?? 0) }
  }

  public var values: [WorkerState] { slots.compactMap(\.self) }
  public var count: Int { places.count }

  /// What all of them have spent, as last reported; amounts of 10^9 and more are left out.
  public var spent: Spent {
    Spent(credits: millionths.credits / 1e6, dollars: millionths.dollars / 1e6)
  }

  public static func == (one: Roster, other: Roster) -> Bool {
    one.count == other.count
      && one.places.allSatisfy { id, place in one.slots[place] == other[id] }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(values.reduce(0) { $0 ^ $1.hashValue })
  }

  private mutating func count(_ id: String, _ before: Facts?, _ after: Facts?) {
    Self.enroll(id, &active, after?.isActive)
    Self.enroll(id, &scheduled, after?.hasSchedules)
    Self.enroll(id, &followed, after?.follow.isFollowed)
    Self.enroll(id, &failing, after?.isFailing)
    Self.enroll(id, &pinned, after?.follow.isPinned)
    Self.enroll(id, &archived, after?.isArchived)
    Self.enroll(id, &marked, after?.isMarked)
    if before?.label != after?.label {
      listing ^= Self.mark(id, before?.label) ^ Self.mark(id, after?.label)
    }
    if let before {
      if before.isFailure { failures -= 1 }
      if before.isUnreadFailure { unreadFailures -= 1 }
      if before.isPolled { polled -= 1 }
      millionths.credits -= before.spent.credits
      millionths.dollars -= before.spent.dollars
    }
    if let after {
      if after.isFailure { failures += 1 }
      if after.isUnreadFailure { unreadFailures += 1 }
      if after.isPolled { polled += 1 }
      millionths.credits += after.spent.credits
      millionths.dollars += after.spent.dollars
    }
    if before?.standing != after?.standing {
      standings[id] = after?.standing
      listing ^= Self.mark(id, before?.standing) ^ Self.mark(id, after?.standing)
    }
    if before?.follow != after?.follow {
      following ^= Self.mark(id, before?.follow) ^ Self.mark(id, after?.follow)
    }
  }

  private static func enroll(_ id: String, _ set: inout Set<String>, _ belongs: Bool?) {
    if belongs == true { set.insert(id) } else { set.remove(id) }
  }

  private static func mark(_ id: String, _ value: (some Hashable)?) -> Int {
    var hasher = Hasher()
    hasher.combine(id)
    hasher.combine(value)
    return hasher.finalize()
  }
}

/// Where a worker stands in the list.
public enum Standing: Hashable, Sendable, CaseIterable {
  case needsYou, running, pending, unknown, done, archived
}

extension WorkerState {
  /// One that failed needs the operator until it is continued, archived or forgotten.
  public var standing: Standing {
    if known.isArchived { return .archived }
    if isMissing { return .unknown }
    if known.isUnread { return .needsYou }
    return switch phase.value {
    case .running: .running
    case .pending: .pending
    case .unknown: .unknown
    case .done: .done
    case .failed: .needsYou
    }
  }
}

/// What of one worker is counted.
private struct Facts: Equatable {
  var standing: Standing
  var isActive: Bool
  var isArchived: Bool
  var isMarked: Bool
  var hasSchedules: Bool
  var isFailing: Bool
  var isFailure: Bool
  var isUnreadFailure: Bool
  var isPolled: Bool
  var follow: Follow
  var label: Label
  /// In whole millionths, which add up without an error.
  var spent = Spent()

  /// What the list puts it in its place by, besides where it stands.
  struct Label: Hashable {
    var isPinned: Bool
    var isMissing: Bool
    var title: String?
    var instruction: String
    var budget: Budget
    var phase: Phase
  }

  struct Follow: Hashable {
    var isActive: Bool
    var isPinned: Bool
    var isMissing: Bool
    var isFollowed: Bool
    var isOpen: Bool
    var isClosed: Bool
    var isSettled: Bool
    var isCut: Bool
    var isBlank: Bool
  }

  init?(_ worker: WorkerState?) {
    guard let worker else { return nil }
    standing = worker.standing
    isArchived = worker.known.isArchived
    isMarked = worker.known.isMarked
    isActive = worker.phase.value.isActive && !isArchived
    hasSchedules = worker.schedules?.value.isEmpty == false
    isFailing = worker.failures > 0
    isFailure = if case .failed = worker.phase.value { standing == .needsYou } else { false }
    isUnreadFailure = isFailure && worker.known.isUnread
    isPolled =
      (isActive || isFailing) && !isArchived && !worker.isMissing && !worker.isBarred
    follow = Follow(
      isActive: isActive, isPinned: worker.known.isPinned, isMissing: worker.isMissing,
      isFollowed: worker.stream.isFollowed,
      isOpen: worker.stream.isOpen, isClosed: worker.stream == .closed,
      isSettled: worker.isSettled, isCut: worker.isCut, isBlank: worker.transcript.turns.isEmpty)
    label = Label(
      isPinned: worker.known.isPinned, isMissing: worker.isMissing, title: worker.known.title,
      instruction: worker.known.instruction, budget: worker.known.budget, phase: worker.phase.value)
    guard let amount = worker.meter.amount, abs(amount) < 1e9 else { return }
    let millionths = (amount * 1e6).rounded()
    if worker.meter.isInCredits { spent.credits = millionths } else { spent.dollars = millionths }
  }
}
