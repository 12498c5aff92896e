import WorkerAPI

/// One run of a worker: its log so far, and the message that the log adds up to.
///
/// The log grows by what the script says and ends with it; the longest one, `lines`, has some 20,000
/// events of 150 bytes.
struct Turn: Sendable {
  let recipe: Recipe
  private(set) var log: [LoggedEvent] = []
  private(set) var message = MessageFold()
  private var performance: Performance?
  /// Events that the performance gives once more, after a restart.
  private var known = 0

  /// The data of one event of the stream; its id is its place.
  struct LoggedEvent: Hashable, Sendable {
    var data: String
    /// The data holds `Origin.placeholder`.
    var hasOrigin: Bool
  }

  /// A turn that is to be played, or played on after what it has said already.
  init(_ recipe: Recipe, begun events: [String] = []) {
    self.recipe = recipe
    performance = Performance(recipe)
    known = events.count
    for data in events { note(data) }
  }

  /// A turn that was played to its end, from the data of its events.
  init(_ recipe: Recipe, sealed events: [String]) {
    self.recipe = recipe
    performance = nil
    for data in events { note(data) }
  }

  var isFinished: Bool { performance?.isFinished ?? true }

  /// Seconds since 1970 when something happens next; nil after the end.
  var nextDue: Double? { performance?.nextDue }

  /// Plays what is due; gives the files that were made.
  mutating func advance(to now: Double) -> [MadeFile] {
    guard let output = performance?.advance(to: now), !output.isEmpty else { return [] }
    let repeated = min(known, output.count)
    known -= repeated
    return output.dropFirst(repeated).compactMap { item in
      var file = item.file
      file?.place = Position(turn: recipe.number, index: log.count).text
      note(item.data)
      return file
    }
  }

  /// Only chunks of files hold addresses of this server; a text that looks like one is left alone.
  private mutating func note(_ data: String) {
    let hasOrigin = data.hasPrefix(#"{"type":"file","url":""# + Origin.placeholder)
    log.append(LoggedEvent(data: data, hasOrigin: hasOrigin))
    message.apply(WorkerEvent(data: data))
  }

  /// The events from a place on, at most `limit`, as the client at `origin` sees them.
  func events(from index: Int, limit: Int, origin: String) -> [ServerSentEvent] {
    let end = min(log.count, index + limit)
    guard index < end else { return [] }
    return (index..<end).map { place in
      let event = log[place]
      return ServerSentEvent(
        data: event.hasOrigin ? Origin.fill(origin, into: event.data) : event.data,
        id: Position(turn: recipe.number, index: place).text)
    }
  }
}

/// A place in the log of a worker, which an event's id names: `2-145` is the turn's 146th event.
struct Position: Hashable, Sendable {
  var turn: Int
  var index: Int

  var text: String { "\(turn)-\(index)" }

  init(turn: Int, index: Int) {
    self.turn = turn
    self.index = index
  }

  /// Nil for an id that this server never gave.
  init?(_ text: String) {
    let halves = text.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, let turn = Int(halves[0]), let index = Int(halves[1]), turn > 0,
      index >= 0
    else { return nil }
    self.init(turn: turn, index: index)
  }
}
