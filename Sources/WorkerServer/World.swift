import FoundationEssentials
import WorkerAPI

/// The server's state: workers, the runs that are being played, schedules, and who is watching.
///
/// Everything happens by the clock alone: `advance` does what is due and says when it wants to be asked
/// again, and `run` is the one task that asks it.
public actor World {
  let configuration: ServerConfiguration
  let ledger: Ledger
  let now: @Sendable () -> Double
  /// Every worker, with the recipes of its turns; small, so all of them stay in memory.
  var workers: [String: Record] = [:]
  /// Turns that have not ended, at most one a worker.
  var playing: [String: Turn] = [:]
  var shelf = Shelf()
  var clockwork = Clockwork()
  /// What was played and is not written yet; all of it goes into the next transaction.
  var unwritten: [Ledger.Entry] = []
  var watchers: [String: [Int: CheckedContinuation<Void, Never>]] = [:]
  var tickets = 0
  /// Turns of all workers.
  var turnCount = 0
  var openStreams = 0
  public internal(set) var isClosed = false
  /// The address of this server for clients that name none.
  var origin: String
  var random = SystemRandomNumberGenerator()
  private var sleeper: Task<Void, Never>?

  struct Record: Sendable {
    var row: Ledger.WorkerRow
    var recipes: [Recipe]
  }

  /// Seconds until a ledger that has refused is asked again.
  static let patience = 1.0

  /// Beats are batched to at most this many wake-ups a second.
  static let wakeUpsPerSecond = 30.0

  /// Opens the ledger and takes up what it holds; `now` gives seconds since 1970, nil
  /// the machine's.
  public init(
    _ configuration: ServerConfiguration,
    now: (@Sendable () -> Double)? = nil
  ) throws {
    let now = now ?? { Date().timeIntervalSince1970 }
    self.configuration = configuration
    self.now = now
    ledger = try Ledger(folder: configuration.dataFolder)
    origin = "http://\(configuration.host):\(configuration.port)"
    for row in try ledger.workers() { workers[row.id] = Record(row: row, recipes: []) }
    for (recipe, isSealed) in try ledger.turns() {
      workers[recipe.worker]?.recipes.append(recipe)
      turnCount += 1
      if !isSealed {
        let begun = try ledger.begun(worker: recipe.worker, number: recipe.number)
        playing[recipe.worker] = Turn(recipe, begun: begun)
      }
    }
    for kept in try ledger.schedules() { clockwork.put(kept) }
  }

  /// Plays what is due until the task is cancelled.
  public func run() async {
    while !Task.isCancelled, !isClosed {
      let moment = now()
      let wait = advance().map { max($0 - moment, 1 / Self.wakeUpsPerSecond) }
      // With nothing to come, a year is as good as for ever: every change ends the wait.
      let task = Task { _ = try? await Task.sleep(for: .seconds(min(wait ?? 3e7, 3e7))) }
      sleeper = task
      await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  /// Does everything that is due; the moment of the next thing, in seconds since 1970, nil for none.
  ///
  /// A ledger that refuses stops everything until it takes what there is: nothing piles up meanwhile.
  @discardableResult
  public func advance() -> Double? {
    let moment = now()
    guard flush() else { return moment + Self.patience }
    for worker in playing.keys.sorted() { play(worker, to: moment) }
    fireSchedules(at: moment)
    guard flush() else { return moment + Self.patience }
    return [playing.values.compactMap(\.nextDue).min(), clockwork.nextDue(after: moment)]
      .compactMap(\.self).min()
  }

  /// Ends every open stream after what it has sent, and starts nothing any more.
  public func close() {
    isClosed = true
    for worker in watchers.keys { wakeWatchers(of: worker) }
    rouse()
  }

  /// Makes the clock loop look at what has changed.
  func rouse() { sleeper?.cancel() }

  func setOrigin(_ origin: String) { self.origin = origin }

  /// Writes what was played, in one transaction; false when the ledger refuses.
  func flush() -> Bool {
    guard !unwritten.isEmpty else { return true }
    guard (try? ledger.write(unwritten)) != nil else { return false }
    unwritten = []
    return true
  }

  /// Comes before everything that is shown: nobody sees what would be gone after `kill -9`.
  func settle() throws {
    guard flush() else { throw APIError.noLedger }
  }

  /// The seed of the next run: another one for each, and the same in each life of the server.
  func nextSeed() -> UInt64 {
    var random = SplitMix64(seed: configuration.seed, part: turnCount)
    return random.next()
  }
}
