/// A refusal by the server, as one sentence.
public struct APIError: Error, Hashable, Sendable {
  public var status: Int
  public var message: String
  /// A word for programs, when the server gives one.
  public var code: String?
  /// Seconds to wait before trying again, when the server says so.
  public var retryAfter: Double?

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
    let text = Self.sentence(in: json)
      ?? (json == nil ? Self.firstLine(of: String(decoding: response.body.prefix(300), as: UTF8.self)) : nil)
    self.init(
      status: status, message: text ?? Self.words(for: status),
      code: json?["code"]?.string ?? json?["error"]?["code"]?.string,
      retryAfter: response.head["retry-after"].flatMap(Double.init))
  }

  /// The body that reads well in every public client (protocol.md (a), errors).
  public var json: JSON {
    var object = JSONObject([("error", .string(message)), ("message", .string(message))])
    object["code"] = code.map(JSON.string)
    return .object(object)
  }

  private static func sentence(in json: JSON?) -> String? {
    let found = json?["error"]?.string ?? json?["error"]?["message"]?.string
      ?? json?["message"]?.string ?? json?["detail"]?.string ?? json?.string
    return found.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A page of HTML says nothing to an operator.
  private static func firstLine(of text: String) -> String? {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
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
