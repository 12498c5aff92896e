public import WorkerAPI

/// How long an answer asks us to stay away.
public enum RetryAfter {
  /// Seconds from `now` (seconds since 1970); nil when absent, unreadable or not in the future.
  ///
  /// `retry-after-ms` comes first, then `retry-after` in seconds, fractions allowed as the
  /// vendor's clients do, or as an HTTP date (protocol.md (a), "Timeouts and retries").
  public static func parse(_ head: TransportHead, now: Double) -> Double? {
    if let text = head["retry-after-ms"], let wait = decimal(text), wait > 0 {
      return wait / 1000
    }
    guard let text = head["retry-after"] else { return nil }
    let wait = decimal(text) ?? HTTPDate.parse(text).map { $0 - now }
    return wait.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Digits with at most one point: no exponent, sign, hexadecimal form or `inf`.
  private static func decimal(_ text: String) -> Double? {
    let text = trimmed(text)
    guard text.utf8.count <= 20, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
    else { return nil }
    return Double(text)
  }
}
