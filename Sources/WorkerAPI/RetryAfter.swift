/// How long an answer asks us to stay away.
public enum RetryAfter {
  /// Seconds from `now` (seconds since 1970); nil when absent, unreadable or not in the future.
  ///
  /// `retry-after-ms` comes first, then `retry-after` in seconds, fractions allowed as the
  /// vendor's clients do, or as an HTTP date (protocol.md (a), "Timeouts and retries"). A date is
  /// counted from the answer's own `Date`, so that a wrong clock here does no harm.
  public static func parse(_ head: TransportHead, now: Double) -> Double? {
    if let text = head["retry-after-ms"], let wait = decimal(text), wait > 0 {
      return wait / 1000
    }
    guard let text = head["retry-after"] else { return nil }
    let sent = head["date"].flatMap(HTTPDate.parse) ?? now
    let wait = decimal(text) ?? HTTPDate.parse(text).map { $0 - sent }
    return wait.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Digits with at most one point: no exponent, sign, hexadecimal form or `inf`.
  private static func decimal(_ text: String) -> Double? {
    let digits = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
      .prefix { $0 == 0x2E || (0x30...0x39).contains($0) }
    let rest = text.utf8[digits.endIndex...]
    guard digits.count <= 20, rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    return Double(String(decoding: digits, as: UTF8.self))
  }
}
