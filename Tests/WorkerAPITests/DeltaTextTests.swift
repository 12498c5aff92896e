import Testing
import WorkerAPI

@Suite struct DeltaTextTests {
  /// What deltas add up to.
  private func joined(_ deltas: [DeltaText]) -> String {
    var text = ""
    var half: UInt16?
    for delta in deltas { delta.append(to: &text, after: &half) }
    return text
  }

  private func event(_ escaped: String) -> WorkerEvent {
    WorkerEvent(data: #"{"type":"text-delta","id":"1","delta":"\#(escaped)"}"#)
  }

  static let cut: [(deltas: [String], text: String)] = [
    (["a", "b"], "ab"), ([#"\ud83d"#, #"\ude00"#], "😀"), ([#"a\ud83d"#, #"\ude00b"#], "a😀b"),
    ([#"\ud83d"#, "", #"\ude00"#], "😀"),
    ([#"\ud83d"#, "x", #"\ude00"#], "\u{FFFD}x\u{FFFD}"),
    ([#"\ud83d"#, #"\ud83d\ude00"#], "\u{FFFD}😀"), ([#"\ud83d"#, #"\ud83d"#], "\u{FFFD}\u{FFFD}"),
    ([#"\ude00"#, #"\ud83d"#], "\u{FFFD}\u{FFFD}"),
    ([#"\ud83d"#, #"\ude00\ud83d"#, #"\ude00"#], "😀😀"),
    ([#"\ud83d"#, #"\ude00\ude00"#], "😀\u{FFFD}"),
    ([#"\ud83dx"#, #"\ude00"#], "\u{FFFD}x\u{FFFD}"),
    (["\u{FFFD}", #"\ude00"#], "\u{FFFD}\u{FFFD}"), ([#"\uD83D"#], "\u{FFFD}"),
    ([#"\uD83D\uDE00"#, #"\u00e9"#], "😀é"),
    ([#"👩\u200d\uD83D"#, #"\uDE80"#], "👩\u{200D}🚀"),
  ]

  @Test("A character that is cut between two deltas is joined", arguments: cut)
  func join(deltas: [String], text: String) throws {
    let read = try deltas.map { escaped in
      guard case .textDelta("1", let delta, nil) = event(escaped) else {
        throw Unexpected(escaped: escaped)
      }
      return delta
    }
    #expect(Array(joined(read).utf8) == Array(text.utf8))
  }

  private struct Unexpected: Error { var escaped: String }

  @Test("A delta on its own shows each half as U+FFFD")
  func alone() {
    #expect(
      event(#"\ude00a\ud83d"#)
        == .textDelta(
          id: "1", delta: DeltaText("a", leadingHalf: 0xDE00, trailingHalf: 0xD83D)))
    #expect(DeltaText("a", leadingHalf: 0xDE00, trailingHalf: 0xD83D).text == "\u{FFFD}a\u{FFFD}")
    #expect(DeltaText("a").text == "a")
  }

  @Test("Any text that is cut anywhere into UTF-16 units is joined again")
  func everyCut() throws {
    let units = Array("a😀é👩‍🚀\u{10FFFF}漢".utf16)
    func escaped(_ units: ArraySlice<UInt16>) -> String {
      units.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }
    for size in 1...units.count {
      let deltas = stride(from: 0, to: units.count, by: size).map { begin -> DeltaText in
        let slice = units[begin..<min(begin + size, units.count)]
        guard case .textDelta(_, let delta, _) = event(escaped(slice)) else { return "lost" }
        return delta
      }
      #expect(Array(joined(deltas).utf16) == units, "\(size)")
    }
  }
}
