extension Cron {
  /// What it says, as a person would: `at 07:00 UTC, Monday to Friday`.
  public var words: String {
    ([time] + [days, monthWords].compactMap(\.self)).joined(separator: ", ")
  }

  private var time: String {
    let minutes = Self.values(minutes, 0...59)
    let hours = Self.values(hours, 0...23)
    let isEveryHour = hours.count == 24
    if let minute = minutes.first, minutes.count == 1 {
      if isEveryHour { return "every hour at :\(Self.two(minute)) UTC" }
      if hours.count <= 4 {
        return "at " + Self.list(hours.map { "\(Self.two($0)):\(Self.two(minute))" }) + " UTC"
      }
    }
    let span = isEveryHour ? "" : " in hours \(Self.ranges(hours)) UTC"
    if minutes.count == 60 { return "every minute" + span }
    if let step = Self.step(minutes) { return "every \(step) minutes" + span }
    let list = "at minutes \(Self.ranges(minutes))"
    return isEveryHour ? list + " of every hour" : list + span
  }

  /// Nil for every day.
  private var days: String? {
    let month = Self.values(daysOfMonth, 1...31)
    let week = Self.values(daysOfWeek, 0...6)
    let ofMonth =
      month.count < 31
      ? "on day \(Self.ranges(month)) of the month" : nil
    let ofWeek = week.count < 7 ? Self.weekdays(week) : nil
    switch (ofMonth, ofWeek) {
    case (let ofMonth?, let ofWeek?):
      return matchesEitherDay ? "\(ofMonth) or \(ofWeek)" : "\(ofMonth) if \(ofWeek)"
    case (nil, nil): return "every day"
    // With a list that names all days of the other field, either field says every day.
    case (let some?, nil), (nil, let some?): return matchesEitherDay ? "every day" : some
    }
  }

  private var monthWords: String? {
    let months = Self.values(months, 1...12)
    guard months.count < 12 else { return nil }
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "in " + Self.list(months.map { names[$0 - 1] })
  }

  private static func weekdays(_ days: [Int]) -> String {
    let names = [
      "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    // The week of a sentence begins with Monday.
    let days = days.map { $0 == 0 ? 7 : $0 }.sorted()
    if let first = days.first, let last = days.last, days.count > 2,
      last - first == days.count - 1
    {
      return "\(names[first]) to \(names[last % 7])"
    }
    return "on " + list(days.map { names[$0 % 7] + "s" })
  }

  private static func values(_ bits: UInt64, _ range: ClosedRange<Int>) -> [Int] {
    range.filter { bits & 1 << UInt64($0) != 0 }
  }

  /// The step of values that go evenly through the hour from 0.
  private static func step(_ values: [Int]) -> Int? {
    guard values.count > 1, values[0] == 0 else { return nil }
    let step = values[1]
    return 60 % step == 0 && values == Array(stride(from: 0, to: 60, by: step)) ? step : nil
  }

  /// `1`, `7 to 9`, `0, 20 and 40`.
  private static func ranges(_ values: [Int]) -> String {
    if let first = values.first, let last = values.last, values.count > 2,
      last - first == values.count - 1
    {
      return "\(first) to \(last)"
    }
    return list(values.map(String.init))
  }

  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
