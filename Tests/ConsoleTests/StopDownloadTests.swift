import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("D on files that are being saved")
struct StopDownloadTests {
  private static let names = ["tables/prices.csv", "chart.png", "notes on suppliers.md"]

  private func stop(_ files: String...) -> Action {
    .stopDownloads(worker: FleetFixture.watched, files: files)
  }

  private func stops(_ bench: Bench) -> [Action] {
    bench.actions.filter { if case .stopDownloads = $0 { true } else { false } }
  }

  /// Of one file 65 kB came, of another some that a break would lose.
  private func bench(columns: Int = 80, rows: Int = 24, isLasting: Bool = false) -> Bench {
    var bench = Bench(columns: columns, rows: rows)
    bench.press("4 G d")
    bench.tell(
      .downloading(
        worker: FleetFixture.watched, file: Self.names[2],
        Arrival(bytes: 3_000, of: 12_000, isLasting: isLasting)))
    bench.outcomes = []
    return bench
  }

  @Test("stops at once what goes on later, and says so until the folder answers")
  func lasting() {
    var bench = Bench()
    bench.press("4 j")
    #expect(bench.rows[22].contains("d download  D stop"))
    bench.press("D")
    #expect(stops(bench) == [stop("chart.png")])
    #expect(bench.text.contains("stopping") && !bench.rows[22].contains("D stop"))
    bench.press("D")
    #expect(bench.rows[23] == "> chart.png is being stopped")
    bench.press("d")
    #expect(bench.rows[23] == "> chart.png is being stopped")
    bench.press("j k")
    bench.tell(
      .downloadStopped(
        worker: FleetFixture.watched, file: "chart.png",
        kept: PartialFile(bytes: 65_536, tag: "t")))
    #expect(bench.text.contains("saved in part, 25 %"))
    #expect(
      bench.rows[23]
        == "> chart.png stopped at 66 kB of 262 kB; saving it again goes on from there")
    bench.press("D")
    #expect(bench.rows[23] == "> chart.png is not being saved")
    #expect(stops(bench) == [stop("chart.png")])
  }

  @Test("asks first where what came would be lost")
  func asks() {
    var bench = bench()
    bench.press("D")
    #expect(bench.actions == [])
    #expect(bench.text.contains("Stop saving this file?") && bench.text.contains("25 % came"))
    bench.press("n")
    #expect(bench.actions == [])
    bench.press("D y")
    #expect(bench.actions == [stop(Self.names[2])])
  }

  @Test("asks in a box that is what it was", arguments: [(80, 24), (40, 12)])
  func box(_ columns: Int, _ rows: Int) {
    var bench = bench(columns: columns, rows: rows)
    bench.press("D")
    Snapshot.check(bench.frame.golden, "stop-download-\(columns)x\(rows)")
    bench.press("n g space space space D")
    Snapshot.check(bench.frame.golden, "stop-downloads-\(columns)x\(rows)")
  }

  @Test("does not ask before anything came")
  func nothing() {
    var bench = Bench()
    bench.press("4 G d D")
    #expect(bench.actions.last == stop(Self.names[2]))
    #expect(bench.screen.overlays == [])
  }

  @Test("is for all that are marked and run, and names what each would lose")
  func marked() {
    var some = bench()
    some.press("g space space space D")
    #expect(some.text.contains("Stop saving 2 files?"))
    #expect(some.text.contains("chart.png, 25 %, goes on later"))
    #expect(some.text.contains("notes on suppliers.md, 25 %, lost"))
    some.press("y")
    #expect(some.actions.last == stop("chart.png", Self.names[2]))
    var all = bench(isLasting: true)
    all.press("g space space space D")
    #expect(all.actions.last == stop("chart.png", Self.names[2]))
    all.press("D")
    #expect(all.rows[23] == "> none of these is being saved")
  }

  @Test("works in a look into the file, too")
  func preview() {
    var bench = bench()
    bench.press("enter")
    #expect(bench.rows[22].contains("D stop"))
    bench.press("D")
    #expect(bench.text.contains("Stop saving this file?"))
    bench.press("y")
    #expect(bench.actions.last == stop(Self.names[2]))
    #expect(bench.text.contains("stopping at 25 %") && !bench.rows[22].contains("D stop"))
  }

  @Test("is named where it stops what is saved, and not where it is the key of something else")
  func named() {
    var bench = Bench()
    bench.press("4 j 1 : download enter")
    #expect(bench.rows[23] == "> chart.png is already being saved, 25 %")
  }

  @Test("is a word of the command line, which says where nothing is saved")
  func word() {
    var bench = Bench()
    bench.press("4 g : stop-download enter")
    #expect(bench.rows[23] == "> tables/prices.csv is not being saved")
    var none = Bench(FleetFixture.single())
    none.press("4 D")
    #expect(none.rows[23] == "> this worker has no file yet")
  }
}
