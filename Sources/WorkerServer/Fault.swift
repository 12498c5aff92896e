/// Something that goes wrong on purpose, so that a client can be tried against it.
public enum Fault: Hashable, Sendable {
  /// Every stream breaks off after so many events, without an end.
  case cut(events: Int)
  /// Every stream goes silent after so many events, without a comment, and stays open.
  case stall(events: Int)
  /// Every stream's connection is reset in the middle of the event that follows so many.
  case reset(events: Int)
  /// Some requests meet this; a stream after 1 to 100 events, and at its last one at the latest.
  case sometimes(Breakdown, Chance)
  /// Some requests are answered with this error status and not carried out.
  case refusal(status: Int, Chance)
  /// Each answer comes late by so many milliseconds, another number each time.
  case latency(ClosedRange<Int>)
  /// Streams are written in pieces of so many bytes.
  case split(bytes: Int)
  /// Streams end in good order, but without `finish` and `[DONE]`.
  case noFinish
  /// Every stream begins at its beginning, whatever the client has seen.
  case replay
  /// Events bear no ids, and none is understood: a stream begins at its beginning.
  case noIDs
  /// Events bear no ids; a worker's first stream begins at its beginning, each later one with what
  /// comes next.
  case onlyNew
  /// Each request whose number is a multiple of this is answered with 503 and `Retry-After: 1`.
  case unavailable(every: Int)
  /// Each request whose number is a multiple of this is answered with 429 and `Retry-After: 1`.
  case limited(every: Int)
  /// Each answer comes so many milliseconds late.
  case slow(milliseconds: Int)

  /// How an answer fails that has begun well.
  public enum Breakdown: Hashable, Sendable {
    /// The connection is closed in the middle of the answer.
    case cut
    /// A stream says nothing more, and its connection stays open.
    case stall
    /// The connection is reset (RFC 9293, section 3.5.2) in the middle of the answer.
    case reset
  }

  /// A probability in per cent, above 0 and at most 100.
  public struct Chance: Hashable, Sendable {
    public let percent: Double

    /// Nil for what is no such probability.
    public init?(percent: Double) {
      guard percent > 0, percent <= 100 else { return nil }
      self.percent = percent
    }

    func hits(_ random: inout SplitMix64) -> Bool { random.number(0.0...100.0) < percent }
  }

  /// Reads one item of a list, such as `stall=3%`; nil for anything else.
  public init?(_ text: String) {
    guard let fault = try? Self.item(text) else { return nil }
    self = fault
  }
}
