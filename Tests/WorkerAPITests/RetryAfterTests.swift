import Support
import Testing

@testable import WorkerAPI

@Suite("Retry-After")
struct RetryAfterTests {
  /// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110.
  static let example = 784_111_777.0

  @Test(
    "Seconds, dates in three forms, and milliseconds are read",
    arguments: [
      ("7", 7.0), (" 2.5 ", 2.5), ("0.001", 0.001),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 10), ("Sunday, 06-Nov-94 08:49:37 GMT", 10),
      ("Sun Nov  6 08:49:37 1994", 10), ("Thu, 01 Jan 1970 00:00:00 GMT", nil),
      ("Tue, 29 Feb 2000 23:59:60 GMT", 951_868_800 - 784_111_767),
      ("0", nil), ("-3", nil), ("soon", nil), ("", nil), ("inf", nil), ("nan", nil), ("1e9", nil),
      ("0x10", nil), ("1.2.3", nil), ("99999999999999999999999", nil),
      ("Sun, 32 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Non 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil),
      ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 06 Nov 199 08:49:37 GMT", nil),
    ] as [(String, Double?)])
  func values(text: String, seconds: Double?) {
    let head = TransportHead(status: 429, headers: [HTTPHeader("Retry-After", text)])
    #expect(RetryAfter.parse(head, now: Self.example - 10) == seconds)
  }

  @Test("Milliseconds come first, unless they say nothing")
  func milliseconds() {
    func parse(_ milliseconds: String) -> Double? {
      RetryAfter.parse(
        TransportHead(
          status: 429,
          headers: [
            HTTPHeader("retry-after", "7"), HTTPHeader("Retry-After-Ms", milliseconds),
          ]), now: 0)
    }
    #expect(parse("1500") == 1.5)
    #expect(parse("250.5") == 0.2505)
    #expect(parse("0") == 7)
    #expect(parse("x") == 7)
    #expect(RetryAfter.parse(TransportHead(status: 429), now: 0) == nil)
  }

  @Test("A date is counted from the answer's own date, whatever the clock here says")
  func ownDate() {
    func parse(_ date: String) -> Double? {
      RetryAfter.parse(
        TransportHead(
          status: 503,
          headers: [
            HTTPHeader("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), HTTPHeader("Date", date),
          ]), now: Self.example - 10)
    }
    #expect(parse("Sun, 06 Nov 1994 08:49:00 GMT") == 37)
    #expect(parse("Sun, 06 Nov 1994 08:50:00 GMT") == nil)
    #expect(parse("yesterday") == 10)
  }

  @Test("Every day of four centuries has its number")
  func calendar() {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    var expected = 0.0
    for year in 1970..<2370 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in zip(months, lengths) {
        for day in 1...length {
          let number = HTTPDate.parse(
            "Xxx, \(day < 10 ? "0" : "")\(day) \(month) \(year) 00:00:00 GMT")
          guard number == expected else {
            Issue.record("\(year) \(month) \(day) is \(String(describing: number))")
            return
          }
          expected += 86_400
        }
      }
    }
  }

  @Test("Any text is read without harm, and what is read is in the future")
  func fuzz() {
    var chance = Seeded(7)
    let pieces = [
      "Sun,", " ", "06", "-", "Nov", "1994", ":", "08", "GMT", ".", "9", "\u{301}", "\r\n",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...12, using: &chance))
        .map { _ in pieces.randomElement(using: &chance) ?? "" }.joined()
      let head = TransportHead(status: 503, headers: [HTTPHeader("retry-after", text)])
      if let wait = RetryAfter.parse(head, now: Self.example) {
        #expect(wait > 0 && wait.isFinite)
      }
    }
  }
}
