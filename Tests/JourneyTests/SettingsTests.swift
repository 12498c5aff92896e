import Canvas
import Console
import Fleet
import Support
import Testing

@testable import signalbox

@Suite("The configuration file")
struct SettingsTests {
  private func findings(_ text: String) -> [String] {
    SettingsReader(text).findings.map {
      "\($0.severity.rawValue) \($0.description(in: "c"))" + ($0.isFatal ? " !" : "")
    }
  }

  @Test("the example with every setting in force is read without a word, and names every setting")
  func example() {
    let reader = SettingsReader(ConfigExample.uncommented)
    #expect(reader.findings == [])
    var expected = Settings()
    expected.server = Settings.Server(
      baseURL: "https://v3.handinger.com", key: .file("~/.config/signalbox/key"),
      state: "~/.local/state/signalbox", theme: "dark",
      ceilings: Ceilings(worker: 20, day: 40, month: 400, fleet: 2000))
    expected.attention.quiet = QuietHours("22:00-07:00")
    expected.followed = 8
    expected.escapeDelay = 25
    expected.keymap =
      Keymap.standard.changed(by: [
        KeyChange("everywhere", "refresh", ["ctrl-r", "f6"], line: 1),
        KeyChange("workers", "pin", ["P"], line: 2),
      ]).keymap
    expected.profile = "staging"
    expected.profiles = [
      "staging": Settings.Server(
        baseURL: "https://staging.example.com", key: .environment("STAGING_API_KEY"),
        theme: "light", ceilings: Ceilings(day: 5))
    ]
    #expect(reader.settings == expected)
    for key in Settings.keys + Settings.ceilingKeys {
      #expect(ConfigExample.uncommented.contains("\(key):"), "\(key)")
    }
    for way in Settings.keyKeys { #expect(ConfigExample.text.contains("\(way):"), "\(way)") }
  }

  @Test("the example as it is printed, and an empty file, say nothing")
  func silent() {
    for text in [ConfigExample.text, "", "\n", "# nothing\n", "---\n"] {
      #expect(SettingsReader(text).settings == Settings() && findings(text) == [])
    }
  }

  @Test("what is wrong is named with its line and its reason")
  func wrong() {
    let table: [(String, [String])] = [
      ("theme: [a]", ["error c:1: theme: not a text of one line"]),
      ("\nslow: maybe", ["error c:2: slow: neither true nor false"]),
      ("followed: 0", ["error c:1: followed: not a whole number from 1 to 64"]),
      ("ceilings:\n  day: -1", ["error c:2: ceilings.day: not a number of credits above 0"]),
      (
        "ceilings: 5",
        ["error c:1: ceilings: not a list of worker, day, month and fleet with credits"]
      ),
      ("motion: none", ["error c:1: motion: not one of full, reduced"]),
      ("escape_delay: 0", ["error c:1: escape_delay: not a whole number from 5 to 1000"]),
      (
        "keys:\n  workers:\n    pin: r",
        [
          "error c:3: keys.workers: r is both rename (as standard) and pin (line 3);"
            + " the standard keys stay"
        ]
      ),
      (
        "keys:\n  workers:\n    pin:\n      a: b",
        ["error c:4: keys.workers.pin: no keys; the standard keys stay"]
      ),
      (
        "keys: q",
        [
          "error c:1: keys: not a list of places, such as everywhere, with actions below each;"
            + " the standard keys stay"
        ]
      ),
      ("base_ulr: x", ["warning c:1: unknown key base_ulr; did you mean base_url?"]),
      (
        "ceilings:\n  daily: 4",
        ["warning c:2: unknown key ceilings.daily; known are worker, day, month, fleet"]
      ),
      (
        "profiles:\n  a:\n    them: x",
        ["warning c:3: unknown key profiles.a.them; did you mean theme?"]
      ),
      ("base_url: [x]", ["error c:1: base_url: not a text of one line !"]),
      ("profile: x", ["error c:1: profile: no profile \"x\"; there are none !"]),
      (
        "profiles:\n  ../a:\n    theme: x",
        [
          "error c:2: profiles: a name is of letters, digits, - and _, at most 64 of them !"
        ]
      ),
      ("- a", ["error c:1: not a list of 'key: value'"]),
    ]
    for (text, expected) in table { #expect(findings(text) == expected, "\(text)") }
    #expect(findings("theme: a\ntheme: b").first?.contains("twice in one list: theme") == true)
    #expect(findings("a: [").first?.hasSuffix(" !") == true)
  }

  @Test("a key that stands in the file is refused and never said again")
  func literal() {
    for text in ["key: sk-secret", "key:\n  env: A\n  file: sk-secret", "key:\n  is: sk-secret"] {
      let found = findings(text)
      #expect(found.count == 1 && found[0].hasSuffix(" !"), "\(text)")
      #expect(!found.joined().contains("secret"))
      #expect(SettingsReader(text).settings.server.key == nil)
    }
  }

  @Test("whatever the bytes are, each finding has a line of the file", arguments: 0..<20)
  func fuzz(_ seed: Int) {
    var random = Seeded(UInt64(seed))
    let example = Array(ConfigExample.uncommented.utf8)
    for _ in 0..<40 {
      var bytes = example
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: Array(":-{[&*!|>\"'\n #".utf8), at: place)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.utf8.count { $0 == 0x0A } + 2
      for finding in SettingsReader(text).findings {
        #expect((1...lines).contains(finding.line), "\(finding)")
      }
    }
  }

  @Test("the nearest name is the one with the fewest edits, if any is near")
  func nearest() {
    #expect(Nearest.name(to: "Theme", in: Settings.keys) == "theme")
    #expect(Nearest.name(to: "baseurl", in: Settings.keys) == "base_url")
    #expect(Nearest.name(to: "colour", in: Settings.keys) == nil)
    #expect(Nearest.edits("kitten", "sitting") == 3)
    #expect(Nearest.edits("", "abc") == 3 && Nearest.edits("abc", "") == 3)
  }
}

@Suite("Attention and mouse in the configuration")
struct AttentionSettingsTests {
  private func findings(_ text: String) -> [String] {
    SettingsReader(text).findings.map { "\($0.severity.rawValue) \($0.description(in: "c"))" }
  }

  @Test("each rule is read, and what is not said stays as it was")
  func reads() {
    let settings = SettingsReader(
      "mouse: true\nattention:\n  bell: true\n  notify: [finished, ceiling]\n  form: 777\n"
        + "  title: false\n  quiet: \"22:00-07:00\"\n"
    ).settings
    var rules = AttentionRules()
    rules.bell = Set(AttentionRules.Event.allCases)
    rules.notify = [.finished, .ceiling]
    rules.form = .osc777
    rules.showsTitle = false
    rules.quiet = QuietHours("22:00-07:00")
    #expect(settings.isMouseOn && settings.attention == rules)
    #expect(SettingsReader("attention:\n  bell: false\n").settings.attention.bell == [])
    #expect(
      ["on", "off", "auto"].map { SettingsReader("links: \($0)").settings.links }
        == [true, false, nil])
    #expect(SettingsReader("slow: true").settings.attention == AttentionRules())
  }

  @Test("what cannot be used is named with its line, and the rule stays")
  func wrong() {
    let table: [(String, [String])] = [
      (
        "attention: loud",
        ["error c:1: attention: not a list of bell, notify, form, title and quiet"]
      ),
      (
        "attention:\n  bell: 3",
        [
          "error c:2: attention.bell: neither true, false, nor a list of finished, failed, "
            + "needs-you, ceiling"
        ]
      ),
      (
        "attention:\n  notify: [done]",
        [
          "warning c:2: unknown key attention.notify: done; "
            + "known are finished, failed, needs-you, ceiling"
        ]
      ),
      ("attention:\n  form: 8", ["error c:2: attention.form: neither 9 nor 777"]),
      ("attention:\n  quiet: 22", ["error c:2: attention.quiet: no hours such as \"22:00-07:00\""]),
      (
        "attention:\n  titel: true",
        ["warning c:2: unknown key attention.titel; did you mean title?"]
      ),
      ("links: maybe", ["error c:1: links: not one of auto, on, off"]),
      ("mouse: maybe", ["error c:1: mouse: neither true nor false"]),
    ]
    for (text, words) in table {
      #expect(findings(text) == words)
      #expect(SettingsReader(text).settings == Settings())
    }
  }
}
