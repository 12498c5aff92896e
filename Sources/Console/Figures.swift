import Fleet
import WorkerAPI

/// Figures in the few columns that a console has for them.
enum Figures {
  /// A duration in one or two units: `8s`, `3m12`, `2h05`, `4d`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)).rounded(.down))
    return switch whole {
    case ..<60: "\(whole)s"
    case ..<3600: "\(whole / 60)m\(padded(whole % 60))"
    case ..<86_400: "\(whole / 3600)h\(padded(whole % 3600 / 60))"
    default: "\(whole / 86_400)d"
    }
  }

  /// A span that was asked for, in the fewest units that say it exactly: `90s`, `15m`, `1h30m`.
  static func period(_ seconds: Int) -> String {
    guard seconds > 0 else { return "\(seconds)s" }
    if seconds < 120, seconds % 60 != 0 { return "\(seconds)s" }
    let parts = [
      (seconds / 86_400, "d"), (seconds % 86_400 / 3600, "h"), (seconds % 3600 / 60, "m"),
      (seconds % 60, "s"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }

  /// An age in one unit: `8s`, `3m`, `2h`, `4d`.
  static func age(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)).rounded(.down))
    return switch whole {
    case ..<60: "\(whole)s"
    case ..<3600: "\(whole / 60)m"
    case ..<86_400: "\(whole / 3600)h"
    default: "\(whole / 86_400)d"
    }
  }

  /// A short span of work: `0.4 s`, `12 s`, `3m12`.
  static func span(_ seconds: Double) -> String {
    if seconds < 9.95 { return "\(decimal(max(0, seconds), 1)) s" }
    return seconds < 60 ? "\(Int(seconds)) s" : duration(seconds)
  }

  /// How long an answer takes, in two digits: `<10 ms`, `38 ms`, `120 ms`, `1.2 s`.
  static func answer(_ seconds: Double) -> String {
    guard seconds > RequestLog.shortest else { return "<\(Int(RequestLog.shortest * 1000)) ms" }
    let thousandths = min(seconds, 1e6) * 1000
    return switch thousandths {
    case ..<99.5: "\(Int(thousandths.rounded())) ms"
    case ..<995: "\(Int((thousandths / 10).rounded()) * 10) ms"
    default: span(seconds)
    }
  }

  static func bytes(_ count: Int) -> String { ByteCount.words(count) }

  /// A large count with a unit: `950`, `12.4k`, `3.1M`.
  static func count(_ number: Int) -> String {
    let value = Double(number)
    return switch number {
    case ..<10_000: "\(number)"
    case ..<999_950: "\(decimal(value / 1000, 1))k"
    default: "\(decimal(value / 1_000_000, 1))M"
    }
  }

  /// A number of things: `1 turn`, `2 turns`.
  static func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }

  /// Fixed decimals, rounded half away from zero; no locale.
  static func decimal(_ value: Double, _ places: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "-" }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % scale)
    return "\(sign)\(scaled / scale)."
      + String(repeating: "0", count: places - fraction.count) + fraction
  }

  /// Credits: whole ones, as the API counts, without decimals; a server's fractions with `places`.
  static func credits(_ value: Double, _ places: Int = 1) -> String {
    decimal(value, value == value.rounded() ? 0 : places)
  }

  /// Money as the server counts it: `12.4 cr`, `$0.31`, or `12.4 cr  $0.31` for the same amount in
  /// both units; nil for nothing.
  static func money(_ spent: Spent) -> String? {
    let parts = [
      abs(spent.credits) >= 5e-7 ? "\(credits(spent.credits)) cr" : nil,
      abs(spent.dollars) >= 5e-7 ? "$\(decimal(spent.dollars, 2))" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "  ")
  }

  static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// `14:05`, or with seconds `14:05:31`.
  static func clock(_ moment: Double, _ zone: Zone, seconds: Bool = false) -> String {
    let date = zone.civil(moment)
    let minutes = "\(padded(date.hour)):\(padded(date.minute))"
    return seconds ? "\(minutes):\(padded(date.second))" : minutes
  }

  /// `14:05` beside the name that the zone has now; `14:05 CEST` where it has another one at that
  /// moment.
  static func clock(
    _ moment: Double, _ zone: Zone, beside now: Double, seconds: Bool = false
  ) -> String {
    let clock = clock(moment, zone, seconds: seconds)
    return zone.agrees(at: moment, and: now) ? clock : "\(clock) \(zone.name(at: moment))"
  }

  /// `14:05` where that is today, else `24 Nov`; for a narrow column beside the name that the zone
  /// has now, so that a moment before the clocks changed is in UTC: `00:30Z`.
  static func clockOrDay(_ moment: Double, _ zone: Zone, now: Double) -> String {
    let date = zone.civil(moment)
    guard date.isSameDay(as: zone.civil(now)) else {
      return "\(date.day) \(months[date.month - 1])"
    }
    return zone.agrees(at: moment, and: now) ? clock(moment, zone) : "\(clock(moment, .utc))Z"
  }

  /// `Tue 24 Nov 09:00`, with the year when it is not this one.
  static func date(_ moment: Double, _ zone: Zone, now: Double) -> String {
    let date = zone.civil(moment)
    let year = date.year == zone.civil(now).year ? "" : " \(date.year)"
    return "\(days[date.weekday]) \(padded(date.day)) \(months[date.month - 1])\(year)"
      + " \(clock(moment, zone, seconds: date.second != 0))"
  }

  /// `Tue 24 Nov 2026`.
  static func day(_ moment: Double, _ zone: Zone) -> String {
    let date = zone.civil(moment)
    return "\(days[date.weekday]) \(padded(date.day)) \(months[date.month - 1]) \(date.year)"
  }

  /// `Tue 09:00` within the next six days, else `24 Dec 09:00`.
  static func soon(_ moment: Double, _ zone: Zone, now: Double) -> String {
    let date = zone.civil(moment)
    let day =
      abs(moment - now) < 6 * 86_400 ? days[date.weekday] : "\(date.day) \(months[date.month - 1])"
    return "\(day) \(clock(moment, zone))"
  }

  static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
