import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Searching and filtering the output")
struct FindTests {
  @Test("while words are typed the first match from the screen's top is shown, and counted")
  func incremental() {
    var writer = LineWriter(100)
    writer.bench.press("g /")
    writer.bench.type("line 7")
    #expect(writer.title.contains("1/11"))
    #expect(writer.last == "/line 7" + String(repeating: " ", count: 69) + "1/11")
    #expect(writer.matches == ["<line 7>"])
    writer.bench.type("1")
    #expect(writer.title.contains("1/1"))
    #expect(writer.texts.contains("      line 71"))
    writer.bench.press("esc")
    #expect(writer.texts.first == "you   Read the news.")
    #expect(!writer.title.contains("1/1"))
  }

  @Test("requirement 19: n and N go on and back, around the ends, and say so")
  func steps() {
    var writer = LineWriter(40)
    writer.bench.press("g /")
    writer.bench.type("line 3")
    writer.bench.press("enter n")
    #expect(writer.title.contains("2/11"))
    writer.bench.press("N N")
    #expect(writer.title.contains("11/11"))
    #expect(writer.last == "> past the first match, on from the last")
    writer.bench.press("n")
    #expect(writer.title.contains("1/11"))
    #expect(writer.last == "> past the last match, on from the first")
    writer.bench.press("esc")
    #expect(!writer.title.contains("/11"))
    #expect(writer.matches == [])
    writer.bench.press("n")
    #expect(
      writer.last == "> nothing is searched for; / searches, and ctrl-n starts a new worker")
  }

  @Test("while text streams the match stays where it is and the count grows")
  func streaming() {
    var writer = LineWriter(300)
    writer.bench.press("g /")
    writer.bench.type("line 25")
    writer.bench.press("enter n")
    let rows = writer.texts
    #expect(writer.title.contains("2/11"))
    for _ in 0..<5 {
      writer.write(1000)
      #expect(writer.texts == rows)
    }
    #expect(writer.title.contains("2/111"))
    #expect(writer.matches.filter { $0.hasPrefix("<") } == ["<line 25>"])
  }

  @Test(
    "matches found while text comes are those that one look at all of it finds",
    arguments: [("ab", ["a", "!c"]), ("/a+b?|^c/", ["/a|b$/", "!/c a/"])])
  func same(_ sought: String, _ filters: [String]) {
    for seed in 1...10 {
      var dice = Seeded(UInt64(seed))
      var writer = LineWriter()
      writer.bench.press("/")
      writer.bench.type(sought)
      writer.bench.press("enter &")
      writer.bench.type(filters[seed % filters.count])
      writer.bench.press("enter")
      for _ in 0..<200 {
        let words = ["ab ", "a", "b", "\n\n", "- c\n", "c ab\n", "`ab`", "**a**b ", "\n"]
        writer.say(words.randomElement(using: &dice) ?? "")
      }
      let grown = writer.bench.screen.output.rendition
      var anew = grown
      anew.adopt(Sift())
      anew.adopt(grown.sift)
      #expect(grown.hitStarts == anew.hitStarts, "seed \(seed)")
      #expect(grown.starts == anew.starts)
      #expect(grown.sections.map(\.finds.hits) == anew.sections.map(\.finds.hits))
      #expect(grown.sections.map(\.finds.extents) == anew.sections.map(\.finds.extents))
      #expect(grown.sections.map(\.finds.shown) == anew.sections.map(\.finds.shown))
    }
  }

  @Test(
    "small letters find either case, a capital only itself",
    arguments: [
      ("error", 3), ("Error", 1), ("ERROR", 1), ("straße", 2), ("STRASSE", 0), ("éa", 2),
      ("東", 1), ("zz", 1), ("not there", 0),
    ])
  func cases(_ words: String, _ count: Int) {
    var writer = LineWriter()
    writer.say("error Error ERROR straße STRAßE ÉA éa 東京 zzz")
    writer.bench.press("/")
    writer.bench.type(words)
    let found = writer.bench.screen.output.matchCount
    #expect(found?.of == count)
    #expect(writer.matches.count == count)
  }

  @Test("words that a line's end parts are found, and shown on both rows")
  func broken() {
    var writer = LineWriter(columns: 40)
    writer.say("> one two three four five six seven eight nine ten")
    writer.bench.press("/")
    let rows = writer.texts.dropFirst()
    #expect(rows.map { $0.dropFirst(6) }.first == "▏ one two three four five six")
    writer.bench.type("six seven")
    #expect(writer.matches == ["<six>", "<seven>"])
  }

  @Test("a match is shown in its columns behind wide glyphs")
  func wide() {
    var writer = LineWriter()
    writer.say("東京 e\u{301} 👩‍👩‍👧 word 京都")
    writer.bench.press("/")
    writer.bench.type("word")
    #expect(writer.matches == ["<word>"])
  }

  @Test("requirement 19: a filter shows only its lines, follows on, and Esc shows all")
  func filter() {
    var writer = LineWriter(300)
    writer.bench.press("&")
    writer.bench.type("7")
    writer.bench.press("enter")
    #expect(writer.title.contains("&7") && writer.title.contains("FOLLOW"))
    #expect(writer.texts.allSatisfy { $0.contains("7") })
    #expect(writer.texts.last == "      line 297")
    writer.write(10)
    #expect(writer.texts.last == "      line 307")
    writer.bench.press("g")
    #expect(writer.texts.first == "ai    line 7")
    writer.bench.press("esc")
    #expect(!writer.title.contains("&7"))
    #expect(writer.texts.contains("      line 8"))
  }

  @Test("a filter that begins with ! leaves its lines out, and says when nothing is left")
  func excludes() {
    var writer = LineWriter(30)
    writer.bench.press("&")
    writer.bench.type("!1")
    writer.bench.press("enter g")
    #expect(writer.texts.dropFirst().first == "ai    line 2")
    writer.bench.press("&")
    writer.bench.type("nowhere")
    #expect(writer.texts.first == " No line has nowhere.")
    writer.bench.press("esc")
    #expect(writer.title.contains("&!1"))
  }

  @Test("a paused place stays under a filter that comes and goes")
  func place() {
    var writer = LineWriter(300)
    writer.bench.press("g pgdn pgdn pgdn")
    let rows = writer.texts
    writer.bench.press("&")
    writer.bench.type("line")
    writer.bench.press("enter")
    #expect(writer.texts.first?.trimmed == rows.first?.trimmed)
    writer.bench.press("esc")
    #expect(writer.texts == rows)
  }

  @Test("words that are nowhere say what else may be tried, and are found when they come")
  func nowhere() {
    var writer = LineWriter(30)
    writer.bench.press("/")
    writer.bench.type("storm")
    writer.bench.press("enter")
    #expect(writer.last == "> no match for storm yet; Esc ends the search")
    #expect(writer.title.contains("0/0") && writer.title.contains("FOLLOW"))
    writer.say("a storm\n\n")
    #expect(writer.title.contains("0/1"))
    writer.bench.press("n")
    #expect(writer.title.contains("1/1"))
  }

  @Test("where nothing is found but something is folded, the message says how to search that")
  func folded() {
    var writer = LineWriter(30)
    writer.tell([
      .tool(callID: "a", .inputAvailable(name: "sql", title: nil, input: ["query": "select 1"])),
      .tool(callID: "a", .output("a storm", isPreliminary: false)),
    ])
    writer.bench.press("/")
    writer.bench.type("storm")
    #expect(writer.last.hasSuffix("no match outside what is folded"))
    writer.bench.press("enter")
    let words = "x unfolds what was not searched, Esc ends the search"
    #expect(writer.last == "> no match for storm yet; \(words)")
    writer.bench.press("n")
    #expect(writer.last == "> no match for storm; \(words)")
    writer.bench.press("x n")
    #expect(writer.title.contains("1/1"))
  }

  @Test("up brings earlier words back, and a search may be pasted")
  func history() {
    var writer = LineWriter(30)
    writer.bench.press("/")
    writer.bench.type("line 1")
    writer.bench.press("enter / up")
    #expect(writer.last.hasPrefix("/line 1"))
    writer.bench.press("esc /")
    writer.bench.send(.paste("line\n2"))
    #expect(writer.last.hasPrefix("/line 2"))
  }

  @Test("words that are typed never reach a cell as controls")
  func hostile() {
    for text in Hostile.texts {
      var writer = LineWriter(3)
      for key in ["/", "&"] {
        writer.bench.press(key)
        writer.bench.send(.paste(text))
        writer.bench.press("enter")
        let scalars = writer.bench.text.unicodeScalars.filter { $0 != "\n" }
        #expect(scalars.filter(Hostile.isForbidden).isEmpty)
      }
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " || $0 == "a" || $0 == "i" }) }
}
