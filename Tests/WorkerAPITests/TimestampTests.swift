import Support
import Testing
import WorkerAPI

@Suite struct TimestampTests {
  static let readable: [(text: String, seconds: Double)] = [
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.5Z", -0.5),
    ("2026-01-02T03:04:05+00:00", 1_767_323_045), ("2026-01-02T03:04:05", 1_767_323_045),
    ("2026-01-02t03:04:05z", 1_767_323_045), ("2026-01-02 03:04:05.25Z", 1_767_323_045.25),
    ("2026-01-02T05:34:05+02:30", 1_767_323_045), ("2026-01-01T22:04:05-05:00", 1_767_323_045),
    ("2000-02-29T00:00:00Z", 951_782_400), ("2024-02-29T00:00:00Z", 1_709_164_800),
    ("2016-12-31T23:59:60Z", 1_483_228_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ("0000-01-01T00:00:00Z", -62_167_219_200),
  ]

  @Test("Each date is its moment", arguments: readable)
  func parse(text: String, seconds: Double) {
    #expect(Timestamp.parse(text) == seconds)
  }

  @Test(
    "What is no date is nil",
    arguments: [
      "", "today", "2026-01-02", "2026-01-02T03:04", "2026-01-02T03:04:05 ", "2026-1-2T03:04:05Z",
      "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z",
      "2026-01-02T24:00:00Z", "2026-01-02T03:60:00Z", "2026-01-02T03:04:61Z",
      "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05+0000", "2026-01-02T03:04:05+24:00",
      "2026-01-02T03:04:05Zx", "2026/01/02T03:04:05Z", "-026-01-02T03:04:05Z",
      "２０２６-01-02T03:04:05Z", "2026-01-02T03:04:05+é:00",
    ])
  func refuse(text: String) {
    #expect(Timestamp.parse(text) == nil)
  }

  @Test("A moment is printed in UTC, with milliseconds when there are any")
  func print() {
    #expect(Timestamp.print(0) == "1970-01-01T00:00:00Z")
    #expect(Timestamp.print(-0.001) == "1969-12-31T23:59:59.999Z")
    #expect(Timestamp.print(1_767_323_045.25) == "2026-01-02T03:04:05.250Z")
  }

  @Test("Moments beyond the calendar are printed as its ends")
  func bounds() {
    #expect(Timestamp.print(.infinity) == "9999-12-31T23:59:59Z")
    #expect(Timestamp.print(1e300) == "9999-12-31T23:59:59Z")
    #expect(Timestamp.print(-.infinity) == "0000-01-01T00:00:00Z")
    #expect(Timestamp.print(.nan) == "1970-01-01T00:00:00Z")
  }

  @Test("What is printed is read back, and the days of 400 years follow one another")
  func roundTrip() {
    var random = Seeded(3)
    for _ in 0..<5_000 {
      let moment =
        Double(Int.random(in: -62_167_219_200_000...253_402_300_799_000, using: &random)) / 1000
      let read = Timestamp.parse(Timestamp.print(moment))
      #expect(read.map { abs($0 - moment) < 0.0006 } == true, "\(moment)")
    }
    var day = 0
    for year in 1970..<2370 {
      for month in 1...12 {
        for date in 1...Timestamp.days(inMonth: month, of: year) {
          #expect(Timestamp.dayNumber(year: year, month: month, day: date) == day)
          day += 1
        }
      }
    }
    #expect(day == 146_097)
  }

  @Test("A moment splits into its civil fields, the weekday with Sunday as 0")
  func civil() {
    let date = CivilDate(secondsSince1970: 951_782_399)
    #expect(
      [date.year, date.month, date.day, date.hour, date.minute, date.second, date.weekday]
        == [2000, 2, 28, 23, 59, 59, 1])
    #expect(CivilDate(secondsSince1970: -1).weekday == 3)
  }
}
