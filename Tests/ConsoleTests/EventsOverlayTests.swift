import Canvas
import Fleet
import FoundationEssentials
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Raw events on the screen")
struct EventsOverlayTests {
  private func raw(_ numbers: ClosedRange<Int>) -> [StreamItem] {
    numbers.map { number in
      let text = #"{"type":"data-x","data":\#(number)}"#
      return StreamItem(
        WorkerEvent(data: text), id: "\(number)", raw: RawEvent(Array(text.utf8).span))
    }
  }

  private func opened() -> Bench {
    var bench = Bench()
    bench.press(": events enter")
    return bench
  }

  private func shown(_ bench: Bench) -> [Int] {
    bench.rows.compactMap { row in
      row.components(separatedBy: #""data":"#).dropFirst().first
        .flatMap { Int($0.prefix { $0.isNumber }) }
    }
  }

  @Test("they come from the moment on in which they are looked at, and go when that ends")
  func taps() throws {
    var bench = opened()
    let worker = try #require(bench.screen.selected)
    #expect(bench.actions.last == .tap(worker))
    #expect(bench.text.contains("No event since 14:05:31; they come while it runs."))
    bench.tell(.streamed(worker: worker, raw(1...3)))
    bench.tell(.streamed(worker: "wrk_weather", raw(7...9)))
    #expect(shown(bench) == [1, 2, 3])
    #expect(bench.text.contains(#"14:05:31     26  3  {"type":"data-x","data":3}"#))
    bench.press("q")
    #expect(bench.actions.last == .tap(nil) && bench.fleet.wire == nil)
  }

  @Test("what comes moves the newest on, unless it is scrolled back; the oldest go at the bound")
  func follows() throws {
    var bench = opened()
    let worker = try #require(bench.screen.selected)
    bench.tell(.streamed(worker: worker, raw(1...30)))
    #expect(shown(bench) == Array(13...30))
    bench.press("k k")
    bench.tell(.streamed(worker: worker, raw(31...32)))
    #expect(shown(bench) == Array(11...28) && bench.text.contains(", 4 newer"))
    bench.tell(.streamed(worker: worker, raw(33...600)))
    #expect(shown(bench) == Array(101...118))
    bench.press("G")
    #expect(shown(bench) == Array(583...600))
    #expect(bench.fleet.wire?.count == 600 && bench.fleet.wire?.entries.count == WireLog.limit)
  }

  @Test("hostile bytes stay text, and a long event is cut at its bound")
  func hostile() throws {
    var bench = opened()
    let worker = try #require(bench.screen.selected)
    let bytes = Array("\u{1B}]52;c;eA==\u{7}\u{9B}31m\n".utf8) + [0xFF]
    let long = [UInt8](repeating: 0x61, count: 3_000)
    bench.tell(
      .streamed(
        worker: worker,
        [bytes, long].map { StreamItem(.done, id: "\u{1B}[2J", raw: RawEvent($0.span)) }))
    #expect(!bench.text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
    #expect(bench.fleet.wire?.entries.last?.raw.text.utf8.count == WireLog.eventLimit)
    #expect(bench.fleet.wire?.entries.last?.raw.bytes == 3_000)
  }
}
