import HTTPTypes

/// Header fields that HTTPTypes has no name for; each literal is a token (RFC 9110, section 5.1), so
/// that none of them is nil.
extension HTTPField.Name {
  static let lastEventID = HTTPField.Name("Last-Event-ID")!
  static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
  static let stainlessLanguage = HTTPField.Name("X-Stainless-Lang")!
  /// The faults of this request alone, where the server was started to heed it.
  static let fault = HTTPField.Name("X-Signalbox-Fault")!
  static let acceleration = HTTPField.Name("X-Accel-Buffering")!
  static let messageStream = HTTPField.Name("x-vercel-ai-ui-message-stream")!
}
