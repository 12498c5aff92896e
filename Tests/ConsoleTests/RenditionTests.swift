import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("A transcript as lines")
struct RenditionTests {
  private func setting(_ transcript: Transcript, _ width: Int = 80, isUnfolded: Bool = false)
    -> Rendition.Setting
  {
    Rendition.Setting(
      width: width, theme: .plain, unicode: true, isUnfolded: isUnfolded,
      edition: transcript.edition)
  }

  private func lines(_ rendition: Rendition) -> [Line] {
    (0..<rendition.lineCount).compactMap { rendition.line(at: $0) }
  }

  private func fresh(_ transcript: Transcript, isUnfolded: Bool = false) -> Rendition {
    var rendition = Rendition()
    rendition.update(transcript, setting(transcript, isUnfolded: isUnfolded))
    return rendition
  }

  /// Random events of every kind, well and badly ordered.
  private func event(_ dice: inout Seeded) -> WorkerEvent {
    let id = String(Int.random(in: 0...2, using: &dice))
    return switch Int.random(in: 0...17, using: &dice) {
    case 0: .start(messageID: "m\(id)", metadata: nil)
    case 1: .textStart(id: id)
    case 2, 3, 4:
      .textDelta(
        id: id, delta: ["word ", "\n\n", "- a\n", "**b", "`"].randomElement(using: &dice) ?? "")
    case 5: .textEnd(id: id)
    case 6: .reasoningStart(id: id)
    case 7: .reasoningDelta(id: id, delta: "hm\nso ")
    case 8: .reasoningEnd(id: id)
    case 9: .tool(callID: id, .inputStart(name: "fetch", title: nil))
    case 10:
      .tool(
        callID: id, .inputAvailable(name: "fetch", title: nil, input: ["url": "http://a.example/b"])
      )
    case 11: .tool(callID: id, .output(["a": 1], isPreliminary: false))
    case 12: .tool(callID: id, .outputError("broken\ntwice"))
    case 13: .source(id: id, title: nil, url: "http://s.example/\(id)")
    case 14: .file(url: "/files/\(id).txt", mediaType: "text/plain")
    case 15: .startStep
    case 16: .resetStep
    default: .finish(reason: nil, metadata: nil)
    }
  }

  @Test("fed event by event it is the same as laid out at once")
  func incremental() {
    for seed in 1...20 {
      var dice = Seeded(UInt64(seed))
      var transcript = Transcript()
      var rendition = Rendition()
      for step in 0..<300 {
        if step % 60 == 30 { transcript.addPrompt("again \(step)") }
        transcript.apply(event(&dice), now: nil)
        if Bool.random(using: &dice) { rendition.update(transcript, setting(transcript)) }
      }
      rendition.update(transcript, setting(transcript))
      let whole = fresh(transcript)
      #expect(lines(rendition) == lines(whole), "seed \(seed)")
      #expect(rendition.starts == whole.starts)
      #expect(rendition.turnStarts == whole.turnStarts)
    }
  }

  @Test("an anchor finds its line again, for every line")
  func anchors() {
    let rendition = fresh(
      FleetFixture.full.workers[FleetFixture.watched]?.transcript ?? Transcript())
    #expect(rendition.lineCount > 40)
    for line in 0..<rendition.lineCount {
      #expect(rendition.index(of: rendition.anchor(at: line)) == line)
    }
    #expect(rendition.anchor(at: -5) == rendition.anchor(at: 0))
    #expect(rendition.anchor(at: 1_000_000) == rendition.anchor(at: rendition.lineCount - 1))
    #expect(rendition.line(at: rendition.lineCount) == nil)
  }

  @Test("an empty transcript has no line and one place")
  func empty() {
    let rendition = fresh(Transcript())
    #expect(rendition.lineCount == 0)
    #expect(rendition.anchor(at: 3) == OutputView.Anchor())
    #expect(rendition.index(of: OutputView.Anchor()) == 0)
  }

  @Test(
    "a step that is taken back takes its lines with it, and an anchor in it goes to what is left")
  func resets() {
    var transcript = Transcript()
    for event in [
      WorkerEvent.start(messageID: "m", metadata: nil), .startStep, .textStart(id: "a"),
    ] {
      transcript.apply(event, now: nil)
    }
    transcript.apply(.textDelta(id: "a", delta: "gone"), now: nil)
    var rendition = fresh(transcript)
    let anchor = rendition.anchor(at: 1)
    transcript.apply(.resetStep, now: nil)
    transcript.apply(.error("kept"), now: nil)
    rendition.update(transcript, setting(transcript))
    #expect(lines(rendition).map(\.text) == ["", "error kept", "turn 1"])
    #expect(rendition.index(of: anchor) == 0)
  }

  @Test("what the operator said is shown anew when it changes, also at the same length")
  func prompts() {
    var transcript = Transcript()
    transcript.addPrompt("yes")
    var rendition = fresh(transcript)
    transcript.takePrompts(from: [
      StoredMessage(["role": "user", "parts": [["type": "text", "text": "no!"]]])
    ])
    rendition.update(transcript, setting(transcript))
    #expect(lines(rendition).map(\.text) == ["you   no!"])
  }

  @Test("a thought shows its latest words while it lasts and its first ones after")
  func reasoning() {
    var transcript = Transcript()
    transcript.apply(.reasoningStart(id: "r"), now: 10)
    transcript.apply(.reasoningDelta(id: "r", delta: "First this.\nThen that."), now: 10)
    #expect(lines(fresh(transcript)).map(\.text).first?.hasPrefix("think Then that.") == true)
    transcript.apply(.reasoningEnd(id: "r"), now: 12.5)
    let line = lines(fresh(transcript)).first?.text ?? ""
    #expect(line.hasPrefix("think First this."))
    #expect(line.hasSuffix("4 words  2.5 s"))
  }

  @Test("unfolded, a tool shows input and output, at most forty lines of each")
  func unfolded() {
    var transcript = Transcript()
    let long = (1...60).map { "row \($0)" }.joined(separator: "\n")
    transcript.apply(
      .tool(callID: "a", .inputAvailable(name: "sql", title: nil, input: ["query": "select 1"])),
      now: nil)
    transcript.apply(.tool(callID: "a", .output(.string(long), isPreliminary: false)), now: nil)
    let shown = lines(fresh(transcript, isUnfolded: true)).map(\.text)
    #expect(shown[0].hasPrefix("tool  sql select 1"))
    #expect(shown.suffix(2) == ["          row 40", "          20 more lines; o opens it whole"])
    #expect(lines(fresh(transcript)).count == 1)
  }

  @Test("lines that go from the front are handed on to be freed, and not freed under a key")
  func gone() {
    var transcript = Transcript()
    var view = OutputView()
    func think(_ numbers: Range<Int>) -> [Rendition.Section.Source] {
      for number in numbers {
        let words = DeltaText(String(repeating: "x", count: 1 << 16))
        transcript.apply(.reasoningStart(id: "\(number)"), now: nil)
        transcript.apply(.reasoningDelta(id: "\(number)", delta: words), now: nil)
        transcript.apply(.reasoningEnd(id: "\(number)"), now: nil)
      }
      view.update(transcript, setting(transcript))
      return view.takeGone().map(\.source)
    }
    #expect(think(0..<16) == [])
    let gone = think(16..<17)
    #expect(!gone.isEmpty && transcript.droppedBytes == gone.count << 16)
    #expect(gone + view.rendition.sections.map(\.source) == (0..<17).map { .entry($0) })
    #expect(view.takeGone().isEmpty)
    view.update(transcript, setting(transcript, 50))
    #expect(view.rendition.gone.count == 17 - gone.count)
    view.update(transcript, setting(transcript, 50))
    #expect(view.rendition.gone.isEmpty)
  }

  @Test(
    "a tool's line says how large its output is, where there is room",
    arguments: [
      (JSON.string(String(repeating: "é", count: 24_000)), "ok  1.2 s   48 kB"),
      (["rows": 12], "ok  1.2 s    11 B"), ("", "ok  1.2 s        "), (.null, "ok  1.2 s        "),
    ] as [(JSON, String)])
  func sizes(_ output: JSON, _ words: String) {
    var transcript = Transcript()
    transcript.apply(.tool(callID: "a", .inputStart(name: "sql", title: nil)), now: 10)
    transcript.apply(.tool(callID: "a", .output(output, isPreliminary: false)), now: 11.2)
    #expect(lines(fresh(transcript)).first?.text.hasSuffix(words) == true)
    var narrow = Rendition()
    narrow.update(transcript, setting(transcript, 50))
    #expect(lines(narrow).first?.text.hasSuffix("ok  1.2 s") == true)
  }

  @Test(
    "a tool's line says how it went",
    arguments: [
      (ToolEvent.inputDelta("{\"url\":\"http://a.example/b"), "preparing"),
      (.inputAvailable(name: "t", title: nil, input: .null), "running"),
      (.approvalRequest(id: "x"), "wants approval"),
      (.output(.null, isPreliminary: true), "running"),
      (.output(.null, isPreliminary: false), "ok"), (.outputDenied, "denied"),
      (.outputError("no"), "failed"),
    ])
  func stages(_ event: ToolEvent, _ word: String) {
    var transcript = Transcript()
    transcript.apply(.tool(callID: "a", .inputStart(name: "t", title: nil)), now: nil)
    transcript.apply(.tool(callID: "a", event), now: nil)
    let words = lines(fresh(transcript)).first?.text.split(separator: " ").dropFirst(2) ?? []
    #expect(words.joined(separator: " ").hasSuffix(word))
  }
}
