import Support
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
    (#"{"error":"Not Found","message":"no worker w1","statusCode":404}"#, "no worker w1"),
    (#"{"error":"invalid_token","error_description":"it has expired"}"#, "it has expired"),
    (#"{"error":"invalid_token"}"#, "invalid_token"),
    (#"{"error":{"message":"inner"}}"#, "inner"),
    (#"{"error":{"type":"x","error":{"message":"deep inside"}}}"#, "deep inside"),
    (#"{"message":["input is empty","budget is odd"]}"#, "input is empty; budget is odd"),
    (#"{"detail":"from a framework"}"#, "from a framework"),
    (
      #"{"detail":[{"type":"missing","loc":["body","when",0],"msg":"Field required"}]}"#,
      "body.when.0: Field required"
    ),
    (
      #"{"detail":[{"loc":["a"],"msg":"1"},{"loc":["b"],"msg":"2"},{"msg":"3"},{"msg":"4"},7]}"#,
      "a: 1; b: 2; 3; and 2 more"
    ),
    (#"{"errors":["one","two"]}"#, "one; two"),
    (#"{"errors":[{"field":"input","message":"is empty"}]}"#, "input: is empty"),
    (#"{"errors":{"input":["is empty"],"budget":["is odd"]}}"#, "input: is empty; budget: is odd"),
    (
      #"{"type":"about:blank","title":"Out of credit","detail":"30 needed"}"#,
      "Out of credit: 30 needed"
    ),
    (#"{"title":"Out of credit","status":403}"#, "Out of credit"),
    (#"{"title":"Invalid","errors":{"input":["is empty"]}}"#, "Invalid: input: is empty"),
    (#"["one","two"]"#, "one; two"), (#"[{"message":"in a list"}]"#, "in a list"),
    (#""bare string""#, "bare string"), ("plain text\nand more", "plain text"),
    ("\r\n  indented", "indented"), ("", "not found"), ("{}", "not found"), ("null", "not found"),
    ("17", "not found"), ("[]", "not found"), (#"{"error":null}"#, "not found"),
    (#"{"error":""}"#, "not found"), (#"{"error":7}"#, "not found"),
    ("<html><h1>404</h1></html>", "not found"), (" \n <!DOCTYPE html>", "not found"),
    (
      "<html>\n<head><TITLE>404 &mdash;\n Page &amp; all</TITLE></head><h1>x</h1>",
      "mdash; Page & all"
    ),
    ("<html><head><title></title></head><h1 class=a>Nothing <b>here</b></h1>", "Nothing here"),
    ("<?xml version='1.0'?><Error><Message>no key</Message></Error>", "no key"),
    ("<title>never closed", "not found"),
    ("{\"error\":\"a\\u001b[2J\\nb\\u0000 \\u202ec\\u009b\"}", "a [2J b c"),
    ("bell\u{7}\u{1B}]0;x\u{7}rings", "bell ]0;x rings"),
    ("\u{0}\u{1}\u{2}\u{FFFD}\u{FFFD}", "not found"),
  ]

  @Test("The sentence is found in each shape of body, on one line", arguments: sentences)
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
    #expect(error("bytes: " + text).message.count == APIError.messageLimit)
    #expect(error("<title>" + text).message == "the request was not understood")
    let marks = "a" + String(repeating: "\u{301}", count: 1_000_000)
    #expect(error(marks).message.unicodeScalars.count <= 600)
  }

  static let waits: [(header: String, seconds: Double?)] = [
    ("7", 7), ("0", nil), ("1.5", 1.5), (" 2 ", 2), ("999999999999", 86_400), ("inf", nil),
    ("nan", nil), ("-5", nil), ("1e9", nil), ("0x10", nil), ("", nil), ("1.2.3", nil),
    ("Thu, 01 Jan 1970 00:00:30 GMT", 30),
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
  }

  static let descriptions: [(error: APIError, sentence: String)] = [
    (APIError(status: 400, message: "input is empty"), "HTTP 400: input is empty"),
    (APIError(status: 401, message: "no."), "HTTP 401: no. check HANDINGER_API_KEY"),
    (APIError(status: 401, message: "no"), "HTTP 401: no; check HANDINGER_API_KEY"),
    (APIError(status: 402, message: "no"), "HTTP 402: no; see to the account's credit"),
    (APIError(status: 403, message: "no"), "HTTP 403: no; use a key that may"),
    (APIError(status: 404, message: "no"), "HTTP 404: no; it may be gone or on another server"),
    (
      APIError(status: 409, message: "it is", code: "worker_running"),
      "HTTP 409: it is; wait for the end of the run"
    ),
    (APIError(status: 409, message: "no"), "HTTP 409: no; look again before you repeat it"),
    (APIError(status: 413, message: "no"), "HTTP 413: no; send less"),
    (APIError(status: 429, message: "no"), "HTTP 429: no; try again in a while"),
    (
      APIError(status: 429, message: "no", retryAfter: 44.5), "HTTP 429: no; try again in 45 s"
    ),
    (
      APIError(status: 503, message: "no", retryAfter: 600), "HTTP 503: no; try again in 10 min"
    ),
    (APIError(status: 503, message: "no", retryAfter: 7_300), "HTTP 503: no; try again in 3 h"),
    (APIError(status: 500, message: "no"), "HTTP 500: no; try again later"),
    (
      APIError(status: 429, message: "no", retryAfter: .nan), "HTTP 429: no; try again in a while"
    ),
  ]

  @Test("What to do about it stands behind what it is", arguments: descriptions)
  func description(error: APIError, sentence: String) {
    #expect(error.description == sentence)
  }

  @Test("A request that is sent elsewhere says where")
  func redirect() {
    #expect(
      error("<h1>Moved</h1>", status: 307, HTTPHeader("Location", "https://h/a\u{1B}b")).description
        == "HTTP 307: the server sends this request to https://h/a b; "
        + "set HANDINGER_BASE_URL to the address that answers")
  }

  @Test("Any body gives one bounded line")
  func fuzz() {
    var random = Seeded(11)
    let pieces = [
      "{", "}", "[", "]", "\"error\"", ":", ",", "\"a b\"", "<", "title", ">", "</", "h1", "&amp;",
      "\u{0}", "\u{1B}", "\n", "\u{301}", "é", "4", "04", "null", "\\u0000", "\"errors\"", "\"",
    ]
    for _ in 0..<20_000 {
      let body = (0..<Int.random(in: 0..<20, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let message = error(body, status: 404).message
      #expect(!message.isEmpty && message.count <= APIError.messageLimit, "\(body)")
      #expect(
        !message.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(body)")
    }
  }
}
