/// The port to the transcripts of all workers, whole and searchable; `ScrollbackFile` implements it
/// over SQLite.
///
/// A transcript in memory is bounded; what went from it is read back from here, a window at a time.
public protocol Scrollback: Sendable {
  /// It knew nothing when it was opened.
  var isFresh: Bool { get }
  /// Writes these changes in one transaction, in their order.
  func write(_ changes: [ScrollbackChange]) async throws
  /// Some of a worker's entries; nil when it has none.
  func window(_ worker: String, at place: ScrollbackPlace) async throws -> ScrollbackWindow?
  /// What holds all of the words, the best first.
  func search(_ search: ScrollbackSearch) async throws -> Finds
}

/// One change to what is kept.
public enum ScrollbackChange: Hashable, Sendable {
  /// Adds a leaf or takes the place of the one of its number.
  case leaf(Leaf)
  /// The worker's leaves of a section from a number on go.
  case cut(worker: String, Leaf.Section, from: Int)
  case forget(worker: String)
}

/// The smallest thing that is kept: a part of a transcript, or a name.
public struct Leaf: Hashable, Sendable {
  public enum Section: Int, Hashable, Sendable, CaseIterable {
    case title, prompt, source, file, entry
  }

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case title, prompt, source, file
    case text, reasoning, plain, error, aborted, tool, data, part
  }

  public var worker: String
  public var section: Section
  /// Its place within the section; an entry's is its number among all that the worker ever had.
  public var number: Int
  public var turn: Int
  public var kind: Kind
  /// What it says and is found by.
  public var words: String
  /// What of it is more than words, as JSON text.
  public var details: String?
  /// Seconds since 1970, where this console watched.
  public var startedAt: Double?
  public var endedAt: Double?

  public init(
    worker: String, section: Section, number: Int, turn: Int = 0, kind: Kind, words: String,
    details: String? = nil, startedAt: Double? = nil, endedAt: Double? = nil
  ) {
    self.worker = worker
    self.section = section
    self.number = number
    self.turn = turn
    self.kind = kind
    self.words = words
    self.details = details
    self.startedAt = startedAt
    self.endedAt = endedAt
  }

  /// Bytes held, roughly.
  public var weight: Int { words.utf8.count + (details?.utf8.count ?? 0) + 64 }
}

/// Where in a worker's entries a window is to be.
public enum ScrollbackPlace: Hashable, Sendable {
  case first, last
  /// With this entry in its middle, or the one that comes next.
  case around(Int)
}

/// A stretch of a worker's transcript.
public struct ScrollbackWindow: Hashable, Sendable {
  public var worker: String
  public var transcript: Transcript
  /// The entries in it.
  public var range: ClosedRange<Int>
  /// The first and the last of all that are kept.
  public var whole: ClosedRange<Int>

  /// Bytes of one window, so that it is laid out within a frame.
  public static let byteLimit = 256 << 10
  /// Entries of one window.
  public static let entryLimit = 3_000

  public init(
    worker: String, transcript: Transcript, range: ClosedRange<Int>, whole: ClosedRange<Int>
  ) {
    self.worker = worker
    self.transcript = transcript
    self.range = range
    self.whole = whole
  }

  public var hasFirst: Bool { range.lowerBound <= whole.lowerBound }
  public var hasLast: Bool { range.upperBound >= whole.upperBound }
}

/// Words to find.
public struct ScrollbackSearch: Hashable, Sendable {
  /// As typed: words that must all be there, the last one perhaps not finished; "words in quotes" as
  /// they stand.
  public var words: String
  /// Nil searches all workers.
  public var worker: String?
  public var limit: Int

  public init(_ words: String, worker: String? = nil, limit: Int = 50) {
    self.words = words
    self.worker = worker
    self.limit = limit
  }
}

/// What a search found.
public struct Finds: Hashable, Sendable {
  public var search: ScrollbackSearch
  /// The best, at most as many as were asked for.
  public var finds: [Find]
  /// How many there are in all.
  public var count: Int
  /// There are more, which were not counted.
  public var hasMore = false

  public struct Find: Hashable, Sendable {
    public var worker: String
    public var section: Leaf.Section
    public var number: Int
    public var kind: Leaf.Kind
    /// The words around the first place, in pieces.
    public var snippet: [Piece]
    /// Lines of the leaf before that place.
    public var line: Int

    public init(
      worker: String, section: Leaf.Section, number: Int, kind: Leaf.Kind, snippet: [Piece],
      line: Int
    ) {
      self.worker = worker
      self.section = section
      self.number = number
      self.kind = kind
      self.snippet = snippet
      self.line = line
    }
  }

  public struct Piece: Hashable, Sendable {
    public var text: String
    public var isMatch: Bool

    public init(_ text: String, isMatch: Bool = false) {
      self.text = text
      self.isMatch = isMatch
    }
  }

  public init(search: ScrollbackSearch, finds: [Find] = [], count: Int = 0) {
    self.search = search
    self.finds = finds
    self.count = count
  }
}
