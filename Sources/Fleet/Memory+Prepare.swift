extension Recollection {
  /// Works the workers out of their last answers, off the main actor.
  @concurrent
  func withWorkers() async -> Recollection {
    var recollection = self
    recollection.prepared.value = await KnownWorker.each(of: workers) {
      WorkerState(remembered: $0, answer: $0.answer)
    }
    return recollection
  }
}

extension KnownWorker {
  /// Workers whose last answers one task reads; fewer are not worth a task.
  private static let batch = 100

  /// Does the same with each of many, on all cores; answers in their order.
  @concurrent
  static func each<Value: Sendable>(
    of workers: [KnownWorker], _ work: @escaping @Sendable (KnownWorker) -> Value
  ) async -> [Value] {
    let starts = Array(stride(from: 0, to: workers.count, by: batch))
    var parts = await withTaskGroup(of: (Int, [Value]).self) { group in
      for start in starts {
        group.addTask {
          (start, workers[start..<min(workers.count, start + batch)].map(work))
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    return starts.flatMap { parts.removeValue(forKey: $0) ?? [] }
  }
}
