import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

/// Text that wants to drive the terminal or to deceive its reader.
enum Hostile {
  /// Tests are told the number of a text, so that their own report stays harmless.
  static let texts = [
    "\u{1B}[2J\u{1B}[1;1Hgone", "\u{1B}]52;c;ZXZpbA==\u{07}copied", "\u{1B}]0;title\u{1B}\\",
    "\u{1B}P+q544e\u{1B}\\", "\u{9B}31mred", "\u{9D}52;c;ZXZpbA==\u{9C}", "a\u{85}b\u{8D}c",
    "\u{202E}txt.exe\u{202C}", "\u{2066}in\u{2069}\u{200F}\u{061C}\u{200E}", "a\r\nb\rc\n\rd",
    "a\tb\t\tc", "nul\u{0}bell\u{07}back\u{08}del\u{7F}", "half \u{1B}[",
    "line\u{2028}para\u{2029}",
    "`\u{1B}[31m`\n\n```\n\u{1B}]0;x\u{07}\n```\n\n| \u{9B}1m | b |\n|--|--|\n| \u{202E} | \r\n |",
    "[\u{1B}[8m](https://\u{202E}evil.example/\u{1B}]8;;)", "&#27;[31m &#x202E; &#155;2J",
    "> \u{1B}c\n\n1. \u{0}\n   - \u{9C}\n\n<b \u{1B}=>", "\u{FEFF}\u{200B}\u{00AD}\u{E0041}",
  ]

  /// What no cell may hold.
  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A fleet in which every text that comes from outside is this one.
  static func fleet(_ text: String) -> State {
    var state = State()
    let now = FleetFixture.now
    func send(_ action: Action) { _ = reduce(&state, action, now: now) }
    let known = KnownWorker(
      id: "wrk_\(text)", title: text, instruction: text, budget: .other(text), addedAt: now - 60)
    send(.recalled(Recollection(workers: [known], notices: [text])))
    let id = known.id
    let source: JSON = [
      "id": .string(text), "title": .string(text), "url": .string("http://\(text)"),
    ]
    let file: JSON = [
      "filename": .string(text), "mediaType": .string(text), "url": .string("http://x/\(text)"),
    ]
    let worker = FleetFixture.worker(
      id, "running", createdAt: now - 60,
      [
        ("error", .null), ("incomplete_details", ["message": .string(text)]),
        ("sources", [source, ["id": "2", "url": .string(text)]]), ("files", [file]),
      ])
    if let worker { send(.polled(worker: id, worker, askedAt: now)) }
    send(.watch(id))
    send(.stream(worker: id, .opened))
    let events: [WorkerEvent] = [
      .start(messageID: text, metadata: .string(text)), .reasoningStart(id: "r"),
      .reasoningDelta(id: "r", delta: DeltaText(text)), .reasoningEnd(id: "r"),
      .tool(callID: "a", .inputStart(name: text, title: nil)),
      .tool(callID: "a", .inputDelta(DeltaText(text))),
      .tool(callID: "b", .inputStart(name: text, title: text)),
      .tool(
        callID: "b", .inputAvailable(name: text, title: text, input: ["url": .string(text)])),
      .tool(callID: "b", .output([.string(text), ["k": .string(text)]], isPreliminary: false)),
      .tool(callID: "c", .inputError(name: text, input: .string(text), message: text)),
      .source(id: "s", title: text, url: text),
      .document(id: "d", title: text, mediaType: text, filename: text),
      .file(url: "/files/\(text)", mediaType: text),
      .data(name: text, id: text, value: .string(text), isTransient: false),
      .plainText(text), .textStart(id: "t"), .textDelta(id: "t", delta: DeltaText(text)),
      .error(text),
      .unknown(type: text, .null), .abort(reason: text),
    ]
    send(.stream(worker: id, .items(events.map { StreamItem($0) })))
    send(.emailLoaded(worker: id, text))
    send(
      .schedulesLoaded(
        worker: id,
        [ScheduleKind.cron(text), .other(text)].map {
          Schedule(id: text, budget: .other(text), input: text, kind: $0, nextRunAt: now + 90)
        }))
    send(.downloadFailed(worker: id, file: text, reason: text))
    send(.say(.warning, text))
    return state
  }
}

@Suite("Hostile text")
struct HostileTests {
  private func check(_ frame: Frame, _ place: String) {
    for y in 0..<frame.size.rows {
      for cell in frame.row(y) {
        let found = cell.glyph.unicodeScalars.filter(Hostile.isForbidden)
        #expect(found.isEmpty, "\(place), row \(y): \(found)")
      }
    }
  }

  @Test(
    "requirement 5: hostile text never reaches a cell, in whatever field it comes",
    arguments: Hostile.texts.indices)
  func cells(_ number: Int) {
    let text = Hostile.texts[number]
    for (columns, rows) in [(80, 24), (120, 40), (200, 60), (40, 12), (25, 6)] {
      for keys in [
        "", "2 g", "2 g x", "3", "4 d", "4 a", "5", "5 D", "6 f", "5 n", "c", "n", "2 y", "3 y",
        "4 y", "1 N", "i", "i r", "ctrl-p",
      ] {
        var bench = Bench(Hostile.fleet(text), columns: columns, rows: rows)
        bench.screen.server = text
        bench.press(keys)
        check(bench.frame, "\(keys) at \(columns)x\(rows)")
      }
    }
  }

  @Test(
    "is replaced mark for mark in errors, refusals and names of links",
    arguments: Hostile.texts.indices)
  func states(_ number: Int) {
    let text = Hostile.texts[number]
    for failure in [
      Action.pollFailed(worker: "wrk_\(text)", .refused(APIError(status: 401, message: text))),
      .pollFailed(worker: "wrk_\(text)", .transport(.broken(text))),
      .stream(worker: "wrk_\(text)", .lost(reason: text, retryAfter: 3)),
      .stream(worker: "wrk_\(text)", .refused(reason: text, status: 500)),
    ] {
      var bench = Bench(Hostile.fleet(text), columns: 120, rows: 40)
      bench.tell(failure)
      check(bench.frame, "\(failure)")
    }
  }

  @Test("requirement 5: hostile text never reaches a plain line", arguments: Hostile.texts.indices)
  func plainLines(_ number: Int) {
    let text = Hostile.texts[number]
    var lines = PlainLines()
    for line in lines.take(Hostile.fleet(text)) {
      #expect(line.unicodeScalars.filter(Hostile.isForbidden).isEmpty)
    }
  }

  @Test("a typed or pasted control never reaches a cell either")
  func typed() {
    for keys in ["n", "s tab ctrl-u", "s tab tab", "/", ":", "ctrl-p", "? /"] {
      var bench = Bench(FleetFixture.single())
      bench.press(keys)
      for text in Hostile.texts { bench.send(.paste(text)) }
      check(bench.frame, keys)
    }
  }

  @Test("is replaced and not taken out, so that it is seen")
  func text() {
    for (text, clean) in [
      ("a\u{1B}[31mb", "a\u{FFFD}[31mb"), ("a\r\nb\rc\nd", "a\nb\nc\nd"), ("a\tb", "a   b"),
      ("abcd\te", "abcd    e"), ("x\u{202E}y", "x\u{FFFD}y"), ("1\u{9B}2", "1\u{FFFD}2"),
      ("née 東京 🎉", "née 東京 🎉"), ("", ""),
    ] {
      #expect(Sanitise.text(text) == clean)
    }
  }

  @Test("in JSON it is said by escapes, so that no byte of it acts and none is lost")
  func json() throws {
    #expect(Sanitise.json("\"1\u{9B}2\u{202E}\u{7F}é\"") == #""1\u009b2\u202e\u007fé""#)
    for text in Hostile.texts {
      let written = Sanitise.json(JSON.string(text).text)
      #expect(!written.unicodeScalars.contains(where: Sanitise.isForbidden))
      #expect(try JSONReader.read(Array(written.utf8)) == .string(text))
    }
  }

  @Test("requirement 14: what terminals draw in ways of their own can be read as codes")
  func codes() {
    for (text, shown) in [
      ("plain\n\ttext", "plain\n    text"), ("née 東京 ✓", "née 東京 ✓"), ("🎉", "🎉"),
      ("👩\u{200D}💻", "[U+1F469 U+200D U+1F4BB]"), ("🇩🇪", "[U+1F1E9 U+1F1EA]"),
      ("⚠\u{FE0F}!", "[U+26A0 U+FE0F]!"), ("a\u{202E}b", "a[U+202E]b"),
      ("\u{9B}31m\u{1B}c", "[U+009B]31m[U+001B]c"),
    ] {
      #expect(Sanitise.codes(text) == shown)
    }
    for text in Hostile.texts {
      let found = Sanitise.codes(text).unicodeScalars.filter(Hostile.isForbidden)
      #expect(found.allSatisfy { $0 == "\n" })
    }
  }

  @Test("in one line, ends of lines are blanks")
  func line() {
    for (text, clean) in [
      ("a\nb", "a b"), ("a\r\nb", "a  b"), ("a\tb", "a b"), ("a\u{0}b", "a\u{FFFD}b"), ("a", "a"),
    ] {
      #expect(Sanitise.line(text) == clean)
    }
  }

  @Test(
    "a link shows its host unless the words are that very host",
    arguments: [
      ("[here](https://evil.example/x)", "here (evil.example)"),
      ("[https://bank.example](https://bank.exam/x)", "https://bank.example (bank.exam)"),
      (
        "[bank.example/login](https://bank.example@evil.example/)",
        "bank.example/login (evil.example)"
      ),
      ("<https://bank.example/x>", "https://bank.example/x"),
      ("[Bank.example](https://bank.example)", "Bank.example"),
      ("[mail](mailto:a@b.example)", "mail"),
    ])
  func links(_ markdown: String, _ shown: String) {
    let layout = MarkdownLayout(width: 80, theme: .plain, unicode: true)
    var text = GrowingText()
    text.update(markdown, layout)
    #expect((0..<text.lineCount).map { text[$0].text } == [shown])
  }

  @Test(
    "only what is an address is shortened",
    arguments: [
      ("https://a.example/b/?q=1#x", "a.example/b"),
      ("curl -X DELETE https://a.example/b", "curl -X DELETE https://a.example/b"),
      ("a/b://c", "a/b://c"), ("://x", "://x"), ("plain", "plain"),
    ])
  func addresses(_ url: String, _ short: String) {
    #expect(Address.short(url) == short)
  }
}
