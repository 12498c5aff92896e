import HTTPTypes

/// Header fields that HTTPTypes has no name for; each literal is a token (RFC 9110, section 5.1), so
/// that none of them is nil.
extension HTTPField.Name {
  static let lastEventID = HTTPField.Name("Last-Event-ID")!
  static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
  static let stainlessLanguage = HTTPField.Name("X-Stainless-Lang")!
  static let acceleration = HTTPField.Name("X-Accel-Buffering")!
  static let messageStream = HTTPField.Name("x-vercel-ai-ui-message-stream")!
}
