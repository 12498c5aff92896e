import Fleet
import Foundation
import Registry
import Support
import Testing
import WorkerAPI

extension BinaryTests.RequirementTests {
  /// What terminals and libraries disagree about, and what is too long.
  private static let corpus = [
    "東京の展示会を調べてください", "한국어 조사 요청", "e\u{301}te\u{301} cafe\u{301}",
    "🎉 party 👩\u{200D}💻 coder 👨\u{200D}👩\u{200D}👧 family",
    "⚠\u{FE0F} warn ⚠\u{FE0E} text ❤\u{FE0F}",
    "שלום עולם", "مرحبا بالعالم", "tab\there\tthere", "🇩🇪 🇯🇵 flags 1\u{FE0F}\u{20E3}",
    "ｆｕｌｌｗｉｄｔｈ", "Zalgo o\u{334}\u{335}\u{336}\u{337}\u{338}\u{339}",
    String(repeating: "長x", count: 5_000),
  ]

  @Test("requirement 14: no text moves a frame", arguments: [80, 81, 120], ["1", "2"])
  func keepsColumns(_ columns: Int, _ pane: String) async throws {
    let workshop = try Workshop()
    let state = "\(workshop.folder)/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    // As titles in the list, or as paragraphs of the output.
    let texts = pane == "1" ? Self.corpus : [Self.corpus.joined(separator: "\n")]
    do {
      let registry = try Registry.open(folder: state)
      try await registry.keep(
        texts.enumerated().map { number, text in
          .worker(
            KnownWorker(
              id: "wrk_\(number)", title: text, instruction: text, budget: .standard,
              addedAt: Double(number)))
        })
    }
    let terminal = try TmuxTerminal(
      columns: columns, rows: 30,
      "HANDINGER_API_KEY=k HANDINGER_BASE_URL=http://127.0.0.1:9 '\(TmuxTerminal.binary)' "
        + "--state \(state)")
    try await terminal.wait(for: "1 Workers \(texts.count)")
    try terminal.press(pane, "+", "+", "g")
    try await terminal.wait(for: "fullwidth".fullWidth)
    try terminal.press("T")
    try await terminal.wait(for: "┌─ Themes")
    // tmux itself says in which column a stroke stands.
    try terminal.copyMode()
    var edges: Set<String> = []
    for row in 2..<14 {
      let left = try terminal.column(ofFirst: "│", row: row)
      let right = try terminal.lastColumn(row: row)
      edges.insert("\(left) \(right)")
    }
    #expect(edges.count == 1, "\(edges)")
    #expect(edges.first?.hasSuffix(" \(columns)") == true, "\(edges)")
  }

  @Test(
    "requirement 16: each kind of terminal and locale shows the same words",
    arguments: [
      "TERM=xterm", "TERM=screen", "TERM=linux", "TERM=vt100", "TERM=xterm-direct",
      "TERM=xterm-256color LC_ALL=C", "TERM=xterm-256color NO_COLOR=1", "TERM=nonsense",
      "TERM=xterm-kitty-unknown",
    ])
  func readsEverywhere(_ variables: String) async throws {
    let terminal = try TmuxTerminal(
      columns: 80, rows: 24, "env \(variables) '\(TmuxTerminal.binary)' demo --speed 2")
    let shown = try await terminal.wait { $0.contains("LIVE") && $0.contains(" fail ") }
    #expect(shown.contains("1 Workers 12") && shown.contains("[2 Output]"))
    // Meaning stands in words and signs.
    for words in [" ! ", " > ", " . ", "run", "pend"] { #expect(shown.contains(words), "\(words)") }
    if variables.contains("LC_ALL=C") {
      let chrome = shown.unicodeScalars.filter { $0.value >= 0x2500 && $0.value < 0x25A0 }
      #expect(chrome.isEmpty)
    }
    if variables.contains("NO_COLOR") || variables.contains("vt100") {
      #expect(try terminal.colors == [])
    }
    if variables.contains("nonsense") { #expect(shown.contains("vt100 stands in")) }
    if variables.contains("kitty") { #expect(shown.contains("xterm-256color stands in")) }
  }

  @Test("requirement 16: a terminal without a cursor is told what to do instead")
  func refusesDumb() async throws {
    let terminal = try TmuxTerminal(
      columns: 160, rows: 24, "TERM=dumb '\(TmuxTerminal.binary)' demo; echo status=$?")
    let shown = try await terminal.wait(for: "\nstatus=")
    #expect(shown.contains("signalbox: the terminal cannot be opened: TERM is \"dumb\""))
    #expect(shown.contains("'signalbox watch ID' for plain lines"))
    #expect(shown.contains("status=2"))
  }
}

extension String {
  /// Latin letters in their forms of two columns.
  fileprivate var fullWidth: String {
    String(
      String.UnicodeScalarView(unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
  }
}
