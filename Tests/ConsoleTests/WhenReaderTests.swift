import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Reading a moment")
struct WhenReaderTests {
  /// Tuesday, 24 November 2026, 14:05:31 UTC.
  private let now = FleetFixture.now

  private func read(
    _ text: String, _ kind: WhenReader.Kind = .once, _ zone: Zone = .utc, now: Double? = nil
  ) -> ScheduleKind? {
    try? WhenReader.read(text, as: kind, zone: zone, now: now ?? self.now).get()
  }

  private func moment(_ text: String) -> Double { Timestamp.parse(text) ?? .nan }

  @Test(
    "a date and time is that of the operator's zone, unless it names its own",
    arguments: [
      ("2026-12-24 18:30", "2026-12-24T17:30:00Z"), ("2026-12-24T18:30", "2026-12-24T17:30:00Z"),
      ("2026-12-24T18:30Z", "2026-12-24T18:30:00Z"),
      ("2026-12-24t18:30:15z", "2026-12-24T18:30:15Z"),
      ("2026-12-24T18:30+05:30", "2026-12-24T13:00:00Z"),
      ("2026-12-24T18:30-05:00", "2026-12-24T23:30:00Z"),
      ("  Tomorrow  9:00 ", "2026-11-25T08:00:00Z"), ("16:00", "2026-11-24T15:00:00Z"),
      ("15:05", "2026-11-25T14:05:00Z"), ("00:00", "2026-11-24T23:00:00Z"),
      ("2028-02-29 00:00", "2028-02-28T23:00:00Z"),
    ])
  func once(_ text: String, _ wanted: String) {
    #expect(read(text, .once, .berlin) == .once(moment(wanted)))
  }

  @Test(
    "what is no moment is refused",
    arguments: [
      "", "soon", "tomorrow", "tomorrow 25:00", "24:00", "9", "9:60", "2027-02-29 09:00",
      "2026-12-24", "2026-13-01 00:00", "2020-01-01 09:00", "12:00 13:00", "2026-12-24 18:30 CET",
      "+1:30", "-0:30", "1:+5", "t", "z", "2026-12-24T18:30+", "１２:００",
    ])
  func notOnce(_ text: String) {
    #expect(read(text) == nil)
  }

  @Test("a span where a date is asked for is told of as one")
  func spanForDate() {
    for (text, span) in [("+1:30", "1h30m"), ("+2h", "2h"), ("15m", "15m"), ("1h 30m", "1h30m")] {
      #expect(
        WhenReader.read(text, as: .once, zone: .utc, now: now)
          == .failure(
            WhenReader.Failure(
              "not a date; for a span from now choose delay and write \(span)")))
    }
    for text in ["9", "+", "+9", "soon", "+0:00"] {
      guard case .failure(let failure) = WhenReader.read(text, as: .once, zone: .utc, now: now)
      else { continue }
      #expect(failure.description.hasPrefix("not a date; write 09:00"), "\(text)")
    }
  }

  @Test(
    "the first hour that a clock shows twice is meant, and one that is skipped is later by as much")
  func changes() {
    let march = moment("2026-03-01T00:00:00Z")
    let rows: [(String, Zone, String)] = [
      ("2026-03-29 01:59", .berlin, "2026-03-29T00:59:00Z"),
      ("2026-03-29 02:30", .berlin, "2026-03-29T01:30:00Z"),
      ("2026-03-29 03:00", .berlin, "2026-03-29T01:00:00Z"),
      ("2026-10-25 01:59", .berlin, "2026-10-24T23:59:00Z"),
      ("2026-10-25 02:30", .berlin, "2026-10-25T00:30:00Z"),
      ("2026-10-25 03:00", .berlin, "2026-10-25T02:00:00Z"),
      ("2026-03-08 01:59", .newYork, "2026-03-08T06:59:00Z"),
      ("2026-03-08 02:30", .newYork, "2026-03-08T07:30:00Z"),
      ("2026-03-08 03:00", .newYork, "2026-03-08T07:00:00Z"),
      ("2026-11-01 00:59", .newYork, "2026-11-01T04:59:00Z"),
      ("2026-11-01 01:30", .newYork, "2026-11-01T05:30:00Z"),
      ("2026-11-01 02:00", .newYork, "2026-11-01T07:00:00Z"),
    ]
    for (text, zone, wanted) in rows {
      #expect(read(text, .once, zone, now: march) == .once(moment(wanted)), "\(text)")
    }
  }

  @Test("what a clock shows is read back as the same moment, but in the second of two same hours")
  func roundTrip() {
    for zone in [Zone.berlin, .newYork, .utc] {
      var misses: [String] = []
      for hour in 0..<(365 * 24) {
        let wanted = moment("2026-01-01T00:00:00Z") + Double(hour) * 3600
        let civil = Int(wanted) + zone.offset(wanted).seconds
        if zone.moment(civilSeconds: civil) != wanted { misses.append(Timestamp.print(wanted)) }
      }
      #expect(misses.count <= 1, "\(misses)")
    }
  }

  @Test("tomorrow is the operator's next day, also when it is another one in UTC")
  func tomorrow() {
    let late = moment("2026-11-24T23:30:00Z")
    #expect(
      read("tomorrow 09:00", .once, .berlin, now: late) == .once(moment("2026-11-26T08:00:00Z")))
    #expect(
      read("tomorrow 09:00", .once, .newYork, now: late) == .once(moment("2026-11-25T14:00:00Z")))
  }

  @Test(
    "spans of time",
    arguments: [
      ("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86_400), ("1h30m", 5400),
      ("1d 2h 3m 4s", 93_784),
      ("45", 45), ("1H", 3600), ("365d", 31_536_000), ("1s", 1),
    ])
  func spans(_ text: String, _ seconds: Int) {
    #expect(read(text, .delay) == .delayed(seconds: seconds))
    #expect(read(text, .interval) == .interval(seconds: seconds))
    #expect(read("every " + text, .interval) == .interval(seconds: seconds))
  }

  @Test(
    "what is no span, or a longer one than the API takes, is refused",
    arguments: [
      "", "0", "0s", "366d", "1h30", "h", "-5m", "1.5h", "5 minutes", "1w",
      "999999999999999999999d",
      "9999999999999999999", "every", "١s",
    ])
  func notSpans(_ text: String) {
    #expect(read(text, .delay) == nil)
    #expect(read(text, .interval) == nil)
  }

  @Test("cron is five fields in UTC, kept as typed but for case and blanks")
  func cron() {
    #expect(read("0  7 * * MON-FRI ", .cron) == .cron("0 7 * * mon-fri"))
    #expect(read("0 7 * *", .cron) == nil)
    #expect(read("0 0 31 2 *", .cron) == nil)
    #expect(read("@daily", .cron) == nil)
  }

  @Test("the example of every kind can be sent as it stands")
  func examples() {
    for kind in WhenReader.Kind.allCases {
      #expect(read(kind.example, kind, .berlin) != nil)
    }
  }

  @Test("the next fires, at most five")
  func fires() {
    func fires(_ kind: ScheduleKind) -> [Double] {
      WhenReader.fires(of: kind, now: now).map { $0 - now }
    }
    #expect(fires(.once(now + 7)) == [7])
    #expect(fires(.delayed(seconds: 60)) == [60])
    #expect(fires(.interval(seconds: 20)) == [20, 40, 60, 80, 100])
    #expect(fires(.cron("*/15 * * * *")) == [569, 1469, 2369, 3269, 4169])
    #expect(fires(.cron("never")) == [])
    #expect(fires(.other("x")) == [])
  }

  @Test("no text makes it crash")
  func fuzz() {
    var dice = Seeded(11)
    let letters = Array("0123456789:- tTzZ+*/,smhdevry\u{0}é🎉.")
    for _ in 0..<5000 {
      let length = Int.random(in: 0...24, using: &dice)
      let text = String((0..<length).map { _ in letters.randomElement(using: &dice) ?? " " })
      for kind in WhenReader.Kind.allCases {
        guard let meaning = read(text, kind, .newYork) else { continue }
        #expect(WhenReader.fires(of: meaning, now: now).allSatisfy { $0 > now }, "\(text)")
      }
    }
  }
}
