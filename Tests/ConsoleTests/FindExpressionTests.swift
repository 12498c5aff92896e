import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Searching and filtering the output by an expression")
struct FindExpressionTests {
  private func sought(_ writer: inout LineWriter, _ key: String, _ text: String) {
    writer.bench.press(key)
    writer.bench.type(text)
  }

  @Test("matches of any length are counted, stepped through and shown in their columns")
  func lengths() {
    var writer = LineWriter()
    writer.say("took 7 ms\n\n東京 took 1250 ms, then 31 ms")
    sought(&writer, "/", "/\\d+ ms/")
    #expect(writer.matches == ["<7 ms>", "1250 ms", "31 ms"])
    #expect(writer.marked == ["4:11-14", "6:16-22", "6:30-34"])
    #expect(writer.last.hasSuffix("words if in \"quotes\"  1/3"))
    writer.bench.press("enter N")
    #expect(writer.title.contains("3/3"))
    #expect(writer.matches == ["7 ms", "1250 ms", "<31 ms>"])
    writer.say("\n\nand 4 ms")
    #expect(writer.title.contains("3/4"))
    writer.bench.press("n n")
    #expect(writer.title.contains("1/4"))
    #expect(writer.last == "> past the last match, on from the first")
  }

  @Test("a match that a line's end parts is one, shown on both rows")
  func broken() {
    var writer = LineWriter(columns: 40)
    writer.say("> one two three four five six seven eight nine ten")
    sought(&writer, "/", "/f\\w+e|s.*?n\\b/")
    #expect(writer.matches == ["<five>", "six", "seven"])
    #expect(writer.marked == ["4:27-30", "4:32-34", "5:8-12"])
    #expect(writer.title.contains("1/2"))
    writer.bench.press("enter n")
    #expect(writer.matches == ["five", "<six>", "<seven>"])
    sought(&writer, "/", "/^\\W*one .* ten$/")
    #expect(writer.title.contains("1/1"))
    #expect(writer.marked == ["4:6-34", "5:8-27"])
  }

  @Test("a filter shows the lines that have it, with ! those that do not")
  func filter() {
    var writer = LineWriter(30)
    sought(&writer, "&", "/ [12]?5$/")
    writer.bench.press("enter g")
    #expect(writer.texts == ["ai    line 5", "      line 15", "      line 25"])
    #expect(writer.title.contains("&/ [12]?5$/"))
    sought(&writer, "&", "!/\\d\\d|[1-8]$/")
    #expect(writer.last.hasSuffix("words if in \"quotes\"  2 lines"))
    writer.bench.press("enter g")
    #expect(writer.texts == ["you   Read the news.", "ai    line 9"])
    writer.write(100)
    #expect(writer.texts.count == 2)
    sought(&writer, "&", "/x*/")
    #expect(writer.texts.last == "      line 130")
    writer.bench.press("esc")
    sought(&writer, "&", "/nowhere|else/")
    #expect(writer.texts.first == " No line has /nowhere|else/.")
  }

  @Test(
    "what cannot be read is said beside it, keeps what was found before, and is not taken",
    arguments: ["/", "&"])
  func problems(_ key: String) {
    var writer = LineWriter(30)
    sought(&writer, key, "/line 1[0-4]/")
    let (rows, matches) = (writer.texts, writer.matches)
    writer.bench.press("left")
    writer.bench.type("(")
    #expect(writer.last.hasPrefix("\(key)/line 1[0-4](/ "))
    #expect(writer.last.hasSuffix(" a ( is not closed"))
    #expect((writer.texts, writer.matches) == (rows, matches))
    writer.bench.press("enter")
    #expect(writer.last.hasSuffix(" a ( is not closed"))
    writer.bench.type("0|3)")
    #expect(!writer.last.contains("closed"))
    #expect(writer.title.contains(key == "/" ? "0/0" : "&/line"))
    writer.bench.press("esc")
    #expect(writer.texts.last == "      line 30")
  }

  @Test(
    "small letters find either case, a capital only itself, and signs are no capitals",
    arguments: [
      ("/err.r/", 3), ("/Err.r/", 1), ("/ERR\\D+R\\b/", 1), ("/\\Werr\\w/", 2), ("/stra.e/", 2),
      ("/É.?/", 1), ("/é/", 2), ("/[a-z]東/", 0), ("/東./", 1),
    ])
  func cases(_ text: String, _ count: Int) {
    var writer = LineWriter()
    writer.say("error Error ERROR straße STRAßE Éa éa 東京 zzz")
    sought(&writer, "/", text)
    #expect(writer.bench.screen.output.matchCount?.of == count)
    #expect(writer.matches.count == count)
  }

  @Test("empty matches are none, and those beside them are found")
  func empty() {
    var writer = LineWriter()
    writer.say("bxxxc xx b")
    sought(&writer, "/", "/x*/")
    #expect(writer.matches == ["<xxx>", "xx"])
    sought(&writer, "esc /", "/z*/")
    #expect(writer.last.hasSuffix("no match"))
  }

  @Test(
    "words that look like an expression are found as they stand where they are in quotes",
    arguments: [
      ("/usr/lib", ["/usr/lib", "/usr/lib"]),
      ("/usr/l.b/", ["usr/lib", "usr/lib", "usr/lib", "usr/l.b"]),
      ("\"/usr/lib/\"", ["/usr/lib/"]), ("\"/usr/l.b/\"", ["/usr/l.b/"]),
      ("/\\/usr\\/lib\\//", ["/usr/lib/"]), ("//", ["//"]), ("/usr/l.b\\/", []),
      ("\"x\"", ["\"x\""]), ("[x", ["[x"]),
    ])
  func quotes(_ text: String, _ matches: [String]) {
    var writer = LineWriter()
    writer.say("```\n/usr/lib/a usr/libs /usr/lib\n/usr/l.b/ https:x //y \"x\" [x\n```")
    sought(&writer, "/", text)
    let found = writer.matches.map { $0.replacing("<", with: "").replacing(">", with: "") }
    #expect(found == matches)
  }

  @Test("while its last slash is missing it is words, and the line says what a slash does")
  func open() {
    var writer = LineWriter(30)
    writer.bench.press("/")
    #expect(writer.last.hasSuffix("words or /regex/; small letters find either case"))
    writer.bench.type("/line 1")
    #expect(writer.last.hasSuffix("/regex/ is an expression  no match"))
    writer.bench.type("/")
    #expect(writer.last.hasSuffix("words if in \"quotes\"  1/11"))
    writer.bench.press("esc &")
    #expect(writer.last.hasSuffix("words or /regex/ to show, after ! to leave out"))
    writer.bench.type("!/line 1")
    #expect(writer.last.hasSuffix("/regex/ is an expression  31 lines"))
    writer.bench.press("enter & up")
    #expect(writer.last.hasPrefix("&!/line 1"))
  }

  /// Lines that lead the expression from each mark to a new state.
  private static let slow = "/c[ab]{60}a/"
  /// Looks for a frame; the text takes ten times as many.
  private static let allowance = 1 << 16
  private static let slowText: String = {
    var dice = Seeded(3)
    let lines = (0..<200).map { _ in
      String((0..<70).map { _ in Bool.random(using: &dice) ? "a" : "b" })
    }
    return (["```"] + lines + ["c" + String(repeating: "a", count: 61), "```"])
      .joined(separator: "\n")
  }()

  /// In its first frame, which does not reach the end of the text.
  private static func looking(_ keys: String) -> LineWriter {
    var writer = LineWriter()
    writer.say(slowText)
    writer.bench.screen.output.rendition.allowance = allowance
    writer.bench.press(keys)
    writer.bench.send(.paste(slow))
    return writer
  }

  private static func lookOn(_ writer: inout LineWriter) {
    for _ in 0..<100 where writer.bench.screen.isLooking {
      _ = writer.bench.screen.prepare(writer.bench.fleet)
    }
  }

  @Test("an expression that takes too long for a frame goes on in the next ones, bounded in each")
  func slow() {
    var writer = Self.looking("g /")
    #expect(writer.bench.screen.isLooking)
    #expect(writer.last.hasSuffix("no match yet"))
    #expect(writer.title.contains("0/0+"))
    writer.bench.press("enter")
    var frames = 0
    while writer.bench.screen.isLooking, frames < 100 {
      let look = writer.bench.screen.output.rendition.look
      #expect(look.left > -Self.allowance / 2)
      _ = writer.bench.screen.prepare(writer.bench.fleet)
      frames += 1
    }
    #expect((1..<100).contains(frames))
    #expect(writer.title.contains("1/1") && !writer.title.contains("+"))
    #expect(writer.matches == ["<c" + String(repeating: "a", count: 61) + ">"])
  }

  @Test("a filter that was not done with a frame says so, and shows what it found then")
  func slowFilter() {
    var writer = Self.looking("&")
    #expect(writer.texts.first == " Looking for \(Self.slow).")
    #expect(writer.last.hasSuffix("0+ lines"))
    Self.lookOn(&writer)
    #expect(writer.last.hasSuffix("1 line"))
    #expect(writer.texts.count == 1)
  }

  @Test("what is wrong is said beside a long text too, and brings no controls to the screen")
  func narrow() {
    var writer = LineWriter(3, columns: 40)
    sought(&writer, "/", "/some words that are longer than the line(/")
    #expect(writer.last.hasPrefix("/") && writer.last.hasSuffix(" a ( is not closed"))
    for text in Hostile.texts {
      writer.bench.press("esc /")
      writer.bench.send(.paste("/a{\(text)}/"))
      let scalars = writer.bench.text.unicodeScalars.filter { $0 != "\n" }
      #expect(scalars.filter(Hostile.isForbidden).isEmpty)
    }
  }

  @Test("a reader who went on meanwhile is not taken to what is found then")
  func away() {
    var writer = Self.looking("g /")
    writer.bench.press("enter pgdn")
    let rows = writer.texts
    Self.lookOn(&writer)
    #expect(writer.title.contains("0/1"))
    #expect(writer.texts == rows)
  }

  @Test("what one frame did not reach is looked through by the next, without a key")
  @MainActor
  func frames() async throws {
    var writer = LineWriter()
    writer.say(Self.slowText)
    let station = Station(writer.bench.fleet)
    try station.session.begin()
    await station.display.presented(2)
    station.session.screen.output.rendition.allowance = Self.allowance
    station.display.fake.send([.key(.character("2")), .key(.character("/")), .paste(Self.slow)])
    #expect(station.session.screen.isLooking)
    for _ in 0..<100 where station.session.screen.isLooking {
      let count = station.display.count
      await station.clock.sleeping(2)
      station.clock.advance(by: 0.1)
      await station.display.presented(count + 1)
    }
    #expect(!station.session.screen.isLooking)
    #expect(station.session.screen.output.matchCount?.of == 1)
    await station.session.end()
  }
}
