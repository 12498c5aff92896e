/// Something that goes wrong on purpose, so that a client can be tried against it.
public enum Fault: Hashable, Sendable {
  /// Every stream breaks off after so many events, without an end.
  case cut(events: Int)
  /// Every stream goes silent after so many events, without a comment, and stays open.
  case stall(events: Int)
  /// Every stream begins at its beginning, whatever the client has seen.
  case replay
  /// Each request whose number is a multiple of this is answered with 503 and `Retry-After: 1`.
  case unavailable(every: Int)
  /// Each request whose number is a multiple of this is answered with 429 and `Retry-After: 1`.
  case limited(every: Int)
  /// Each answer comes so many milliseconds late.
  case slow(milliseconds: Int)

  /// Reads `replay`, or `cut`, `stall`, `unavailable`, `limited`, `slow` with `=` and a number of at
  /// least 1; nil for anything else.
  public init?(_ text: String) {
    if text == "replay" {
      self = .replay
      return
    }
    let halves = text.split(separator: "=", omittingEmptySubsequences: false)
    guard halves.count == 2, let number = Int(halves[1]), number > 0 else { return nil }
    switch halves[0] {
    case "cut": self = .cut(events: number)
    case "stall": self = .stall(events: number)
    case "unavailable": self = .unavailable(every: number)
    case "limited": self = .limited(every: number)
    case "slow": self = .slow(milliseconds: number)
    default: return nil
    }
  }
}
