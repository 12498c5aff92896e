public import Canvas
import Fleet

/// What happened that an operator who looks elsewhere should hear of.
struct Alert: Hashable, Sendable {
  var event: AttentionRules.Event
  /// The worker's title, or the ceiling in words.
  var subject: String
  /// Nil for what is about no worker.
  var worker: String?
}

/// When the terminal is asked to call the operator, and how.
public struct AttentionRules: Hashable, Sendable {
  public enum Event: String, Hashable, Sendable, CaseIterable {
    case finished, failed
    case needsYou = "needs-you"
    case ceiling
  }

  public var bell: Set<Event> = [.failed, .needsYou]
  public var notify: Set<Event> = []
  public var form = NotificationForm.osc9
  /// Counts in the title of the window.
  public var showsTitle = true
  public var quiet: QuietHours?

  public init() {}
}

/// A time of the day in which nobody is called: minutes since midnight, the end not included.
public struct QuietHours: Hashable, Sendable {
  public var start: Int
  public var end: Int

  /// `22:00-07:00`; nil for anything else, and for no time at all.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Self.minute(parts[0]), let end = Self.minute(parts[1]),
      start != end
    else { return nil }
    self.start = start
    self.end = end
  }

  /// A time that begins after it ends goes on past midnight.
  func contains(_ moment: Double, in zone: Zone) -> Bool {
    let local = moment + Double(zone.offset(moment).seconds)
    let day = 86_400.0
    let minute = Int((local - (local / day).rounded(.down) * day) / 60)
    return start < end ? start <= minute && minute < end : start <= minute || minute < end
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2, (1...2).contains(parts[0].utf8.count),
      let hour = UInt(parts[0]), let minute = UInt(parts[1]), hour < 24, minute < 60
    else { return nil }
    return Int(hour * 60 + minute)
  }
}
