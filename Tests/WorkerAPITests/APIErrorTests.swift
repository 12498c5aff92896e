import Testing
import WorkerAPI

@Suite struct APIErrorTests {
  private func error(_ body: String, status: Int = 400, _ headers: HTTPHeader...) -> APIError {
    APIError(
      response: TransportResponse(
        head: TransportHead(status: status, headers: headers), body: Array(body.utf8)))
  }

  static let sentences: [(body: String, sentence: String)] = [
    (#"{"error":"no such worker"}"#, "no such worker"),
    (#"{"message":"no such worker"}"#, "no such worker"),
    (#"{"error":"first","message":"second"}"#, "first"),
    (#"{"error":{"message":"inner"}}"#, "inner"),
    (#"{"detail":"from a framework"}"#, "from a framework"),
    (#""bare string""#, "bare string"), ("plain text\nand more", "plain text"),
    ("\r\n  indented", "indented"), ("", "not found"), ("{}", "not found"), ("null", "not found"),
    (#"{"error":""}"#, "not found"), (#"{"error":7}"#, "not found"),
    ("<html><h1>502</h1></html>", "not found"), (" \n <!DOCTYPE html>", "not found"),
  ]

  @Test("The sentence is found in each shape of body", arguments: sentences)
  func sentence(body: String, sentence: String) {
    #expect(error(body, status: 404) == APIError(status: 404, message: sentence))
  }

  @Test("A word for programs is taken from either level")
  func code() {
    #expect(
      error(#"{"error":"a","code":"b"}"#) == APIError(status: 400, message: "a", code: "b"))
    #expect(
      error(#"{"error":{"message":"a","code":"b"}}"#)
        == APIError(status: 400, message: "a", code: "b"))
  }

  @Test("A long sentence is cut")
  func long() {
    let text = String(repeating: "é", count: 1_000_000)
    #expect(error("{\"error\":\"\(text)\"}").message == String(text.prefix(APIError.messageLimit)))
    #expect(error("bytes: \u{1}" + text).message.count <= 300)
  }

  static let waits: [(header: String, seconds: Double?)] = [
    ("7", 7), ("0", 0), ("1.5", 1.5), (" 2 ", 2), ("999999999999", 86_400), ("inf", nil),
    ("nan", nil), ("-5", nil), ("1e9", nil), ("0x10", nil), ("", nil), ("1.2.3", nil),
    ("Wed, 21 Oct 2026 07:28:00 GMT", nil),
  ]

  @Test("The wait is a number of seconds within a day, or none", arguments: waits)
  func wait(header: String, seconds: Double?) {
    #expect(
      error("", status: 429, HTTPHeader("Retry-After", header))
        == APIError(status: 429, message: "too many requests", retryAfter: seconds))
  }

  @Test("An error's own body is read back as the error")
  func roundTrip() {
    let refusal = APIError(status: 409, message: "busy", code: "conflict")
    #expect(refusal.json == ["error": "busy", "message": "busy", "code": "conflict"])
    #expect(error(refusal.json.text, status: 409) == refusal)
    #expect(refusal.description == "HTTP 409: busy")
  }
}
