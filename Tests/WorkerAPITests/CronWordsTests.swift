import Testing
import WorkerAPI

@Suite("A cron expression in words")
struct CronWordsTests {
  @Test(
    "says what it says",
    arguments: [
      ("0 7 * * 1-5", "at 07:00 UTC, Monday to Friday"),
      ("* * * * *", "every minute, every day"),
      ("*/15 * * * *", "every 15 minutes, every day"),
      ("5 * * * *", "every hour at :05 UTC, every day"),
      ("*/20 9-17 * * *", "every 20 minutes in hours 9 to 17 UTC, every day"),
      ("0,10 3 * * *", "at minutes 0 and 10 in hours 3 UTC, every day"),
      ("7-9 * * * *", "at minutes 7 to 9 of every hour, every day"),
      ("30 6,18 * * *", "at 06:30 and 18:30 UTC, every day"),
      ("0 9 * * SUN", "at 09:00 UTC, on Sundays"),
      ("0 9 * * 6-7", "at 09:00 UTC, on Saturdays and Sundays"),
      ("0 9 1 * *", "at 09:00 UTC, on day 1 of the month"),
      ("0 9 1,15 * 1", "at 09:00 UTC, on day 1 and 15 of the month or on Mondays"),
      (
        "0 9 */2 * 1",
        "at 09:00 UTC, on day 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29 and 31 of the month if on Mondays"
      ),
      ("0 9 1-31 * 1", "at 09:00 UTC, every day"),
      ("0 9 * 12 *", "at 09:00 UTC, every day, in December"),
    ])
  func words(_ expression: String, _ words: String) throws {
    #expect(try Cron(expression).words == words)
  }
}
