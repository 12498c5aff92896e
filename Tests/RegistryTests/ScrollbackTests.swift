import Fleet
import Foundation
import Support
import Testing
import WorkerAPI

@testable import Registry

@Suite("The scrollback in SQLite")
struct ScrollbackTests {
  private func leaf(
    _ number: Int, _ words: String, worker: String = "a", section: Leaf.Section = .entry,
    turn: Int = 0, kind: Leaf.Kind = .text
  ) -> Leaf {
    Leaf(
      worker: worker, section: section, number: number, turn: turn, kind: kind, words: words)
  }

  private func filled(_ leaves: [Leaf]) async throws -> ScrollbackFile {
    let file = try ScrollbackFile.inMemory()
    try await file.write(leaves.map { .leaf($0) })
    return file
  }

  @Test("windows from the first to the last and back hold each entry once and in order")
  func paging() async throws {
    var dice = Seeded(7)
    let leaves = (0..<900).map { number in
      leaf(
        number, String(repeating: "\(number) ", count: Int.random(in: 1...800, using: &dice)),
        turn: number / 50)
    }
    let file = try await filled(leaves)
    var numbers: [Int] = []
    var window = try await file.window("a", at: .first)
    while let current = window {
      numbers += current.range.filter { $0 > numbers.last ?? -1 }
      window =
        current.hasLast ? nil : try await file.window("a", at: .around(current.range.upperBound))
    }
    #expect(numbers == Array(0..<900))
    numbers = []
    window = try await file.window("a", at: .last)
    while let current = window {
      #expect(current.whole == 0...899)
      #expect(
        current.transcript.entries.map(\.content)
          == current.range.map { .text(leaves[$0].words) })
      numbers += current.range.reversed().filter { $0 < numbers.last ?? .max }
      window =
        current.hasFirst ? nil : try await file.window("a", at: .around(current.range.lowerBound))
    }
    #expect(numbers == Array((0..<900).reversed()))
    #expect(try await file.window("b", at: .first) == nil)
  }

  @Test("a gap ends a window, and the other side of it is reached")
  func gap() async throws {
    let file = try await filled((0..<3).map { leaf($0, "x") } + (7..<9).map { leaf($0, "y") })
    #expect(try await file.window("a", at: .first)?.range == 0...2)
    #expect(try await file.window("a", at: .last)?.range == 7...8)
    #expect(try await file.window("a", at: .around(5))?.range == 7...8)
    #expect(try await file.window("a", at: .around(99))?.range == 7...8)
  }

  @Test("prompts stand before the turns that begin in a window")
  func prompts() async throws {
    let big = String(repeating: "w ", count: 100 << 10)
    let said = (0..<3).map { leaf($0, "say \($0)", section: .prompt, turn: $0, kind: .prompt) }
    let file = try await filled(
      said + [leaf(0, big), leaf(1, big), leaf(2, big, turn: 1), leaf(3, "end", turn: 1)])
    let first = try #require(try await file.window("a", at: .first))
    #expect(first.range == 0...0)
    #expect(first.transcript.prompts == [["say 0"]])
    let last = try #require(try await file.window("a", at: .last))
    #expect(last.range == 2...3)
    #expect(last.transcript.prompts == [[], ["say 1"], ["say 2"]])
  }

  @Test("words are found once, names before texts, and not after they are gone")
  func finding() async throws {
    let file = try await filled([
      leaf(0, "nothing here"), leaf(1, "one\ntwo Preise\nin Köln today"),
      leaf(0, "Preise", worker: "b", section: .title, kind: .title),
    ])
    let finds = try await file.search(ScrollbackSearch("preise"))
    #expect(finds.count == 2)
    #expect(finds.finds.map(\.worker) == ["b", "a"])
    #expect(finds.finds.last?.number == 1 && finds.finds.last?.line == 1)
    #expect(
      finds.finds.last?.snippet == [
        Finds.Piece("two "), Finds.Piece("Preise", isMatch: true), Finds.Piece(" in Köln today"),
      ])
    #expect(try await file.search(ScrollbackSearch("preise koln")).count == 1)
    #expect(try await file.search(ScrollbackSearch("prei", worker: "a")).count == 1)
    #expect(
      try await file.search(ScrollbackSearch("preise to")).count == 1, "the last may be begun")
    #expect(try await file.search(ScrollbackSearch("\"Köln today\"")).count == 1)
    #expect(try await file.search(ScrollbackSearch("\"today Köln\"")).count == 0)
    try await file.write([.leaf(leaf(1, "changed"))])
    #expect(try await file.search(ScrollbackSearch("koln")).count == 0)
    #expect(try await file.search(ScrollbackSearch("changed")).count == 1)
    try await file.write([.cut(worker: "a", .entry, from: 1), .forget(worker: "b")])
    #expect(try await file.search(ScrollbackSearch("changed")).count == 0)
    #expect(try await file.search(ScrollbackSearch("preise")).count == 0)
    #expect(try await file.window("a", at: .last)?.range == 0...0)
  }

  @Test("whatever is typed is no error of the index")
  func hostile() async throws {
    let file = try await filled([leaf(0, "AND OR NOT near a\"b words: 100% * ^ - C++ \u{10FFFC}x")])
    let bits = [
      "\"", "*", "AND", "OR", "NOT", "NEAR(", ")", "words", ":", "-", "^", "{", "}", " ", "a", "'",
      ";", "\\", "\0", "é", "\u{202E}", "日本", "+", "100%",
    ]
    var dice = Seeded(3)
    for _ in 0..<3_000 {
      let typed = (0..<Int.random(in: 0...9, using: &dice)).map { _ in
        bits.randomElement(using: &dice) ?? ""
      }.joined()
      _ = try await file.search(ScrollbackSearch(typed))
    }
    #expect(try await file.search(ScrollbackSearch("NOT near")).count == 1)
    #expect(
      try await file.search(ScrollbackSearch(" \"*\" "))
        == Finds(
          search: ScrollbackSearch(" \"*\" ")))
  }

  @Test("snippets are pieces of the text around the first place, whatever the text holds")
  func snippets() {
    var dice = Seeded(11)
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...400, using: &dice)).map { _ in
        ["a", " ", "\n", "é", "日", "👩‍👩‍👧", Snippet.start, Snippet.end].randomElement(using: &dice)
          ?? ""
      }.joined()
      let snippet = Snippet(marked: text)
      let shown = snippet.pieces.map(\.text).joined()
      let said = text.replacing(Snippet.start, with: "").replacing(Snippet.end, with: "")
        .replacing("\n", with: " ")
      let found = shown.hasPrefix("... ") ? String(shown.dropFirst(4)) : shown
      #expect(found.isEmpty || said.utf8.firstRange(of: found.utf8) != nil)
      #expect(snippet.line <= text.count { $0 == "\n" })
    }
  }

  @Test("a file is this user's alone, is read again, and a damaged one is set aside")
  func file() async throws {
    let folder = try Folder()
    var file = try ScrollbackFile.open(folder: folder.path)
    #expect(file.isFresh)
    try await file.write([.leaf(leaf(0, "kept"))])
    #expect(try folder.permissions("transcripts.sqlite") == 0o600)
    file = try ScrollbackFile.open(folder: folder.path)
    #expect(!file.isFresh && file.notices.isEmpty)
    #expect(try await file.search(ScrollbackSearch("kept")).count == 1)
    for name in folder.names {
      try folder.write(Data(String(repeating: "no database ", count: 400).utf8), to: name)
    }
    file = try ScrollbackFile.open(folder: folder.path)
    #expect(file.isFresh)
    #expect(file.notices.count == 1)
    #expect(folder.names.contains { $0.hasPrefix("transcripts.sqlite.damaged-") })
  }
}
