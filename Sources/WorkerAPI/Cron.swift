/// A recurring moment in five fields: minute, hour, day of month, month, day of week; in UTC.
///
/// The dialect is that of Vixie cron: lists, ranges, steps, names of months and days, 7 for Sunday. A
/// day matches when either day field does, unless one of them begins with `*`.
public struct Cron: Hashable, Sendable {
  /// Why an expression is no cron, as a sentence that names the field.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
  }

  var minutes: UInt64 = 0
  var hours: UInt64 = 0
  var daysOfMonth: UInt64 = 0
  var months: UInt64 = 0
  var daysOfWeek: UInt64 = 0
  var matchesEitherDay: Bool

  /// Days searched for the next fire: two leap days may be eight years apart, as around 2100.
  static let searchedDays = 366 * 9

  public init(_ expression: String) throws(Failure) {
    let fields = expression.split(whereSeparator: \.isWhitespace).map(String.init)
    guard fields.count == 5 else {
      throw Failure(
        description: "a cron expression has five fields (minute, hour, day of month, month, "
          + "day of week), not \(fields.count)")
    }
    minutes = try Field.minute.parse(fields[0])
    hours = try Field.hour.parse(fields[1])
    daysOfMonth = try Field.dayOfMonth.parse(fields[2])
    months = try Field.month.parse(fields[3])
    let weekdays = try Field.dayOfWeek.parse(fields[4])
    daysOfWeek = (weekdays | weekdays >> 7) & 0x7F
    matchesEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
  }

  /// The first fire later than a moment in seconds since 1970; nil when there is none in eight years.
  public func next(after seconds: Double) -> Double? {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return nil }
    let start = (Int(seconds.rounded(.down)).quotientFloor(60) + 1) * 60
    let firstDay = start.quotientFloor(86_400)
    let startMinute = (start - firstDay * 86_400) / 60
    for day in firstDay..<(firstDay + Self.searchedDays) {
      guard matches(day: CivilDate(secondsSince1970: day * 86_400)) else { continue }
      if let minute = minute(from: day == firstDay ? startMinute : 0) {
        return Double(day * 86_400 + minute * 60)
      }
    }
    return nil
  }

  private func matches(day: CivilDate) -> Bool {
    guard months & 1 << UInt64(day.month) != 0 else { return false }
    let isDayOfMonth = daysOfMonth & 1 << UInt64(day.day) != 0
    let isDayOfWeek = daysOfWeek & 1 << UInt64(day.weekday) != 0
    return matchesEitherDay ? isDayOfMonth || isDayOfWeek : isDayOfMonth && isDayOfWeek
  }

  /// The first matching minute of a day at or after one, 0..<1440.
  private func minute(from first: Int) -> Int? {
    for hour in (first / 60)..<24 where hours & 1 << UInt64(hour) != 0 {
      let start = hour == first / 60 ? first % 60 : 0
      for minute in start..<60 where minutes & 1 << UInt64(minute) != 0 {
        return hour * 60 + minute
      }
    }
    return nil
  }
}

extension Cron {
  /// One of the five fields, with the values it takes.
  private struct Field {
    var name: String
    var range: ClosedRange<Int>
    /// Names of values, the first one standing for `range.lowerBound`.
    var names: [String] = []

    static let minute = Field(name: "minute", range: 0...59)
    static let hour = Field(name: "hour", range: 0...23)
    static let dayOfMonth = Field(name: "day of month", range: 1...31)
    static let month = Field(
      name: "month", range: 1...12,
      names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"])
    static let dayOfWeek = Field(
      name: "day of week", range: 0...7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"])

    /// The values of a comma-separated list, as bits.
    func parse(_ text: String) throws(Failure) -> UInt64 {
      var bits: UInt64 = 0
      for item in text.split(separator: ",", omittingEmptySubsequences: false) {
        bits |= try parse(item: String(item))
      }
      return bits
    }

    private func parse(item: String) throws(Failure) -> UInt64 {
      let halves = item.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard halves.count <= 2, !halves[0].isEmpty else {
        throw failure("“\(shown(item))” is not a value, a range or a step")
      }
      var step = 1
      if halves.count == 2 {
        guard let number = digits(halves[1]), number > 0, number <= range.upperBound else {
          throw failure("the step “\(shown(halves[1]))” must be from 1 to \(range.upperBound)")
        }
        step = number
      }
      var bits: UInt64 = 0
      for value in stride(from: try bounds(of: halves[0], hasStep: halves.count == 2), by: step) {
        bits |= 1 << UInt64(value)
      }
      return bits
    }

    private func bounds(of text: String, hasStep: Bool) throws(Failure) -> ClosedRange<Int> {
      if text == "*" { return range }
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      guard ends.count <= 2 else { throw failure("“\(shown(text))” is not a range") }
      let first = try value(ends[0])
      guard ends.count == 2 else { return first...(hasStep ? range.upperBound : first) }
      let end = try value(ends[1])
      // A range of weekdays may end with Sunday, by its name too.
      let last = end == 0 && first > 0 && range.upperBound == 7 ? 7 : end
      guard first <= last else { throw failure("the range “\(shown(text))” runs backwards") }
      return first...last
    }

    private func value(_ text: String) throws(Failure) -> Int {
      if let index = names.firstIndex(of: text.uppercased()) { return range.lowerBound + index }
      guard let number = digits(text), range.contains(number) else {
        throw failure(
          "“\(shown(text))” is not a number from \(range.lowerBound) to \(range.upperBound)"
            + (names.isEmpty ? "" : " or a name such as \(names[1])"))
      }
      return number
    }

    /// Up to four ASCII digits, no sign.
    private func digits(_ text: String) -> Int? {
      guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      return Int(text)
    }

    private func stride(from range: ClosedRange<Int>, by step: Int) -> StrideThrough<Int> {
      Swift.stride(from: range.lowerBound, through: range.upperBound, by: step)
    }

    private func shown(_ text: String) -> String { String(text.prefix(24)) }

    private func failure(_ reason: String) -> Failure {
      Failure(description: "in the \(name) field, \(reason)")
    }
  }
}
