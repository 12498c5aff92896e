import Fleet
import Support
import Testing

@testable import Console

@Suite("Figures")
struct FiguresTests {
  @Test(
    "durations and ages",
    arguments: [
      (-5, "0s", "0s"), (0, "0s", "0s"), (59.9, "59s", "59s"), (60, "1m00", "1m"),
      (192, "3m12", "3m"), (3599, "59m59", "59m"), (7500, "2h05", "2h"), (86_400, "1d", "1d"),
      (1e12, "11574d", "11574d"), (.infinity, "11574d", "11574d"), (.nan, "0s", "0s"),
    ] as [(Double, String, String)])
  func durations(_ seconds: Double, _ duration: String, _ age: String) {
    #expect(Figures.duration(seconds) == duration)
    #expect(Figures.age(seconds) == age)
  }

  @Test(
    "spans of work",
    arguments: [
      (-1, "0.0 s"), (0.04, "0.0 s"), (0.42, "0.4 s"), (9.94, "9.9 s"), (9.96, "9 s"),
      (59.9, "59 s"), (192, "3m12"), (.nan, "0s"),
    ] as [(Double, String)])
  func spans(_ seconds: Double, _ text: String) {
    #expect(Figures.span(seconds) == text)
  }

  @Test(
    "periods that were asked for are said exactly",
    arguments: [
      (0, "0s"), (1, "1s"), (60, "1m"), (90, "90s"), (600, "10m"), (5400, "1h30m"), (14_400, "4h"),
      (86_400, "1d"), (90_061, "1d1h1m1s"),
    ])
  func periods(_ seconds: Int, _ text: String) {
    #expect(Figures.period(seconds) == text)
  }

  @Test(
    "the time of an answer in two digits",
    arguments: [
      (0.01, "<10 ms"), (.nan, "<10 ms"), (0.0384, "38 ms"), (0.0996, "100 ms"), (0.1249, "120 ms"),
      (0.9949, "990 ms"), (0.995, "1.0 s"), (1.23, "1.2 s"), (14, "14 s"),
    ] as [(Double, String)])
  func answers(_ seconds: Double, _ text: String) {
    #expect(Figures.answer(seconds) == text)
  }

  @Test(
    "bytes",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9949, "9.9 kB"), (9960, "10 kB"),
      (12_288, "12 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (3_140_000, "3.1 MB"),
      (999_950_000, "1.0 GB"), (Int.max, "9223372036.9 GB"),
    ])
  func bytes(_ count: Int, _ text: String) {
    #expect(Figures.bytes(count) == text)
  }

  @Test(
    "counts",
    arguments: [
      (0, "0"), (9999, "9999"), (10_000, "10.0k"), (182_400, "182.4k"), (999_949, "999.9k"),
      (999_950, "1.0M"), (3_100_000, "3.1M"),
    ])
  func counts(_ number: Int, _ text: String) {
    #expect(Figures.count(number) == text)
  }

  @Test(
    "decimals are rounded half away from zero",
    arguments: [
      (0, 0, "0"), (2.5, 0, "3"), (-2.5, 0, "-3"), (-0.04, 1, "0.0"), (1.005, 2, "1.00"),
      (0.0432, 4, "0.0432"), (9.8, 2, "9.80"), (1e13, 1, "-"), (.nan, 1, "-"), (.infinity, 0, "-"),
    ] as [(Double, Int, String)])
  func decimals(_ value: Double, _ places: Int, _ text: String) {
    #expect(Figures.decimal(value, places) == text)
  }

  @Test(
    "whole credits have no decimals, fractions have",
    arguments: [(0, "0"), (5, "5"), (170, "170"), (0.4, "0.4"), (1.96, "2.0"), (.nan, "-")]
      as [(Double, String)])
  func credits(_ value: Double, _ text: String) {
    #expect(Figures.credits(value) == text)
  }

  @Test("credits and dollars are one amount, and no sum")
  func money() {
    #expect(Figures.money(Spent(credits: 31, dollars: 0.16)) == "31 cr  $0.16")
    #expect(Figures.money(Spent(dollars: 0.16)) == "$0.16")
    #expect(Figures.money(Spent()) == nil)
  }

  @Test("one thing is singular")
  func counted() {
    #expect(Figures.counted(1, "turn") == "1 turn" && Figures.counted(0, "turn") == "0 turns")
  }

  @Test("dates say the zone's day, and the year when it is another one")
  func dates() {
    let now = FleetFixture.now
    #expect(Figures.date(now, .berlin, now: now) == "Tue 24 Nov 15:05:31")
    #expect(Figures.date(1_798_756_200, .berlin, now: now) == "Thu 31 Dec 23:30")
    #expect(Figures.date(1_798_761_600, .utc, now: now) == "Fri 01 Jan 2027 00:00")
    #expect(Figures.soon(now + 3600, .newYork, now: now) == "Tue 10:05")
    #expect(Figures.soon(now + 6 * 86_400, .utc, now: now) == "30 Nov 14:05")
    #expect(Figures.clock(-1, .utc, seconds: true) == "23:59:59")
  }

  @Test("requirement 18: beyond a change of the clocks a time has the name that its zone has then")
  func change() {
    // 25 October 2026, 01:00 UTC: from CEST to CET.
    let change = 1_792_890_000.0
    func clock(_ moment: Double, beside now: Double) -> String {
      Figures.clock(change + moment, .berlin, beside: change + now)
    }
    #expect(clock(-60, beside: -30) == "02:59" && clock(-60, beside: 60) == "02:59 CEST")
    #expect(clock(0, beside: -60) == "02:00 CET" && clock(0, beside: 60) == "02:00")
    func clockOrDay(_ moment: Double, now: Double) -> String {
      Figures.clockOrDay(change + moment, .berlin, now: change + now)
    }
    #expect(clockOrDay(-60, now: -30) == "02:59" && clockOrDay(-60, now: 3_600) == "00:59Z")
    #expect(clockOrDay(-86_400, now: 3_600) == "24 Oct")
  }
}
