import Testing
import WorkerAPI

@Suite("Cron")
struct CronTests {
  @Test(
    "Fires at the next matching minute",
    arguments: [
      ("* * * * *", "2026-03-02T10:15:30Z", "2026-03-02T10:16:00Z"),
      ("*/15 * * * *", "2026-03-02T10:15:00Z", "2026-03-02T10:30:00Z"),
      ("5/20 * * * *", "2026-03-02T10:26:00Z", "2026-03-02T10:45:00Z"),
      ("0 7 * * MON-FRI", "2026-03-06T07:00:00Z", "2026-03-09T07:00:00Z"),
      ("30 22-23,1 * * *", "2026-03-02T23:30:00Z", "2026-03-03T01:30:00Z"),
      ("0 0 1 jan *", "2026-03-02T00:00:00Z", "2027-01-01T00:00:00Z"),
      ("0 0 * * 7", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z"),
      ("0 0 * * 5-7", "2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z"),
      ("0 0 * * SAT-SUN", "2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z"),
      ("0 12 29 2 *", "2026-03-02T00:00:00Z", "2028-02-29T12:00:00Z"),
      ("0 12 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T12:00:00Z"),
      ("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"),
      ("0 0 13 * FRI", "2026-03-02T00:00:00Z", "2026-03-06T00:00:00Z"),
      ("0 0 13 * FRI", "2026-03-06T00:00:00Z", "2026-03-13T00:00:00Z"),
      ("0 0 */2 * MON", "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z"),
      ("0 0 * 2,4-6/2 *", "2026-02-28T00:00:00Z", "2026-04-01T00:00:00Z"),
    ])
  func next(expression: String, after: String, expected: String) throws {
    let cron = try Cron(expression)
    let start = try #require(Timestamp.parse(after))
    #expect(cron.next(after: start).map(Timestamp.print) == expected)
  }

  @Test("A date that never comes has no next fire", arguments: ["0 0 30 2 *", "0 0 31 4,6,9,11 *"])
  func never(expression: String) throws {
    #expect(try Cron(expression).next(after: 0) == nil)
  }

  @Test(
    "A wrong expression is refused with a sentence that names the field",
    arguments: [
      (
        "* * * *",
        "a cron expression has five fields (minute, hour, day of month, month, day of "
          + "week), not 4"
      ),
      ("60 * * * *", "in the minute field, “60” is not a number from 0 to 59"),
      ("* 24 * * *", "in the hour field, “24” is not a number from 0 to 23"),
      ("* * 0 * *", "in the day of month field, “0” is not a number from 1 to 31"),
      (
        "* * * FOO *",
        "in the month field, “FOO” is not a number from 1 to 12 or a name such as FEB"
      ),
      ("* * * * FRI-MON", "in the day of week field, the range “FRI-MON” runs backwards"),
      ("*/0 * * * *", "in the minute field, the step “0” must be from 1 to 59"),
      ("1,,2 * * * *", "in the minute field, “” is not a value, a range or a step"),
      ("+5 * * * *", "in the minute field, “+5” is not a number from 0 to 59"),
      ("1-2-3 * * * *", "in the minute field, “1-2-3” is not a range"),
      ("1/2/3 * * * *", "in the minute field, “1/2/3” is not a value, a range or a step"),
    ])
  func refusal(expression: String, sentence: String) {
    #expect(throws: Cron.Failure.self) { try Cron(expression) }
    do throws(Cron.Failure) {
      _ = try Cron(expression)
    } catch {
      #expect(error.description == sentence)
    }
  }

  @Test("Every fire of a random expression is later than what it follows, and on a minute")
  func random() {
    var seed: UInt64 = 7
    func draw(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % count
    }
    let pieces = [
      "*", "1", "5", "*/3", "2-4", "1,3", "0", "SUN", "JAN", "9-1", "x", "*", "7", "*/5",
    ]
    var read = 0
    for _ in 0..<3_000 {
      let expression = (0..<5).map { _ in pieces[draw(pieces.count)] }.joined(separator: " ")
      guard let cron = try? Cron(expression) else { continue }
      read += 1
      let start = Double(draw(4_000_000_000))
      if let next = cron.next(after: start) {
        #expect(next > start && next.truncatingRemainder(dividingBy: 60) == 0, "\(expression)")
      }
    }
    #expect(read > 300)
  }
}
