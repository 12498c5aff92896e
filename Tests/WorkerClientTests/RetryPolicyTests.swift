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

  private func mayRepeat(
    _ request: TransportRequest, _ status: Int, _ word: String? = nil, _ error: APIError? = nil,
    honoured: Bool = false
  ) -> Bool {
    let headers = word.map { [HTTPHeader("X-Should-Retry", $0)] } ?? []
    return RetryPolicy.mayRepeat(
      request, after: .answered(TransportHead(status: status, headers: headers), error),
      serverHonoursKeys: honoured)
  }

  private static let passing = [408, 409, 425, 429]

  @Test("Reads and deletes are repeated after each status that may pass")
  func repeatable() {
    for request in [Self.get, Self.delete] {
      #expect((100..<600).filter { mayRepeat(request, $0) } == Self.passing + Array(500..<600))
    }
  }

  @Test("A paid request is repeated after a refusal, after a failure only where keys are honoured")
  func paid() {
    #expect((100..<600).filter { mayRepeat(Self.keyed, $0) } == Self.passing)
    #expect(
      (100..<600).filter { mayRepeat(Self.keyed, $0, honoured: true) }
        == Self.passing + Array(500..<600))
    #expect((100..<600).filter { mayRepeat(Self.post, $0, honoured: true) } == [])
  }

  @Test("A conflict that has a name, or a run that goes on, is not repeated by itself")
  func conflicts() {
    for error in [
      APIError(status: 409, message: "x", code: "worker_running"),
      APIError(status: 409, message: "x", code: "idempotency_key_reused"),
      APIError(status: 409, message: "The worker is busy"),
      APIError(status: 409, message: "this worker is RUNNING"),
    ] {
      #expect(!mayRepeat(Self.keyed, 409, nil, error, honoured: true))
      #expect(mayRepeat(Self.keyed, 409, "true", error))
      #expect(mayRepeat(Self.get, 409, nil, error))
    }
    #expect(mayRepeat(Self.keyed, 409, nil, APIError(status: 409, message: "try again")))
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
    func mayRepeat(_ request: TransportRequest, honoured: Bool) -> Bool {
      RetryPolicy.mayRepeat(request, after: .failed(error), serverHonoursKeys: honoured)
    }
    for request in [Self.get, Self.delete] {
      #expect(mayRepeat(request, honoured: false) == repeatable)
    }
    #expect(mayRepeat(Self.keyed, honoured: true) == repeatable)
    #expect(mayRepeat(Self.keyed, honoured: false) == paid)
    #expect(mayRepeat(Self.post, honoured: true) == paid)
  }

  @Test("The server's word comes first, except over a success and over what may have cost money")
  func shouldRetry() {
    #expect(mayRepeat(Self.get, 404, "true"))
    #expect(!mayRepeat(Self.get, 503, "false"))
    #expect(mayRepeat(Self.get, 503, "perhaps"))
    #expect(!mayRepeat(Self.get, 200, "true"))
    #expect(!mayRepeat(Self.post, 503, "true"))
    #expect(mayRepeat(Self.keyed, 404, "true"))
    #expect(!mayRepeat(Self.keyed, 503, "true"))
    #expect(mayRepeat(Self.keyed, 503, "true", honoured: true))
    #expect(!mayRepeat(Self.keyed, 429, "false", honoured: true))
  }

  @Test("Pauses double from half a second to eight, less up to a fourth, unless the server says")
  func pauses() {
    let longest = (0..<8).map { RetryPolicy.pause(retries: $0, retryAfter: nil, random: 0) }
    #expect(longest == [0.5, 1, 2, 4, 8, 8, 8, 8])
    #expect(RetryPolicy.pause(retries: 1, retryAfter: nil, random: 1) == 0.75)
    #expect(RetryPolicy.pause(retries: 99, retryAfter: nil, random: 0.5) == 7)
    #expect(RetryPolicy.pause(retries: 0, retryAfter: 0.25, random: 0) == 0.25)
    #expect(RetryPolicy.pause(retries: 0, retryAfter: 60, random: 0) == 60)
    #expect(RetryPolicy.pause(retries: 0, retryAfter: 60.5, random: 0) == nil)
  }
}
