import Fleet
import Support
import Testing

@testable import Console

@Suite("The Info pane")
struct InfoPaneTests {
  private func bench(_ columns: Int, _ rows: Int, _ keys: String) -> Bench {
    let id = "wrk_01JX8M3K7Q2V5N9R4T6W0YABCDEFGHJKLMNP"
    var bench = Bench(FleetFixture.single(id: id), columns: columns, rows: rows)
    bench.tell(.emailLoaded(worker: id, "w-01jx8m3k7q2v5n9r4t6w0yabcdefgh@workers.example.com"))
    bench.press(keys)
    return bench
  }

  /// The words of the pane's last column of labels and values, without blanks.
  private func words(_ bench: Bench) -> String { bench.text.filter { !$0.isWhitespace } }

  @Test(
    "shows a long value on further rows while there are some",
    arguments: [(100, 30, "6 + +"), (80, 24, "6 + +"), (60, 20, "6 + +"), (40, 12, "6 + + G")])
  func wraps(_ columns: Int, _ rows: Int, _ keys: String) {
    let words = words(bench(columns, rows, keys))
    #expect(words.contains("yabcdefgh@workers.example.com"))
    if rows > 12 { #expect(words.contains("6W0YABCDEFGHJKLMNP")) }
    #expect(!words.contains("…"))
  }

  @Test("cuts it where other figures need the rows")
  func cuts() {
    let text = bench(80, 16, "6").text
    #expect(!text.contains("example.com"))
  }
}
