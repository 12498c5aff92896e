public import WorkerAPI

/// The operator's time zone: how many seconds east of UTC a moment is, and what that is called.
public struct Zone: Sendable {
  /// The offset at a moment (seconds since 1970), and its abbreviation.
  public let offset: @Sendable (Double) -> (seconds: Int, name: String)

  public init(offset: @escaping @Sendable (Double) -> (seconds: Int, name: String)) {
    self.offset = offset
  }

  public static let utc = Zone { _ in (0, "UTC") }

  /// The civil date and time that a clock on the wall shows at a moment.
  public func civil(_ moment: Double) -> CivilDate {
    CivilDate(secondsSince1970: Int(moment.rounded(.down)) + offset(moment).seconds)
  }

  public func name(at moment: Double) -> String { offset(moment).name }

  /// Clocks stand as far from UTC at one moment as at the other, so that one name is for both.
  public func agrees(at one: Double, and other: Double) -> Bool {
    offset(one).seconds == offset(other).seconds
  }

  /// The moment at which the wall clock shows a civil time: the first one where the clock shows it
  /// twice; in the hour that a change skips, the moment just as long after the change (RFC 5545).
  public func moment(civilSeconds: Int) -> Double {
    let before = offset(Double(civilSeconds - 86_400)).seconds
    let after = offset(Double(civilSeconds + 86_400)).seconds
    for seconds in [before, after] {
      let moment = Double(civilSeconds - seconds)
      if offset(moment).seconds == seconds { return moment }
    }
    return Double(civilSeconds - before)
  }
}
