import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

/// One picture that is kept as text: a fleet, a size and the keys pressed before.
struct Shot: Sendable, CustomTestStringConvertible {
  enum Cast: String, Sendable { case full, empty, down, refused, doubtful, away }

  var name: String
  var columns: Int
  var rows: Int
  var cast = Cast.full
  var keys = ""
  var isUnicode = true

  var testDescription: String { name }

  var bench: Bench {
    var fleet =
      switch cast {
      case .full, .down, .refused: FleetFixture.full
      case .empty: FleetFixture.empty
      case .doubtful: FleetFixture.doubtful
      case .away: FleetFixture.away
      }
    let now = FleetFixture.now
    if cast == .down {
      _ = reduce(
        &fleet,
        .stream(
          worker: FleetFixture.watched, .lost(reason: "connection refused", retryAfter: 12.5)),
        now: now)
    }
    if cast == .refused {
      let refusal = APIError(status: 401, message: "the API key is missing, wrong or revoked")
      _ = reduce(
        &fleet, .pollFailed(worker: FleetFixture.watched, .refused(refusal)), now: now)
    }
    let later = cast == .down ? 8.0 : cast == .refused ? 20 : 0
    // Keys that change something do so only where the change can be seen.
    let isTiny = columns < 30 || rows < 8
    var bench = Bench(
      fleet, columns: isTiny ? 80 : columns, rows: isTiny ? 24 : rows, now: now + later,
      zone: .berlin)
    bench.screen.isUnicode = isUnicode
    bench.press(keys)
    if keys.isEmpty || isTiny { bench.resize(columns, rows) }
    return bench
  }

  static let sizes = [(80, 24), (120, 40), (200, 60), (40, 12), (25, 6)]

  static let layouts = sizes.flatMap { columns, rows in
    [Cast.full, .empty].map { cast in
      Shot(name: "\(cast.rawValue)-\(columns)x\(rows)", columns: columns, rows: rows, cast: cast)
    }
  }

  static let panes = Pane.allCases.map {
    Shot(name: "focus-\($0.name.lowercased())", columns: 80, rows: 24, keys: "\($0.rawValue)")
  }

  static let zooms =
    ["1", "2", "5"].flatMap { pane in
      [("half", "+"), ("full", "+ +")].map { name, keys in
        Shot(name: "\(name)-\(pane)-80x24", columns: 80, rows: 24, keys: "\(pane) \(keys)")
      }
    } + [
      Shot(name: "half-1-120x40", columns: 120, rows: 40, keys: "1 +"),
      Shot(name: "half-2-120x40", columns: 120, rows: 40, keys: "2 +"),
      Shot(name: "half-6-200x60", columns: 200, rows: 60, keys: "6 +"),
    ]

  static let overlays =
    [
      ("composer-draft", "n"), ("composer-too-early", "c"), ("composer-budget", "n tab right"),
      ("composer-high", "n tab right right right left enter"),
      ("composer-unlimited", "n tab right right right enter y e"),
      ("form-once", "5 n"), ("form-delay", "5 n right"), ("form-cron", "5 n right right"),
      ("form-interval", "5 n right right right"), ("form-problem", "5 n tab ctrl-u 7 enter"),
      ("form-unlimited", "5 n tab tab tab right enter y"), ("confirm", "5 D"), ("forecast", "5 i"),
      ("spending", "$"), ("requests", "@"), ("copy", "2 y"), ("copy-row", "3 y"),
      ("search", "1 ctrl-f price"), ("command", ": un"),
      ("rename", "1 r"), ("filter", "1 / s:run"), ("filter-problem", "1 / cost>"),
      ("filter-none", "1 / zzz enter"), ("order", "1 S j j tab j"), ("urgent", "1 !"),
      ("palette", "ctrl-p"), ("palette-typed", "ctrl-p wrkr"), ("inspect", "1 i"),
      ("inspect-raw", "1 i r pgdn"), ("command-theme", ": theme space so"), ("letter", "m x '"),
      ("help-filter", "? / page"),
      ("adopt", "1 a w r k _ 9"),
      ("forget", "1 D"), ("help", "?"),
      ("help-end", "2 ? pgdn pgdn pgdn pgdn"), ("comparison", "2 ="), ("themes", "T j"),
      ("unfolded", "2 g x"),
    ].flatMap { name, keys in
      [(80, 24), (40, 12), (25, 6)].map { columns, rows in
        Shot(name: "\(name)-\(columns)x\(rows)", columns: columns, rows: rows, keys: keys)
      }
    }

  static let orders = [("list", "O"), ("adopt", "O a t _ 1"), ("again", "O j r"), ("gone", "O D")]
    .flatMap { name, keys in
      [(80, 24), (40, 12), (25, 6)].map { columns, rows in
        Shot(
          name: "orders-\(name)-\(columns)x\(rows)", columns: columns, rows: rows, cast: .doubtful,
          keys: keys)
      }
    }

  static let states = [
    Shot(name: "away-80x24", columns: 80, rows: 24, cast: .away, keys: "W"),
    Shot(name: "away-40x12", columns: 40, rows: 12, cast: .away, keys: "W"),
    Shot(name: "away-25x6", columns: 25, rows: 6, cast: .away, keys: "W"),
    Shot(name: "down-80x24", columns: 80, rows: 24, cast: .down),
    Shot(name: "down-40x12", columns: 40, rows: 12, cast: .down),
    Shot(name: "refused-80x24", columns: 80, rows: 24, cast: .refused),
    Shot(name: "ascii-80x24", columns: 80, rows: 24, keys: "2 g", isUnicode: false),
    Shot(name: "ascii-120x40", columns: 120, rows: 40, keys: "n", isUnicode: false),
    Shot(name: "help-120x40", columns: 120, rows: 40, keys: "1 ?"),
    Shot(name: "inspect-120x40", columns: 120, rows: 40, keys: "1 i"),
    Shot(name: "tabs-60x16", columns: 60, rows: 16, keys: "2 g"),
    Shot(name: "report-100x60", columns: 100, rows: 60, keys: "2 + + g"),
    Shot(name: "report-40x60", columns: 40, rows: 60, keys: "2 + + g pgdn"),
  ]
}

@Suite("Golden frames")
struct GoldenTests {
  @Test("a picture is what it was", arguments: Shot.layouts + Shot.panes)
  func layout(_ shot: Shot) { Snapshot.check(shot.bench.frame.golden, shot.name) }

  @Test("a zoomed picture is what it was", arguments: Shot.zooms)
  func zoom(_ shot: Shot) { Snapshot.check(shot.bench.frame.golden, shot.name) }

  @Test("a box in front of the panes is what it was", arguments: Shot.overlays + Shot.orders)
  func overlay(_ shot: Shot) { Snapshot.check(shot.bench.frame.golden, shot.name) }

  @Test("a state of the link or of the terminal is what it was", arguments: Shot.states)
  func state(_ shot: Shot) { Snapshot.check(shot.bench.frame.golden, shot.name) }

  @Test("a picture in ASCII holds no other strokes than ASCII")
  func ascii() {
    var bench = Bench(columns: 120, rows: 40)
    bench.screen.isUnicode = false
    bench.press("n esc 5 D esc ? esc 2 g")
    let chrome = "─│┌┐└┘├┤┬┴┼…•▏█▇▆▅▄▃▂▁"
    #expect(bench.text.filter { chrome.contains($0) } == "")
  }

  @Test("a picture in the other zone says which")
  func zone() {
    var bench = Bench(zone: .berlin)
    #expect(bench.rows[0].hasSuffix("15:05 CET"))
    bench.press("Z")
    #expect(bench.rows[0].hasSuffix("14:05 UTC"))
    #expect(bench.rows[23] == "> times in UTC")
  }
}

extension Zone {
  /// Central Europe: an hour east of UTC, two from the last Sunday of March to that of October.
  static let berlin = Zone { moment in
    let date = CivilDate(secondsSince1970: Int(moment))
    func change(_ month: Int) -> Double {
      let last = Timestamp.dayNumber(year: date.year, month: month, day: 31)
      let weekday = CivilDate(secondsSince1970: last * 86_400).weekday
      return Double((last - weekday) * 86_400 + 3600)
    }
    return moment >= change(3) && moment < change(10) ? (7200, "CEST") : (3600, "CET")
  }

  /// New York in 2026: five hours west of UTC, four from 8 March to 1 November.
  static let newYork = Zone { moment in
    moment >= 1_772_953_200 && moment < 1_793_512_800 ? (-14_400, "EDT") : (-18_000, "EST")
  }
}
