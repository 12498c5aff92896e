import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("The retry policy")
struct RetryPolicyTests {
  static let post = TransportRequest(method: .post, target: .path("/api/workers"), body: [])
  static let keyed = TransportRequest(
    method: .post, target: .path("/api/workers"),
    headers: [HTTPHeader("idempotency-key", "i1")], body: [])
  static let get = TransportRequest(method: .get, target: .path("/api/workers/w"))
  static let delete = TransportRequest(method: .delete, target: .path("/s"))

  @Test("Reads, deletes and keyed requests are repeated after trouble that may pass")
  func repeatable() {
    for request in [Self.get, Self.delete, Self.keyed] {
      let statuses = (100..<600).filter {
        RetryPolicy.mayRepeat(request, after: .answered(TransportHead(status: $0)))
      }
      #expect(statuses == [408, 409, 429] + Array(500..<600))
    }
  }

  @Test("A paid request without a key is repeated after no answer at all")
  func paid() {
    let statuses = (100..<600).filter {
      RetryPolicy.mayRepeat(Self.post, after: .answered(TransportHead(status: $0)))
    }
    #expect(statuses == [])
  }

  @Test(
    "A failure allows what can do no harm",
    arguments: [
      (.unreachable("x"), true, true), (.timedOut(seconds: 1), true, false),
      (.stalled(seconds: 1), true, false), (.broken("x"), true, false),
      (.tooLarge(limit: 1), false, false), (.badAddress("x"), false, false),
      (.cancelled, false, false),
    ] as [(TransportError, Bool, Bool)])
  func failures(error: TransportError, repeatable: Bool, paid: Bool) {
    for request in [Self.get, Self.delete, Self.keyed] {
      #expect(RetryPolicy.mayRepeat(request, after: .failed(error)) == repeatable)
    }
    #expect(RetryPolicy.mayRepeat(Self.post, after: .failed(error)) == paid)
  }

  @Test("The server's word comes first, except over a success and over a paid request")
  func shouldRetry() {
    func mayRepeat(_ request: TransportRequest, _ status: Int, _ word: String) -> Bool {
      let head = TransportHead(status: status, headers: [HTTPHeader("X-Should-Retry", word)])
      return RetryPolicy.mayRepeat(request, after: .answered(head))
    }
    #expect(mayRepeat(Self.get, 404, "true"))
    #expect(!mayRepeat(Self.get, 503, "false"))
    #expect(mayRepeat(Self.get, 503, "perhaps"))
    #expect(!mayRepeat(Self.get, 200, "true"))
    #expect(!mayRepeat(Self.post, 503, "true"))
    #expect(mayRepeat(Self.keyed, 404, "true"))
  }
}
