/// The three date formats of HTTP (RFC 9110, section 5.6.7).
public enum HTTPDate {
  /// Seconds since 1970; the name of the weekday is not checked.
  public static func parse(_ text: String) -> Double? {
    let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
    // Sun, 06 Nov 1994 08:49:37 GMT / Sunday, 06-Nov-94 08:49:37 GMT
    if words.count == 6, words[5] == "GMT" || words[5] == "UTC" {
      return seconds(day: words[1], month: words[2], year: words[3], time: words[4])
    }
    // Sun Nov  6 08:49:37 1994
    if words.count == 5 {
      return seconds(day: words[2], month: words[1], year: words[4], time: words[3])
    }
    return nil
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func seconds(day: String, month: String, year: String, time: String) -> Double? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { digits($0) }
    guard let day = digits(day[...]), (1...31).contains(day),
      let month = months.firstIndex(of: month), let year = fullYear(year),
      clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
      hour < 24, minute < 60, second <= 60
    else { return nil }
    let days = daysSince1970(year: year, month: month + 1, day: day)
    return Double(((days * 24 + hour) * 60 + minute) * 60 + second)
  }

  /// Two digits mean 1970 to 2069; the RFC asks for a sliding window of 50 years about today.
  private static func fullYear(_ text: String) -> Int? {
    guard let year = digits(text[...]) else { return nil }
    switch text.utf8.count {
    case 2: return year < 70 ? 2000 + year : 1900 + year
    case 4: return year
    default: return nil
    }
  }

  private static func digits(_ text: Substring) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// Days of the Gregorian calendar, with years counted from March so that leap days come last.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
