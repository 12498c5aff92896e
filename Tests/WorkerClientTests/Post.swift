import Synchronization

/// Values posted by a server's thread and taken, in order, by one test.
struct Post<Value: Sendable>: Sendable {
  private let stream: AsyncStream<Value>
  private let continuation: AsyncStream<Value>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func put(_ value: Value) { continuation.yield(value) }

  func take() async -> Value? { await stream.first { _ in true } }

  func take(_ count: Int) async -> [Value] {
    var values: [Value] = []
    var iterator = stream.makeAsyncIterator()
    while values.count < count, let value = await iterator.next() { values.append(value) }
    return values
  }
}
