/// A refusal by the server, as one sentence.
public struct APIError: Error, Hashable, Sendable {
  public var status: Int
  public var message: String
  /// A word for programs, when the server gives one.
  public var code: String?
  /// Seconds to wait before trying again, when the server says so: 0...`waitLimit`.
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

  /// Finds the sentence in every shape of body that is met: an object's `error` or `message`, an
  /// `error` object with a `message`, a JSON string, or plain text.
  public init(response: TransportResponse) {
    let status = response.head.status
    let json = try? JSONReader.read(response.body)
    let text =
      Self.sentence(in: json)
      ?? (json == nil
        ? Self.firstLine(of: String(decoding: response.body.prefix(300), as: UTF8.self)) : nil)
    self.init(
      status: status,
      message: text.map { String($0.prefix(Self.messageLimit)) } ?? Self.words(for: status),
      code: json?["code"]?.string ?? json?["error"]?["code"]?.string,
      retryAfter: response.head["retry-after"].flatMap(Self.seconds))
  }

  /// The body that reads well in every public client (protocol.md (a), errors).
  public var json: JSON {
    var object = JSONObject([("error", .string(message)), ("message", .string(message))])
    object["code"] = code.map(JSON.string)
    return .object(object)
  }

  private static func sentence(in json: JSON?) -> String? {
    let found =
      json?["error"]?.string ?? json?["error"]?["message"]?.string
      ?? json?["message"]?.string ?? json?["detail"]?.string ?? json?.string
    return found.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Digits with at most one point; `inf`, signs, exponents and dates are nil.
  private static func seconds(_ text: String) -> Double? {
    let digits = text.utf8.drop { $0 == 0x20 }.prefix { $0 == 0x2E || (0x30...0x39).contains($0) }
    guard
      digits.endIndex == text.utf8.endIndex
        || text.utf8[digits.endIndex...].allSatisfy({ $0 == 0x20 })
    else { return nil }
    return Double(String(decoding: digits, as: UTF8.self)).map { min($0, waitLimit) }
  }

  /// A page of HTML says nothing to an operator.
  private static func firstLine(of text: String) -> String? {
    let words = text.drop(while: \.isWhitespace)
    let line = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.isEmpty || line.hasPrefix("<") ? nil : line
  }

  private static func words(for status: Int) -> String {
    switch status {
    case 400: "the request was not understood"
    case 401: "the API key is missing, wrong or revoked"
    case 403: "this API key may not do that"
    case 404: "not found"
    case 409: "in conflict with what is running"
    case 413: "the request is too large"
    case 422: "the request was refused"
    case 429: "too many requests"
    case 500...: "the server failed"
    default: "unexpected answer"
    }
  }
}

extension APIError: CustomStringConvertible {
  public var description: String { "HTTP \(status): \(message)" }
}
