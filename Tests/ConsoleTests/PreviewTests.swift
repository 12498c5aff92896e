import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("A look into a file")
struct PreviewTests {
  static let file = WorkerFile(
    filename: "tables/prices.csv", mediaType: "text/csv", url: "/f", size: nil)

  static let texts = [
    "csv": """
    item,supplier,price,change
    "A4 paper, 80 g",Papierhaus Nord,4.19,6.1 %
    Envelopes C5,Büro Süd,12.50,0 %
    "Pens ""soft"" blue",東京文具,0.95,-2.3 %
    """,
    "json": """
    {"worker": "price-watch", "done": true, "count": 3, "none": null,
     "items": [{"name": "A4 paper", "price": 4.19}, {"name": "Envelopes", "price": 12.5}],
     "empty": []}
    """,
    "md": """
    # Prices

    Supplier 3 raised **A4 paper** from 3.95 to 4.19.

    - Papierhaus Nord
    - Büro Süd

    | item | price |
    |---|---|
    | paper | 4.19 |
    """,
    "txt": (1...60).map {
      "line \($0) of a text that goes on and on and on and on and on and on to the right"
    }
    .joined(separator: "\n"),
  ]

  private func bench(
    _ end: String, _ bytes: [UInt8], columns: Int = 80, rows: Int = 24, total: Int? = nil
  ) -> Bench {
    var bench = Bench(columns: columns, rows: rows)
    bench.press("4 enter")
    guard case .preview(let worker, let file)? = bench.actions.last else {
      Issue.record("nothing is looked at: \(bench.actions)")
      return bench
    }
    let reading = FileReading(
      bytes, name: "x.\(end)", mediaType: "", isCut: total.map { bytes.count < $0 } ?? false)
    bench.tell(
      .previewed(
        worker: worker, file: file.key,
        Preview.Shown(
          reading, bytes: bytes.count, total: total ?? bytes.count, isSaved: false,
          at: FleetFixture.now - 3)))
    return bench
  }

  private func text(_ name: String) -> [UInt8] { Array((Self.texts[name] ?? "").utf8) }

  @Test("shows text, Markdown, a table and a tree", arguments: ["csv", "json", "md", "txt"])
  func pictures(_ end: String) {
    for (columns, rows) in [(80, 24), (40, 12), (25, 6)] {
      let bench = bench(end, text(end), columns: columns, rows: rows)
      Snapshot.check(bench.frame.golden, "preview-\(end)-\(columns)x\(rows)")
    }
  }

  @Test("a table of only a head is not called empty")
  func headOnly() {
    let text = bench("csv", Array("item,price".utf8)).text
    #expect(text.contains("No row below the head.") && text.contains("item"))
    #expect(bench("csv", []).text.contains("This file is empty."))
  }

  @Test("shows an image as facts, and what it cannot read as bytes")
  func others() {
    let head: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [
        0, 0, 2, 128, 0, 0, 1, 224,
      ]
    Snapshot.check(bench("png", head).frame.golden, "preview-image-80x24")
    Snapshot.check(
      bench("bin", (0...255).map { UInt8($0) }, total: 70_000).frame.golden, "preview-bytes-80x24")
  }

  @Test("of a tree folds and unfolds under the cursor")
  func folds() {
    var bench = bench("json", text("json"))
    #expect(bench.text.contains("▾ items: [2]"))
    bench.press("j j j j j enter")
    #expect(bench.text.contains("▸ items: [2]") && !bench.text.contains("A4 paper"))
    bench.press("space")
    #expect(bench.text.contains("name: \"A4 paper\""))
    bench.press("j j enter")
    #expect(bench.text.contains("▸ 0: {2}") && bench.text.contains("Envelopes"))
  }

  @Test("of a tree shows numbers as they are written")
  func numbers() {
    let numbers = ["12345678901234567890", "1.10", "1e400", "100.00", "-0", "7"]
    let deep = String(repeating: "[", count: 210) + "1.50" + String(repeating: "]", count: 210)
    let text = "[\(numbers.joined(separator: ", ")), \(deep), 2.50]"
    let rows = bench("json", Array(text.utf8), columns: 80, rows: 240).rows.map {
      $0.filter { $0 != "│" && $0 != " " }
    }
    for (index, number) in numbers.enumerated() { #expect(rows.contains("\(index):\(number)")) }
    #expect(rows.contains("7:2.50") && !rows.contains("0:1.50"))
  }

  @Test("says what is shown of a longer content, in the facts and in a last row")
  func parts() {
    let text = (1...20_010).map { "\($0)" }.joined(separator: "\n")
    var lines = bench("txt", Array(text.utf8))
    #expect(lines.text.contains("first 20000 of 20010 lines") && lines.text.contains("/20001"))
    lines.press("G")
    #expect(lines.text.contains("the rest is not shown; d saves it all"))
    let table = String(repeating: "a\n", count: 5_010)
    #expect(bench("csv", Array(table.utf8)).text.contains("first 5000 rows"))
    var tree = bench("json", Array(("[" + String(repeating: "1,", count: 20_010) + "1]").utf8))
    #expect(tree.text.contains("first 20000 values"))
    tree.press("G")
    #expect(tree.text.contains("the rest is not shown"))
    #expect(bench("txt", Array("a".utf8), total: 9).text.contains("the rest is not shown"))
    #expect(!bench("txt", Array("a".utf8)).text.contains("the rest"))
  }

  @Test("of a table says which columns are in sight, and shows long cells whole")
  func columns() {
    let long = (1...9).map { "w\($0)-------" }.joined(separator: " ")
    let text = "a,b,c,d\n1,\(long),\(long),4"
    var bench = bench("csv", Array(text.utf8))
    #expect(bench.text.contains("columns 1-2 of 4") && !bench.text.contains("w9"))
    #expect(bench.rows[22].contains("w whole cells"))
    bench.press("l")
    #expect(bench.text.contains("columns 2-3 of 4"))
    bench.press("w")
    #expect(bench.rows[22].contains("w short cells") && bench.text.contains("column 1 of 4"))
    bench.press("l l l l")
    #expect(bench.text.contains("w9"))
    var small = self.bench("csv", self.text("csv"))
    #expect(!small.rows[22].contains("w ") && !small.text.contains("columns"))
    small.press("w")
    #expect(small.rows[23] == "> there is nothing to wrap or to cut here")
  }

  @Test("says how it was read where that is not plain")
  func notes() {
    #expect(
      bench("txt", [0x6E, 0xE4, 0x68]).rows[20].contains("no UTF-8: read as Latin-1"))
    #expect(bench("json", Array("[1,,]".utf8)).text.contains("not valid JSON (line 1, column 4)"))
  }

  @Test("of a text scrolls, wraps or not, and goes sideways")
  func scrolls() {
    var bench = bench("txt", text("txt"), columns: 60, rows: 20)
    #expect(bench.text.contains("line 1 of"))
    bench.press("G")
    #expect(bench.text.contains("line 60 of"))
    bench.press("g w l l")
    #expect(!bench.text.contains("line 1 of") && bench.text.contains("column 17"))
    bench.press("h h h space")
    #expect(!bench.text.contains("line 1 of") && bench.text.contains("line 20 of"))
  }

  @Test("d downloads it, q closes it, and what comes later changes nothing")
  func closes() {
    var bench = bench("txt", text("txt"))
    bench.press("d")
    guard case .download? = bench.actions.last else {
      Issue.record("not downloaded: \(bench.actions)")
      return
    }
    bench.press("q")
    #expect(bench.actions.last == .closePreview)
    #expect(bench.screen.overlays == [] && bench.fleet.preview == nil)
  }

  @Test("that fails says why")
  func fails() {
    var bench = Bench()
    bench.press("4 enter")
    #expect(bench.text.contains("reading..."))
    guard case .preview(let worker, let file)? = bench.actions.last else { return }
    bench.tell(.previewFailed(worker: worker, file: file.key, reason: "HTTP 404: gone"))
    #expect(bench.text.contains("not shown: HTTP 404: gone"))
  }

  @Test("never brings a hostile byte to the screen", arguments: Hostile.texts.indices)
  func hostile(_ number: Int) {
    let text = Hostile.texts[number]
    let json: JSON = [text: .string(text), "list": [.string(text)]]
    for (end, bytes) in [
      ("txt", Array(text.utf8)), ("md", Array(text.utf8)),
      ("csv", Array("\(text),\"\(text)\"".utf8)),
      ("json", json.bytes), ("bin", Array(text.utf8) + [0]),
    ] {
      for keys in ["", "w l", "j enter"] {
        var bench = bench(end, bytes)
        bench.press(keys)
        for y in 0..<bench.frame.size.rows {
          for cell in bench.frame.row(y) {
            #expect(cell.glyph.unicodeScalars.filter(Hostile.isForbidden).isEmpty)
          }
        }
      }
    }
  }
}

@Suite("A row of the files")
struct FileRowTests {
  @Test("says whether it is saved, how far it is with a bar and a rate, and its hash")
  func rows() {
    var bench = Bench(columns: 120, rows: 40)
    bench.press("4 f")
    #expect(bench.text.contains("saved 12 kB sha256 9f86d081884c7d65"))
    #expect(bench.text.contains("██░░░░░░░░ 25 % 66 kB of 262 kB 33 kB/s"))
    bench.resize(40, 12)
    #expect(bench.text.contains("25 %") && bench.text.contains("saved 12 kB"))
    bench.screen.isUnicode = false
    bench.resize(100, 20)
    #expect(bench.text.contains("##........ 25 %"))
  }
}
