/// Lets so many through at once; the others wait in the order in which they came.
actor Gate {
  private var free: Int
  private var line: [CheckedContinuation<Void, Never>] = []

  init(limit: Int) { free = limit }

  /// Runs the work as soon as there is a place.
  func pass<Value: Sendable>(_ work: @Sendable () async -> Value) async -> Value {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { line.append($0) }
    }
    let value = await work()
    if line.isEmpty { free += 1 } else { line.removeFirst().resume() }
    return value
  }
}
