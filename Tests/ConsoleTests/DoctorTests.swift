import Canvas
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("The doctor")
struct DoctorTests {
  /// A terminal over SSH in tmux, with much to mend.
  static let troubled: Doctor = {
    var facts = Doctor.Facts()
    facts.terminal.term = "xterm-kitty-odd"
    facts.terminal.standIn = "xterm-256color"
    facts.terminal.colors = 8
    facts.terminal.isRemote = true
    facts.terminal.escapeDelay = 25
    facts.text.locale = "de_DE.UTF-8"
    facts.text.isReplaced = true
    facts.text.widths = [
      Doctor.Sample(name: "CJK", ours: 2, library: 2, terminal: 2),
      Doctor.Sample(name: "emoji sign", ours: 2, library: 2, terminal: 1),
      Doctor.Sample(name: "joined emoji", ours: 2, library: 1),
    ]
    facts.tmux = Doctor.Tmux(
      version: "3.4",
      options: [
        "set-clipboard": "external", "allow-passthrough": "off", "escape-time": "500",
        "default-terminal": "screen", "focus-events": "off",
      ])
    facts.server.address = "https://v3.handinger.com"
    facts.server.key = "from HANDINGER_API_KEY"
    facts.server.reach = .answered(status: 401, milliseconds: 38)
    facts.server.skew = -93
    facts.files = [
      Doctor.File(
        "configuration", .odd("/c.yaml: 1 findings", advice: "line 2: unknown key thmee")),
      Doctor.File("registry", .damaged("/r.sqlite, damaged", advice: "keep a copy of the folder")),
    ]
    facts.versions = [Doctor.Version("signalbox", "0.1.0"), Doctor.Version("ncurses", "6.4")]
    return Doctor(facts)
  }()

  static let sound: Doctor = {
    var facts = Doctor.Facts()
    facts.terminal.term = "tmux-256color"
    facts.terminal.colors = 256
    facts.text.locale = "C.UTF-8"
    facts.text.widths = [Doctor.Sample(name: "CJK", ours: 2, library: 2)]
    facts.server.address = "http://127.0.0.1:8080"
    facts.server.key = "from the file ~/key"
    facts.server.reach = .answered(status: 404, milliseconds: 3)
    facts.server.skew = 0.4
    facts.files = [Doctor.File("registry", .sound("/r.sqlite: 12 workers, 64 KiB, sound"))]
    return Doctor(facts)
  }()

  private func shown(_ doctor: Doctor?, _ columns: Int, _ rows: Int, keys: String = "") -> Bench {
    var bench = Bench(columns: columns, rows: rows)
    bench.press(":")
    bench.type("doctor")
    bench.press("enter")
    #expect(bench.outcomes.last == .examine)
    if let doctor { bench.screen.show(doctor) }
    bench.press(keys)
    return bench
  }

  @Test("the page names what is wrong, in words and signs, with advice below it")
  func page() {
    Snapshot.check(Self.troubled.text, "doctor-text")
    #expect(Self.troubled.isBad)
    #expect(Self.troubled.summary == "2 bad, 11 warnings")
    #expect(Self.sound.findings.allSatisfy { $0.judgement == .ok })
    #expect(Self.sound.text.hasSuffix("\nall is well\n") && !Self.sound.isBad)
  }

  private func named(_ name: String, _ facts: Doctor.Facts) -> Doctor.Finding? {
    Doctor(facts).findings.first { $0.name == name }
  }

  @Test("y asks tmux itself, so only a tmux that cannot be asked is a warning")
  func copying() {
    for (version, word) in [
      ("3.1c", "warn"), ("2.9", "warn"), ("3.2", "ok"), ("next-3.6", "ok"), ("unknown", "ok"),
    ] {
      for value in ["on", "external", "off", ""] {
        var facts = Doctor.Facts()
        facts.tmux = Doctor.Tmux(version: version, options: ["set-clipboard": value])
        #expect(named("tmux", facts)?.judgement.word == word, "\(version)")
        #expect(named("set-clipboard", facts)?.judgement == .ok)
      }
    }
    var facts = Doctor.Facts()
    facts.isInScreen = true
    #expect(named("screen", facts)?.judgement == .ok)
  }

  @Test("whether links are told is said with its reason")
  func links() {
    var facts = Doctor.Facts()
    #expect(named("links", facts)?.value.hasSuffix("known; links: on does") == true)
    facts.terminal.takesLinks = true
    #expect(
      named("links", facts)?.value
        == "the terminal is told where they lead, as far as the terminal is known")
    facts.terminal.areLinksSet = true
    #expect(named("links", facts)?.value.hasSuffix("as links says") == true)
  }

  @Test("as JSON it is one document with the same findings")
  func json() throws {
    let json = try JSONReader.read(Array(Self.troubled.json.text.utf8))
    #expect(json["bad"] == .bool(true))
    #expect(json["findings"]?.array?.count == Self.troubled.findings.count)
    #expect(
      json["findings"]?.array?.first
        == [
          "section": "Terminal", "name": "TERM",
          "value": "xterm-kitty-odd, unknown here; xterm-256color stands in",
          "judgement": "warn",
          "advice": "from your machine: infocmp -x xterm-kitty-odd | ssh HOST tic -x -",
        ])
    let widths: [JSON] = [
      ["name": "CJK", "ours": 2, "library": 2, "terminal": 2],
      ["name": "emoji sign", "ours": 2, "library": 2, "terminal": 1],
      ["name": "joined emoji", "ours": 2, "library": 1, "terminal": .null],
    ]
    #expect(json["widths"] == .array(widths))
  }

  @Test(
    "as a screen it is the same, and scrolls",
    arguments: [(120, 40), (80, 24), (40, 12), (25, 6)])
  func screen(_ columns: Int, _ rows: Int) {
    Snapshot.check(
      shown(Self.troubled, columns, rows).frame.golden, "doctor-\(columns)x\(rows)")
    Snapshot.check(shown(nil, columns, rows).frame.golden, "doctor-looking-\(columns)x\(rows)")
    var bench = shown(Self.troubled, columns, rows, keys: String(repeating: "pgdn ", count: 40))
    #expect(columns > 100 || bench.text.contains("ncurses"))
    bench.press("f5")
    #expect(bench.outcomes.last == .examine)
    #expect(bench.text.contains("Looking"))
    bench.press("esc")
    #expect(bench.screen.overlays.isEmpty)
    bench.screen.show(Self.sound)
    #expect(bench.screen.overlays.isEmpty)
  }

  @Test("nothing that a server or a file says can act on the terminal")
  func hostile() {
    let text = "\u{1B}]52;c;eA==\u{07}\u{9B}2J\u{202E}x\nnext"
    var facts = Doctor.Facts()
    facts.terminal.term = text
    facts.terminal.standIn = text
    facts.text.locale = text
    facts.text.isReplaced = true
    facts.tmux = Doctor.Tmux(version: text, options: ["set-clipboard": text])
    facts.server.address = text
    facts.server.key = text
    facts.server.reach = .failed(text)
    facts.files = [Doctor.File("registry", .odd(text, advice: text))]
    facts.versions = [Doctor.Version("x", text)]
    let doctor = Doctor(facts)
    let lines = doctor.text.split(separator: "\n").joined()
    let bad = lines.unicodeScalars.filter {
      $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
    }
    #expect(bad.isEmpty)
    #expect(shown(doctor, 80, 24).text.contains("next"))
  }
}
