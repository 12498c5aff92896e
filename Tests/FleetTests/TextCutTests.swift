import Support
import Testing
import WorkerAPI

@testable import Fleet

@Suite("A long text in several entries")
struct TextCutTests {
  /// Lines, blank lines, fences and long runs, of some size.
  private func text(_ dice: inout Seeded, bytes: Int) -> String {
    var text = ""
    while text.utf8.count < bytes {
      switch Int.random(in: 0...9, using: &dice) {
      case 0: text += "\n"
      case 1: text += "```\n"
      case 2: text += String(repeating: "é日x", count: Int.random(in: 0...9_000, using: &dice))
      case 3: text += "\r\n"
      default:
        text += String(repeating: "word ", count: Int.random(in: 0...60, using: &dice)) + "\n"
      }
    }
    return text
  }

  private func entries(_ transcript: Transcript) -> [String] {
    transcript.entries.map { "\($0.continuation?.rawValue ?? "-") \($0.content)" }
  }

  @Test("however a text comes in pieces, it is cut in the same places, and none of it is lost")
  func chunking() {
    var dice = Seeded(5)
    for _ in 0..<12 {
      let text = text(&dice, bytes: Int.random(in: 1_000...900_000, using: &dice))
      var whole = Transcript()
      whole.apply(.textDelta(id: "t", delta: DeltaText(text)), now: nil)
      var pieces = Transcript()
      var rest = Substring(text)
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...20_000, using: &dice))
        rest = rest.dropFirst(piece.count)
        pieces.apply(.textDelta(id: "t", delta: DeltaText(String(piece))), now: nil)
      }
      #expect(entries(whole) == entries(pieces))
      #expect(whole.text == text && pieces.text == text)
      #expect(pieces.heldBytes == text.utf8.count)
      var stored = Transcript()
      stored.applyStored([
        "role": "assistant", "id": "m", "parts": [["type": "text", "text": .string(text)]],
      ])
      #expect(stored.messages[0]["parts"]?.array?.count == 1)
      #expect(stored.messages[0]["parts"]?.array?[0]["text"]?.string == text)
      #expect(entries(stored) == entries(whole))
      let sizes = whole.entries.map(\.content.weight)
      #expect(sizes.dropLast().allSatisfy { $0 >= TextCut.blockLimit - 4 })
      #expect(sizes.allSatisfy { $0 <= TextCut.hardLimit + 8 })
    }
  }

  @Test("the end of a text of 40 MB is there as it grows, and its beginning went")
  func growing() {
    var transcript = Transcript()
    let line = String(repeating: "x", count: 99) + "\n"
    let block = String(repeating: line, count: 1_000)
    for number in 0..<400 {
      transcript.apply(.textDelta(id: "t", delta: DeltaText("\(number)\n" + block)), now: nil)
    }
    #expect(transcript.heldBytes <= Transcript.textLimit)
    #expect(transcript.text.contains("399\n"))
    #expect(transcript.firstKept > 250 && transcript.isCutOff)
    #expect(transcript.entries.last?.continuation == .plain)
  }

  @Test("half a character at the end of a piece is joined with its other half")
  func halves() {
    var transcript = Transcript()
    let long = String(repeating: "a", count: TextCut.hardLimit + 7)
    transcript.apply(
      .textDelta(id: "t", delta: DeltaText(long, trailingHalf: 0xD83D)), now: nil)
    transcript.apply(.textDelta(id: "t", delta: DeltaText("!", leadingHalf: 0xDE00)), now: nil)
    #expect(transcript.text == long + "😀!")
  }
}
