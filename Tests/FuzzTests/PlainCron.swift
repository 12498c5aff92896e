import WorkerAPI

/// The values of a cron expression's five fields, written out.
struct PlainCron {
  private var minutes: Set<Int>
  private var hours: Set<Int>
  private var days: Set<Int>
  private var months: Set<Int>
  private var weekdays: Set<Int>
  private var needsBothDays: Bool

  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// Nil when a field cannot be written out.
  init?(_ expression: String) {
    let fields = expression.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    guard fields.count == 5, let minutes = Self.values(fields[0], 0...59, []),
      let hours = Self.values(fields[1], 0...23, []), let days = Self.values(fields[2], 1...31, []),
      let months = Self.values(fields[3], 1...12, Self.monthNames),
      let weekdays = Self.values(fields[4], 0...7, Self.dayNames)
    else { return nil }
    self.minutes = minutes
    self.hours = hours
    self.days = days
    self.months = months
    self.weekdays = Set(weekdays.map { $0 % 7 })
    needsBothDays = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
  }

  func matches(_ seconds: Int) -> Bool {
    let date = CivilDate(secondsSince1970: seconds)
    return minutes.contains(date.minute) && hours.contains(date.hour) && matches(day: date)
  }

  /// The first day, in days since 1970, that begins later than a moment and has a fire.
  func firstDay(after seconds: Double, days count: Int) -> Int? {
    let first = Int((seconds / 86_400).rounded(.down)) + 1
    return (first..<(first + count)).first {
      matches(day: CivilDate(secondsSince1970: $0 * 86_400))
    }
  }

  private func matches(day date: CivilDate) -> Bool {
    guard months.contains(date.month) else { return false }
    let (isDay, isWeekday) = (days.contains(date.day), weekdays.contains(date.weekday))
    return needsBothDays ? isDay && isWeekday : isDay || isWeekday
  }

  private static func values(
    _ field: String, _ range: ClosedRange<Int>, _ names: [String]
  ) -> Set<Int>? {
    func value(_ text: Substring) -> Int? {
      names.firstIndex(of: String(text)).map { $0 + range.lowerBound } ?? Int(text)
    }
    var values: Set<Int> = []
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "/", omittingEmptySubsequences: false)
      guard let base = parts.first, parts.count <= 2,
        let step = parts.count == 2 ? Int(parts[1]) : 1
      else { return nil }
      let ends = base.split(separator: "-", omittingEmptySubsequences: false)
      let low = base == "*" ? range.lowerBound : ends.first.flatMap(value)
      let isOpen = base == "*" || (parts.count == 2 && ends.count == 1)
      let high = isOpen ? range.upperBound : ends.last.flatMap(value)
      guard ends.count <= 2, step > 0, let low, let high, low <= high,
        range.contains(low), range.contains(high)
      else { return nil }
      for candidate in low...high where (candidate - low) % step == 0 { values.insert(candidate) }
    }
    return values
  }
}
