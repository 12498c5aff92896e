import Fleet
import WorkerAPI

/// How often the worker's text cites each of its sources, and where.
///
/// Kept from frame to frame: only entries that changed are read again. It knows what is in memory.
struct Citations: Hashable, Sendable {
  /// A citation: the entry, and the how-manieth of its source in it.
  struct Place: Hashable, Sendable {
    var entry: Int
    var ordinal: Int
  }

  /// The places in the order of the text, by the source's number from nought.
  private(set) var places: [[Place]] = []
  /// Earlier text is not in memory: there may be more.
  private(set) var isPartial = false
  private var urls: [String] = []
  private var edition = 0
  /// What was read last; as long as it stays there is nothing new.
  private var state: State?
  private var pieces: [Int: Piece] = [:]

  private struct Piece: Hashable, Sendable {
    var revision: Int
    /// The sources that it cites, one after the other.
    var cited: [Int]
  }

  /// Changes when entries come, go or grow: only the latest grow.
  private struct State: Hashable, Sendable {
    var end: Int
    var droppedBytes: Int
    var revisions: Int

    init(_ transcript: Transcript) {
      end = transcript.end
      droppedBytes = transcript.droppedBytes
      revisions = transcript.entries.suffix(64).reduce(0) { $0 + $1.revision }
    }
  }

  init() {}

  /// How often a source is cited.
  func count(of source: Int) -> Int {
    places.indices.contains(source) ? places[source].count : 0
  }

  mutating func update(_ transcript: Transcript, _ sources: [WorkerSource]) {
    let urls = sources.map(\.url)
    if urls != self.urls || transcript.edition != edition {
      self.urls = urls
      edition = transcript.edition
      pieces = [:]
      state = nil
    }
    let state = State(transcript)
    guard state != self.state else { return }
    self.state = state
    isPartial = transcript.isCutOff
    let numbers = Self.numbers(urls)
    var kept: [Int: Piece] = [:]
    var places = Array(repeating: [Place](), count: urls.count)
    for (index, entry) in transcript.entries.enumerated() {
      guard case .text(let text) = entry.content else { continue }
      let number = transcript.firstNumber + index
      var piece = pieces[number] ?? Piece(revision: -1, cited: [])
      if piece.revision != entry.revision {
        piece = Piece(
          revision: entry.revision, cited: CitationReader.sources(in: text, numbers, urls.count))
      }
      kept[number] = piece
      var seen: [Int: Int] = [:]
      for source in piece.cited {
        places[source].append(Place(entry: number, ordinal: seen[source, default: 0]))
        seen[source, default: 0] += 1
      }
    }
    (pieces, self.places) = (kept, places)
  }

  /// The sources that a Markdown text cites, from nought, in its order: by `[n]`, by a link to the
  /// source's address, or by the bare address; not in code.
  static func sources(in text: String, _ urls: [String]) -> [Int] {
    CitationReader.sources(in: text, numbers(urls), urls.count)
  }

  /// Sources by their addresses; a slash at the end makes no difference.
  static func numbers(_ urls: [String]) -> [String: Int] {
    Dictionary(urls.enumerated().map { (key($1), $0) }, uniquingKeysWith: { first, _ in first })
  }

  static func key(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
}
