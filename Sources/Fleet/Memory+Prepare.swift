import WorkerAPI

extension Recollection {
  /// Works the workers out of their last answers, off the main actor; the answers' texts are let go
  /// of one batch after the other.
  ///
  /// Of those that are done and read, the words are left for `unfolded`: the first frame of a thousand
  /// workers shows their figures.
  @concurrent
  consuming func withWorkers() async -> Recollection {
    let known = workers
    workers = known.map(\.withoutAnswer)
    prepared.value = await KnownWorker.each(of: known) { known in
      if !known.isUnread, let brief = known.brief, Phase(brief) == .done {
        return WorkerState(remembered: known, answer: brief, isFolded: true)
      }
      return WorkerState(remembered: known, answer: known.answer)
    }
    return self
  }

  /// Those whose words were left, with them.
  @concurrent
  func unfolded() async -> [WorkerState] {
    prepared.value.flatMap { $0.compactMap(\.unfolded) }
  }
}

extension KnownWorker {
  /// Workers whose last answers one task reads, and bytes of answers past which no more are added;
  /// fewer are not worth a task.
  private static let batch = (workers: 100, bytes: 256 << 10)

  /// Does the same with each of many, on all cores; answers in their order, batch by batch, because a
  /// thousand workers take milliseconds to be copied.
  @concurrent
  static func each<Value: Sendable>(
    of workers: consuming [KnownWorker], _ work: @escaping @Sendable (KnownWorker) -> Value
  ) async -> [[Value]] {
    var batches = batches(of: workers)
    workers = []
    return await withTaskGroup(of: (Int, [Value]).self) { group in
      let count = batches.count
      while let batch = batches.popLast() {
        let number = batches.count
        group.addTask { (number, batch.map(work)) }
      }
      var parts = [[Value]](repeating: [], count: count)
      for await (number, values) in group { parts[number] = values }
      return parts
    }
  }

  private static func batches(of workers: [KnownWorker]) -> [[KnownWorker]] {
    var batches: [[KnownWorker]] = []
    var bytes = 0
    for worker in workers {
      let isFull = bytes >= batch.bytes || batches.last?.count == batch.workers
      if batches.isEmpty || isFull {
        batches.append([])
        bytes = 0
      }
      batches[batches.count - 1].append(worker)
      bytes += worker.lastSeen?.utf8.count ?? 0
    }
    return batches
  }
}
