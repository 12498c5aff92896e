/// A refusal by the server, as one sentence.
public struct APIError: Error, Hashable, Sendable {
  public var status: Int
  /// One line without control characters.
  public var message: String
  /// A word for programs, when the server gives one.
  public var code: String?
  /// Seconds to wait before trying again, when the server says so: above 0, up to `waitLimit`.
  public var retryAfter: Double?

  /// Characters of a server's sentence that are kept; the rest is cut.
  public static let messageLimit = 500
  /// Seconds, a day; a server that asks for more is asked again after that.
  public static let waitLimit = 86_400.0

  public init(status: Int, message: String, code: String? = nil, retryAfter: Double? = nil) {
    self.status = status
    self.message = message
    self.code = code
    self.retryAfter = retryAfter
  }

  /// Finds the sentence in every shape of body that is met (`ErrorBody`), else names the status.
  ///
  /// `now`, in seconds since 1970, counts for a `Retry-After` date in an answer without `Date`.
  public init(response: TransportResponse, now: Double = 0) {
    let head = response.head
    let body = ErrorBody(response.body, status: head.status)
    var message = body.sentence.map { String($0.prefix(Self.messageLimit)) }
    if (300..<400).contains(head.status), let location = head["location"] {
      message = "the server sends this request to \(ErrorBody.oneLine(location, limit: 200))"
    }
    self.init(
      status: head.status, message: message ?? Self.words(for: head.status), code: body.code,
      retryAfter: RetryAfter.parse(head, now: now).map { min($0, Self.waitLimit) })
  }

  /// The body that reads well in every public client (protocol.md (a), errors).
  public var json: JSON {
    var object = JSONObject([("error", .string(message)), ("message", .string(message))])
    object["code"] = code.map(JSON.string)
    return .object(object)
  }

  /// A conflict with a run that goes on, which only its end resolves.
  public var saysRunning: Bool {
    guard status == 409 else { return false }
    let words = "\(code ?? "") \(message)".lowercased()
    return ["running", "busy", "in progress", "in_progress", "not finished"].contains {
      words.contains($0)
    }
  }

  /// What the operator can do about it; nil where the server's own sentence is all there is.
  public var advice: String? {
    if let retryAfter, status == 429 || status >= 500 {
      return "try again in \(Self.duration(retryAfter))"
    }
    switch status {
    case 300..<400: return "set HANDINGER_BASE_URL to the address that answers"
    case 401: return "check HANDINGER_API_KEY"
    case 402: return "see to the account's credit"
    case 403: return "use a key that may"
    case 404: return "it may be gone or on another server"
    case 409: return saysRunning ? "wait for the end of the run" : "look again before you repeat it"
    case 413: return "send less"
    case 408, 425, 429: return "try again in a while"
    case 500...: return "try again later"
    default: return nil
    }
  }

  /// Seconds in words, rounded up: `45 s`, `10 min`, `3 h`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "a while" }
    switch max(seconds, 0) {
    case ..<100: return "\(Int(seconds.rounded(.up))) s"
    case ..<6_000: return "\(Int((seconds / 60).rounded(.up))) min"
    default: return "\(Int((min(seconds, 1e9) / 3600).rounded(.up))) h"
    }
  }

  static func words(for status: Int) -> String {
    switch status {
    case 300..<400: "the server sends this request elsewhere"
    case 400: "the request was not understood"
    case 401: "the API key is missing, wrong or revoked"
    case 402: "the account cannot pay for it"
    case 403: "this API key may not do that"
    case 404: "not found"
    case 405, 501: "the server does not know this request"
    case 408: "the server waited too long for the request"
    case 409: "in conflict with what is there"
    case 410: "gone for good"
    case 413: "the request is too large"
    case 415: "the server does not take this type of content"
    case 422: "the request was refused"
    case 425: "too early"
    case 429: "too many requests"
    case 502: "the server behind the gateway gave no good answer"
    case 503: "the server is not available"
    case 504: "the server behind the gateway did not answer in time"
    case 500...: "the server failed"
    default: "unexpected answer"
    }
  }
}

extension APIError: CustomStringConvertible {
  /// Status, the server's sentence, and what to do next.
  public var description: String {
    let reason = "HTTP \(status): \(message)"
    guard let advice else { return reason }
    return reason.hasSuffix(".") ? "\(reason) \(advice)" : "\(reason); \(advice)"
  }
}
