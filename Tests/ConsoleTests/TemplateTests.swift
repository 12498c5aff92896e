import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("A template")
struct TemplateTests {
  static let weekly = """
    title: Weekly scan
    budget: low

    Scan {{supplier}} since {{since=last week}}.
    Ask {{supplier}} {{#if}} {{ }} {{a
    b}} }} {{
    """

  private func template(_ text: String) throws -> Template {
    try Template(name: "file", Array(text.utf8))
  }

  @Test("has a head, gaps with what stands in them at first, and text that only looks like a gap")
  func reads() throws {
    let template = try template(Self.weekly)
    #expect(template.title == "Weekly scan")
    #expect(template.budget == .low)
    #expect(
      template.gaps == [
        Template.Gap(name: "supplier", standard: ""),
        Template.Gap(name: "since", standard: "last week"),
      ])
    #expect(
      template.filled(["supplier": "{{since}}"])
        == "Scan {{since}} since last week.\nAsk {{since}} {{#if}} {{ }} {{a\nb}} }} {{")
  }

  @Test("without a head has the file's name, and a framed head is one too")
  func heads() throws {
    let plain = try template("\n\nbudget: low is text\n\n")
    #expect((plain.title, plain.budget) == ("file", nil))
    #expect(plain.filled([:]) == "budget: low is text")
    let framed = try template("---\r\nbudget: high\r\n---\r\nGo\r\n")
    #expect((framed.title, framed.budget, framed.filled([:])) == ("file", .high, "Go"))
  }

  @Test(
    "that is none says why",
    arguments: [
      ("", "there is no text in it"), ("title: x\n", "there is no text in it"),
      ("title: x\nbudget: rich\n\nGo", "line 2: no budget \"rich\"; there are "),
      ("title: x\ncolour: red\n\nGo", "line 2: unknown key \"colour\""),
      ("---\ntitle: x\nGo", "line 3: a head has lines such as budget: low"),
      ("---\ntitle: x", "its head has no end (---)"),
      ((0...20).map { "{{g\($0)}}" }.joined(), "it has 21 gaps; 20 are the most"),
      (String(repeating: "x", count: 65_537), "larger than 64 KiB"),
    ])
  func faults(_ text: String, _ reason: String) {
    #expect {
      try template(text)
    } throws: {
      ($0 as? Template.Fault)?.description.hasPrefix(reason) == true
    }
  }

  @Test("of bytes that are no text is refused, and controls in it are replaced")
  func hostile() throws {
    #expect(throws: Template.Fault(description: "not UTF-8 text")) {
      try Template(name: "x", [0x47, 0xFF])
    }
    for text in Hostile.texts {
      let bytes = Array("title: \(text.filter { !$0.isNewline })\n\n\(text) {{a=\(text)}}".utf8)
      guard let template = try? Template(name: text, bytes) else { continue }
      let shown = template.title + template.filled([:]) + template.gaps.map(\.name).joined()
      #expect(shown.unicodeScalars.filter { $0 != "\n" && Hostile.isForbidden($0) }.isEmpty)
    }
  }
}

@Suite("Templates in the composer")
struct TemplateBoxTests {
  private func bench(_ columns: Int = 80, _ rows: Int = 24) throws -> Bench {
    var bench = Bench(FleetFixture.single(), columns: columns, rows: rows)
    bench.screen.templates = TemplateSet(
      templates: [
        try Template(name: "daily", Array("Read the news.".utf8)),
        try Template(name: "weekly", Array(TemplateTests.weekly.utf8)),
      ], faults: ["old.md: not UTF-8 text"], folder: "/home/ada/.config/signalbox/templates")
    return bench
  }

  private func composer(_ bench: Bench) -> Composer? {
    if case .composer(let composer) = bench.screen.overlays.last { composer } else { nil }
  }

  @Test("ctrl-t asks for each gap one after the other and puts the text at the cursor")
  func fills() throws {
    var bench = try bench()
    bench.press("n x ctrl-t")
    #expect(bench.outcomes.contains(.loadTemplates))
    bench.press("down enter")
    bench.type("Acme")
    bench.press("enter ctrl-u")
    bench.type("May")
    bench.press("enter")
    let composer = composer(bench)
    #expect(composer?.area.text.hasPrefix("xScan Acme since May.\nAsk Acme ") == true)
    #expect(composer?.budget == .low)
    guard case .write(let draft) = bench.actions.last else {
      Issue.record("no draft was kept")
      return
    }
    #expect(draft.text == composer?.area.text)
    bench.press("ctrl-_")
    #expect(self.composer(bench)?.area.text == "x")
  }

  @Test("typing narrows the list, Esc goes one step back, and nothing is sent by Enter")
  func chooses() throws {
    var bench = try bench()
    bench.press("n ctrl-t w e e k enter esc")
    #expect(bench.screen.context == .templates)
    bench.press("esc")
    #expect(bench.screen.context == .composer)
    bench.press("ctrl-t z z enter enter esc esc")
    #expect(
      bench.actions.allSatisfy { if case .write = $0 { true } else { false } })
  }

  @Test("lines that are pasted into a gap stay lines, are shown by a sign, and send nothing")
  func pastes() throws {
    var bench = try bench()
    bench.press("n ctrl-t w enter")
    bench.send(.paste("Acme\nand others\n"))
    #expect(bench.text.contains("Acme⏎and others⏎"))
    bench.screen.isUnicode = false
    #expect(bench.text.contains("Acme\\nand others\\n"))
    bench.press("enter enter")
    #expect(
      composer(bench)?.area.text.hasPrefix("Scan Acme\nand others\n since last week.") == true)
  }

  @Test("what a gap has no room for is told of")
  func full() throws {
    var bench = try bench()
    bench.press("n ctrl-t w enter")
    bench.send(.paste(String(repeating: "x", count: 4_012)))
    #expect(bench.screen.remark == "12 characters did not fit: a gap holds 4000")
    bench.press("ctrl-u")
    bench.send(.paste("Acme"))
    #expect(bench.screen.remark == nil)
  }

  @Test("what was typed into gaps is there again after Esc, also after the box was closed")
  func keepsGaps() throws {
    for way in ["esc enter", "esc esc ctrl-t w enter"] {
      var bench = try bench()
      bench.press("n ctrl-t w enter A c m e tab ctrl-u")
      bench.press(way)
      bench.type(" Ltd")
      bench.press("enter enter")
      #expect(composer(bench)?.area.text.hasPrefix("Scan Acme Ltd since .") == true)
    }
  }

  @Test("undo takes back the template's budget with its text, and redo brings both")
  func undoesBudget() throws {
    var bench = try bench()
    bench.press("n x ctrl-t w enter enter enter ctrl-_")
    #expect(
      composer(bench)?.draft
        == Draft(subject: .newWorker, text: "x", cursor: 1, budget: .standard))
    #expect(bench.text.contains("the budget is standard again, as before the template"))
    bench.press("ctrl-r")
    #expect(composer(bench)?.budget == .low)
    // What was chosen since is the operator's.
    bench.press("tab right right shift-tab ctrl-_")
    #expect(composer(bench)?.area.text == "x" && composer(bench)?.budget == .high)
  }

  @Test(":template opens a new worker with it")
  func commands() throws {
    var bench = try bench()
    bench.press(":")
    bench.type("template dai")
    bench.press("enter")
    #expect(composer(bench)?.area.text == "Read the news.")
    bench.press("esc :")
    bench.type("template week")
    bench.press("enter")
    #expect(bench.screen.context == .templates)
    #expect(bench.text.contains("supplier"))
  }

  @Test(
    "the list and the gaps are what they were",
    arguments: [("list", "n ctrl-t"), ("gaps", "n ctrl-t down enter A c m e")])
  func pictures(_ name: String, _ keys: String) throws {
    for (columns, rows) in [(80, 24), (40, 12), (25, 6)] {
      var bench = try bench(columns, rows)
      bench.press(keys)
      Snapshot.check(bench.frame.golden, "templates-\(name)-\(columns)x\(rows)")
    }
    var empty = Bench(FleetFixture.single())
    empty.screen.templates.folder = "/home/ada/.config/signalbox/templates"
    empty.press("n ctrl-t")
    Snapshot.check(empty.frame.golden, "templates-none-80x24")
  }
}
