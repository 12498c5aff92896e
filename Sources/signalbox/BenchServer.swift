import Synchronization
import WorkerAPI

/// Answers of the API from memory: the first workers run, and each of their streams says a word a
/// second.
final class BenchServer: Transport {
  private let running: Int
  private let count = Atomic(0)

  init(running: Int) { self.running = running }

  var requests: Int { count.load(ordering: .relaxed) }

  nonisolated func id(_ number: Int) -> String { "t_bench_w_\(number)" }

  nonisolated func worker(_ number: Int) -> String {
    let status = number < running ? "running" : "completed"
    return """
      {"id":"\(id(number))","object":"worker","status":"\(status)","running":\(number < running),\
      "created_at":1795478400,"messages":[],"sources":[],"files":[],"outputText":"",\
      "usage":{"credits":\(number % 40),"costUsd":0.1,"inputTokens":\(number),"outputTokens":9}}
      """
  }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    count.add(1, ordering: .relaxed)
    guard case .path(let path) = request.target else { throw .badAddress("bench") }
    let body =
      path.hasSuffix("/schedules")
      ? #"{"schedules":[]}"#
      : path.hasSuffix("/email")
        ? #"{"email":"w@bench.example"}"#
        : worker(path.split(separator: "_").last.flatMap { Int($0) } ?? 0)
    return TransportResponse(head: TransportHead(status: 200), body: Array(body.utf8))
  }

  func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    count.add(1, ordering: .relaxed)
    let talk = Talk()
    return TransportStream(head: .stream) { () throws(TransportError) in
      let number = talk.said.add(1, ordering: .relaxed).newValue
      if number > 1 {
        do { try await Task.sleep(for: .seconds(1)) } catch { throw .cancelled }
      }
      let data = #"{"type":"text-delta","id":"1","delta":"word "}"#
      return Array("id: \(number)\ndata: \(data)\n\n".utf8)
    } cancel: {
    }
  }

  /// What one stream has said.
  private final class Talk: Sendable {
    let said = Atomic(0)
  }
}
