import Canvas
import Fleet
import Testing

@testable import Console

@Suite("Commands by their names")
struct CommandBoxTests {
  private func box(_ bench: Bench) -> CommandBox? {
    if case .command(let box)? = bench.screen.overlays.last { box } else { nil }
  }

  @Test("a name does what its key does, also when it is only begun")
  func does() {
    var bench = Bench()
    for (line, command) in [("spending", "$"), ("req", "@"), ("help", "?")] {
      var byKey = Bench()
      byKey.press(command)
      bench.press(": \(line) enter")
      #expect(bench.screen.overlays == byKey.screen.overlays)
      bench.press("esc")
    }
    bench.press(": files enter")
    #expect(bench.screen.focus == .files)
    bench.press(": enter")
    #expect(bench.screen.overlays == [])
  }

  @Test("search takes the words that follow, over all workers, wherever it is typed")
  func search() {
    var bench = Bench()
    bench.press("2 :")
    bench.type("search price list ")
    bench.press("enter")
    #expect(bench.actions.contains(.search(ScrollbackSearch("price list", worker: nil, limit: 50))))
    guard case .search(let box)? = bench.screen.overlays.last else {
      return #expect(Bool(false), "the box is open")
    }
    #expect(box.field.text == "price list" && box.worker == nil)
  }

  @Test("what is no command, or may be several, stays in the line with the reason")
  func problems() {
    var bench = Bench()
    for (line, problem) in [
      ("frobnicate", "no command begins with frobnicate; tab on an empty line shows all"),
      ("un", "un may be undo, unmark, unread, unfold"), ("pin it", "pin takes no words"),
    ] {
      bench.press(":")
      bench.type(line)
      bench.press("enter")
      #expect(box(bench)?.problem == problem && box(bench)?.field.text == line)
      bench.press("x")
      #expect(box(bench)?.problem == nil)
      bench.press("esc")
    }
    #expect(bench.actions == [])
  }

  @Test("tab types what all matches have in common")
  func complete() {
    var bench = Bench()
    for (line, completed) in [
      ("sea", "search "), ("unf", "unfold "), ("s", "s"), ("sch", "schedule"),
    ] {
      bench.press(": \(line) tab")
      #expect(box(bench)?.field.text == completed)
      bench.press("esc")
    }
  }

  @Test("earlier lines come back, each once, and hostile ones stay one line")
  func history() {
    var bench = Bench()
    for line in ["zone", "follow", "zone"] { bench.press(": \(line) enter") }
    bench.press(": up")
    #expect(box(bench)?.field.text == "zone")
    bench.press("up")
    #expect(box(bench)?.field.text == "follow")
    bench.press("up")
    #expect(box(bench)?.field.text == "follow", "the oldest")
    bench.press("down down")
    #expect(box(bench)?.field.text == "")
    bench.send(.paste("zone\n\u{1B}[31m"))
    #expect(box(bench)?.field.text.contains("\n") == false)
    bench.press("enter")
    #expect(bench.screen.commands == ["follow", "zone"])
  }

  @Test("what was typed comes back from the history, and so does a line of it that was changed")
  func keepsTyped() {
    var bench = Bench()
    for line in ["zone", "follow"] { bench.press(": \(line) enter") }
    bench.press(":")
    bench.type("sort co")
    bench.press("left up x up down")
    #expect(box(bench)?.field.text == "followx")
    bench.press("down")
    #expect(box(bench)?.field.text == "sort co" && box(bench)?.field.area.cursor == 6)
    bench.press("esc : up")
    #expect(box(bench)?.field.text == "follow")
  }

  @Test("the note says what Enter would: a name once, and that it takes no words")
  func notes() {
    for (line, note) in [
      ("cancel", "cancel: cancel this schedule (asks first) (D)"),
      ("inspect", "inspect: all fields of the worker, raw JSON (i)"),
      ("continue", "continue TEXT: follow-up to this worker (c)"),
      ("open", "open: the output in a pager; an address to browse (o)"),
      ("save out.md", "save takes no words"), ("forget t_org", "forget takes no words"),
      ("download all", "download takes no words"), ("cancel foo", "cancel takes no words"),
      ("continue do more", "continue takes text"),
    ] {
      var bench = Bench()
      bench.press("1 :")
      bench.type(line)
      let rows = bench.rows.filter { $0.contains("│ ") }
      #expect(rows.last?.contains("│ \(note) ") == true, "\(rows)")
    }
  }

  @Test("all names are shown where there is room, else how many are left out")
  func allNames() {
    let names = CommandBox.names.map(\.name)
    var bench = Bench()
    bench.press(":")
    let words = Set(bench.text.split { $0.isWhitespace || $0 == "\u{2502}" }.map(String.init))
    #expect(names.filter { !words.contains($0) } == [])
    for (columns, rows) in [(40, 12), (25, 6)] {
      var small = Bench(columns: columns, rows: rows)
      small.press(":")
      let shown = small.text.matches(of: /and (\d+) more/).first.flatMap { Int($0.1) } ?? 0
      #expect((1..<names.count).contains(shown), "\(small.text)")
    }
  }

  @Test("words fill their rows, and what is left out is counted")
  func rows() {
    let words = (1...9).map { "word\($0)" }
    #expect(
      CommandOverlay.rows(words, width: 17, limit: 9) == [
        "word1 word2 word3", "word4 word5 word6", "word7 word8 word9",
      ])
    #expect(
      CommandOverlay.rows(words, width: 17, limit: 2) == ["word1 word2 word3", "word4 and 5 more"])
    #expect(CommandOverlay.rows(words, width: 5, limit: 1) == ["and 9 more"])
  }

  @Test("every name has a row in the table of keys, and none is there twice")
  func names() {
    let bound = Set(Keymap.standard.bindings.map(\.command))
    #expect(CommandBox.names.filter { !bound.contains($0.command) }.map(\.name) == [])
    #expect(Set(CommandBox.names.map(\.name)).count == CommandBox.names.count)
  }
}
