import Canvas
public import Fleet
public import WorkerAPI

/// Reads what an operator types for the moment of a schedule.
public enum WhenReader {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case once, delay, cron, interval

    /// What the field holds at first; each is a valid entry.
    var example: String {
      switch self {
      case .once: "tomorrow 09:00"
      case .delay: "15m"
      case .cron: "0 7 * * 1-5"
      case .interval: "1h"
      }
    }

    var explanation: String {
      switch self {
      case .once: "09:00, tomorrow 09:00, 2026-12-24 18:30, 2026-12-24T18:30Z"
      case .delay: "from now: 90s, 15m, 2h, 1d, 1h30m"
      case .cron: "minute hour day month weekday, in UTC"
      case .interval: "again and again: 20s, 15m, 1h, 1d"
      }
    }

    func moved(by key: Key) -> Kind {
      let all = Kind.allCases
      let index = all.firstIndex(of: self) ?? 0
      return switch key {
      case .left, .character("h"): all[max(0, index - 1)]
      case .right, .character("l"), .character(" "): all[min(all.count - 1, index + 1)]
      default: self
      }
    }
  }

  /// A sentence that says what is wrong and what would be right.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String

    init(_ description: String) { self.description = description }
  }

  /// The longest span that the API takes, in seconds (protocol.md (a), schedule creation).
  static let longest = 31_536_000

  /// `now` in seconds since 1970; civil times are those of the zone.
  public static func read(
    _ text: String, as kind: Kind, zone: Zone, now: Double
  ) -> Result<ScheduleKind, Failure> {
    let words = text.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard !words.isEmpty else { return .failure(Failure("say when: \(kind.explanation)")) }
    switch kind {
    case .once:
      guard let moment = moment(words, zone, now) else {
        let span = span(like: words.joined())
        return .failure(
          Failure(
            span.map { "not a date; for a span from now choose delay and write \($0)" }
              ?? "not a date; write \(kind.explanation)"))
      }
      guard moment > now else { return .failure(Failure("that moment is past")) }
      return .success(.once(moment))
    case .delay, .interval:
      let rest = kind == .interval && words.first == "every" ? words.dropFirst() : words[...]
      guard let seconds = seconds(rest.joined()) else {
        return .failure(Failure("not a span of time; write \(kind.explanation)"))
      }
      guard (1...longest).contains(seconds) else {
        return .failure(Failure("a span is from 1 second to 365 days"))
      }
      return .success(kind == .delay ? .delayed(seconds: seconds) : .interval(seconds: seconds))
    case .cron:
      do throws(Cron.Failure) {
        let cron = try Cron(words.joined(separator: " "))
        guard cron.next(after: now) != nil else { return .failure(Failure("this never comes")) }
        return .success(.cron(words.joined(separator: " ")))
      } catch {
        return .failure(Failure(error.description))
      }
    }
  }

  /// The next fires of a schedule that is created now, at most five.
  static func fires(of kind: ScheduleKind, now: Double, count: Int = 5) -> [Double] {
    switch kind {
    case .once(let moment): return [moment]
    case .delayed(let seconds): return [now + Double(seconds)]
    case .interval(let seconds): return (1...count).map { now + Double($0 * seconds) }
    case .cron(let expression):
      guard let cron = try? Cron(expression) else { return [] }
      var fires: [Double] = []
      while fires.count < count, let next = cron.next(after: fires.last ?? now) {
        fires.append(next)
      }
      return fires
    case .other: return []
    }
  }

  /// Seconds from `1h30m`, `90s`, `2d`, or a bare number of seconds.
  static func seconds(_ text: String) -> Int? {
    var total = 0
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
      guard let unit = units[character], let number = Int(digits), number < 1_000_000 else {
        return nil
      }
      total += number * unit
      digits = ""
    }
    guard digits.isEmpty || total == 0 else { return nil }
    return digits.isEmpty
      ? (total > 0 ? total : nil) : Int(digits).flatMap { $0 < 1 << 40 ? $0 : nil }
  }

  private static func moment(_ words: [String], _ zone: Zone, _ now: Double) -> Double? {
    if words.count == 1, words[0].contains("t"),
      words[0].hasSuffix("z") || words[0].dropFirst(11).contains(where: { "+-".contains($0) })
    {
      return Timestamp.parse(withSeconds(words[0].uppercased()))
    }
    let split = words.flatMap { $0.split(separator: "t", maxSplits: 1).map(String.init) }
    let today = zone.civil(now)
    let day = Timestamp.dayNumber(year: today.year, month: today.month, day: today.day)
    if words == ["tomorrow"] { return nil }
    if words.first == "tomorrow", words.count == 2, let minutes = minutes(words[1]) {
      return zone.moment(civilSeconds: (day + 1) * 86_400 + minutes * 60)
    }
    if words.count == 1, let minutes = minutes(words[0]) {
      let moment = zone.moment(civilSeconds: day * 86_400 + minutes * 60)
      return moment > now ? moment : zone.moment(civilSeconds: (day + 1) * 86_400 + minutes * 60)
    }
    guard split.count == 2, let minutes = minutes(split[1]),
      let midnight = Timestamp.parse(split[0] + "T00:00:00Z")
    else { return nil }
    return zone.moment(civilSeconds: Int(midnight) + minutes * 60)
  }

  /// `18:30Z` has no seconds, which RFC 3339 asks for.
  private static func withSeconds(_ text: String) -> String {
    let time = text.dropFirst(11).prefix { $0.isNumber || $0 == ":" }
    guard time.filter({ $0 == ":" }).count == 1 else { return text }
    return String(text.prefix(11)) + time + ":00" + text.dropFirst(11 + time.count)
  }

  /// `1h30m` for what may be meant by `+1:30` or `+1h30m`; nil where no span is.
  private static func span(like text: String) -> String? {
    let span = text.hasPrefix("+") ? String(text.dropFirst()) : text
    if span != text, let minutes = minutes(span), minutes > 0 {
      return "\(minutes / 60)h\(minutes % 60)m"
    }
    guard span.contains(where: \.isLetter), seconds(span) != nil else { return nil }
    return span
  }

  private static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) }),
      parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }),
      let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }
}

extension Schedule {
  /// What it is and when it fires next, as far as the server says.
  func told(_ zone: Zone, now: Double) -> String {
    guard let next = nextRunAt else { return kind.words }
    let isOnce =
      switch kind {
      case .once, .delayed: true
      case .cron, .interval, .other: false
      }
    let moment = "\(Figures.date(next, zone, now: now)) \(zone.name(at: next))"
    return "\(kind.words), \(isOnce ? "" : "next ")\(moment)"
  }
}

extension ScheduleKind {
  /// In words of few columns: `every 20 s`, `cron 0 7 * * 1-5`.
  var words: String {
    switch self {
    case .once: "once"
    case .delayed(let seconds): "after \(Figures.period(seconds))"
    case .cron(let expression): "cron \(Sanitise.line(expression))"
    case .interval(let seconds): "every \(Figures.period(seconds))"
    case .other(let word): Sanitise.line(word)
    }
  }
}
