import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("Errands")
struct ErrandTests {
  @Test(
    "Files that an instruction names are found",
    arguments: [
      ("Write notes/plan.md and data/blob.bin, then stop.", ["notes/plan.md", "data/blob.bin"]),
      (
        "Write (report.csv), \"b.json\"; 'c.txt' and `d e/f g.md`!",
        ["report.csv", "b.json", "c.txt", "d e/f g.md"]
      ),
      ("a.md,b.md;c.md a.md", ["a.md", "b.md", "c.md"]),
      ("Save ./x.md: and deep/er/path/y.yaml.", ["x.md", "deep/er/path/y.yaml"]),
      ("“müsli/ß.txt” 文.md", ["müsli/ß.txt", "文.md"]),
      ("src/thing.xyz thing.xyz", ["src/thing.xyz"]),
      ("Compare Node.js 1.2 and and/or 24.12.2026 e.g. example.com v2.0", []),
      ("Mail to a@b.md or see https://example.com/a.md", []), ("\"unclosed a.md", ["a.md"]),
      ("Call me \"the boss of a.md and b\"", ["a.md"]),
    ])
  func files(input: String, files: [String]) {
    #expect(Errand(input).files == files)
  }

  @Test(
    "Paths that lead out of the folder are refused",
    arguments: [
      "../x.md", "/etc/passwd.txt", "a/../b.md", "a//b.md", "~/x.md", "C:\\x.md", "a\\..\\b.md",
      "x/%2e%2e%2fy.md", "%2e%2e/y.md", "a/./b.md", "/x.md", "..\\x.md",
    ])
  func refused(path: String) {
    let errand = Errand("Write \(path) and ok.md")
    #expect(errand.files == ["ok.md"] && errand.refused == [path])
  }

  @Test(
    "Addresses lose the punctuation around them",
    arguments: [
      ("See https://example.com/a?b=c#d.", ["https://example.com/a?b=c#d"]),
      (
        "(http://h/x) <https://h/y>, [t](https://h/z)",
        ["http://h/x", "https://h/y", "https://h/z"]
      ),
      ("HTTPS://H/A, http://h/a_(b) http://h/a_(b)", ["HTTPS://H/A", "http://h/a_(b)"]),
      ("http:// https://. ftp://h/x file:///etc/passwd https:///x", []),
      ("https://[::1]:8080/a;b,c", ["https://[::1]:8080/a;b,c"]),
    ])
  func addresses(input: String, addresses: [String]) {
    #expect(Errand(input).addresses == addresses)
  }

  @Test("“fail” is a word of its own, and no part of a name or an address")
  func failing() {
    #expect(Errand("Please fail.").fails && Errand("This FAILS, x.md").fails)
    #expect(!Errand("A failure; failed fail.md https://fail.example/fail").fails)
    #expect(Errand("Work until the budget is used up").spendsBudget)
    #expect(!Errand("Draft the budget").spendsBudget)
  }

  @Test("Random words never break it, and what it finds is safe")
  func random() {
    var random = SplitMix64(seed: 11)
    let pieces = [
      "a", "/", ".", "..", "\\", "md", ".md", "`", "\"", "“", "”", " ", "\n", "http://", "https://",
      "%2e", "~", ":", ",", ";", "(", ")", "ü", "\u{301}", "\u{202E}", "\0", "fail", "x.bin",
    ]
    for _ in 0..<4_000 {
      let input = (0..<random.number(0...14)).map { _ in random.pick(pieces) }.joined()
      let errand = Errand(input)
      for path in errand.files {
        #expect(FilePath.isSafe(path), "\(input.debugDescription)")
        let route = Route.file(worker: "w", path: path)
        #expect(Route.match(method: "GET", path: route.path) == .route(route))
      }
    }
  }

  private func played(_ input: String, budget: Budget = .standard, turn: Int = 1) -> (
    files: [MadeFile], message: MessageFold, seconds: Double
  ) {
    var turn = Turn(
      Recipe(
        worker: "w", number: turn, scenario: .composed, seed: 3, input: input, budget: budget,
        startedAt: 0))
    let files = turn.advance(to: 10_000)
    return (files, turn.message, (turn.message.usage?.durationMilliseconds ?? 0) / 1000)
  }

  @Test("Named files are published: text for text types, all byte values for others")
  func published() throws {
    let names = [
      "n/a.md", "b.bin", "c.csv", "d.json", "e.html", "f.png", "g.pdf", "h.gif", "i.jpg", "j.zip",
      "k.py", "l.yaml", "m.svg", "n.jsonl", "o/p.xyz", "q.toml", "r.xml", "s.css", "t.tsv",
      "u.webp",
    ]
    let (files, message, seconds) = played("Write \(names.joined(separator: ", ")) on “5 < 6 & 7”")
    #expect(files.map(\.path) == names && message.finishReason == "stop")
    #expect(seconds < 30)
    for file in files where MediaType.isText(file.mediaType) {
      #expect(String(validating: file.bytes, as: UTF8.self)?.isEmpty == false, "\(file.path)")
    }
    #expect(files[1].bytes == (0...255).map(UInt8.init) && files[14].bytes == files[1].bytes)
    #expect((try? JSONReader.read(files[3].bytes))?.object != nil)
    for (index, magic) in [(5, "\u{89}PNG"), (6, "%PDF"), (7, "GIF8"), (9, "PK"), (19, "RIFF")] {
      #expect(files[index].bytes.starts(with: magic.unicodeScalars.map { UInt8($0.value) }))
    }
    #expect(files[8].bytes.starts(with: [0xFF, 0xD8, 0xFF]))
    #expect(String(decoding: files[4].bytes, as: UTF8.self).contains("<title>"))
  }

  @Test("Addresses become sources, with other ids in another turn")
  func cited() {
    let input = "Read https://example.com/a and http://h.example:81/"
    let sources = [1, 2].map { turn in
      played(input, turn: turn).message.parts.compactMap { part -> WorkerSource? in
        if case .source(let source) = part { source } else { nil }
      }
    }
    #expect(
      sources[0] == [
        WorkerSource(id: "src_1", title: "example.com/a", url: "https://example.com/a"),
        WorkerSource(id: "src_2", title: "h.example:81", url: "http://h.example:81/"),
      ])
    #expect(sources[1].map(\.id) == ["src_1_2", "src_2_2"])
  }

  @Test("A run that is told to fail does its work before, then ends with an error")
  func failed() {
    let (files, message, _) = played("Write a.md, then fail")
    #expect(files.map(\.path) == ["a.md"])
    #expect(message.finishReason == "error" && message.error?.contains("fail") == true)
  }

  @Test("Refused paths are shown as failed calls, and nothing is published for them")
  func hostile() {
    let (files, message, _) = played("Write ../x.md and /etc/passwd.txt")
    #expect(files.isEmpty && message.finishReason == "stop")
    #expect(message.texts.joined().contains("`../x.md`"))
  }

  @Test(
    "Each budget stops a run that reaches its ceiling; unlimited work ends by itself",
    arguments: [(Budget.low, 15.0), (.standard, 60), (.high, 300), (.unlimited, nil)]
      as [(Budget, Double?)])
  func ceilings(budget: Budget, ceiling: Double?) throws {
    let message = played("Work on the list until the budget is used up", budget: budget).message
    #expect(message.finishReason == (ceiling == nil ? "stop" : "length"))
    let used = try #require(message.usage?.credits)
    guard let ceiling else {
      #expect(message.incompleteDetails == nil && used > 300)
      return
    }
    #expect(used >= ceiling && used < ceiling + 10)
    #expect(
      message.incompleteDetails == [
        "reason": "budget", "budget": .string(budget.word), "ceilingCredits": .number(ceiling),
        "usedCredits": .number(used),
      ] || message.incompleteDetails?["usedCredits"]?.double == used)
  }
}
