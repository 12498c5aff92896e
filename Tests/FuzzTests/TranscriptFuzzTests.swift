import Fleet
import Support
import Testing
import WorkerAPI

@Suite struct TranscriptFuzzTests {
  private static let bounds = {
    var bounds = Transcript.Bounds.screen
    bounds.bytes = 100
    bounds.entries = 6
    return bounds
  }()

  private static let stored = ##"""
    {"role":"assistant","id":"1","parts":[{"type":"text","text":"a"},{"type":"tool-x","toolCallId":"1",
    "state":"output-available","input":{"a":1},"output":2},{"type":"data-plan","id":"1","data":[1]}]}
    """##

  private static func frame(_ random: inout Seeded) -> [UInt8] {
    var bytes =
      switch Int.random(in: 0..<12, using: &random) {
      case 0: Array("[DONE]".utf8)
      case 1: Array(stored.utf8)
      case 2: FuzzValue.json(&random, depth: 0).bytes
      case 3: JSON.string(FuzzValue.frame(&random).text).bytes
      default: FuzzValue.frame(&random).bytes
      }
    if Int.random(in: 0..<4, using: &random) == 0 { Mutation.mutate(&bytes, &random) }
    return bytes
  }

  /// What is wrong with a transcript, if anything.
  private static func flaw(_ transcript: Transcript) -> String? {
    let entries = transcript.entries
    if entries.count > bounds.entries { return "\(entries.count) entries" }
    if transcript.turns.contains(where: { $0.firstEntry > entries.count }) {
      return "a turn begins behind the end"
    }
    if entries.contains(where: { !transcript.turns.indices.contains($0.turn) }) {
      return "an entry of no turn"
    }
    let held = entries.dropLast().reduce(0) { $0 + size($1.content) }
    if held > bounds.bytes { return "\(held) bytes held" }
    return nil
  }

  /// The texts of an entry, without its values.
  private static func size(_ content: Transcript.Content) -> Int {
    switch content {
    case .text(let text), .plain(let text), .reasoning(let text, _), .error(let text):
      text.utf8.count
    case .tool(let call): call.inputText.utf8.count + (call.errorText?.utf8.count ?? 0)
    default: 0
    }
  }

  @Test("Any frames in any order make a transcript that is whole and within its bounds")
  func frames() throws {
    try Fuzz(share: 10, name: "transcript").run { random in
      var transcript = Transcript(bounds: Self.bounds)
      var frames: [String] = []
      for _ in 0..<Int.random(in: 1...16, using: &random) {
        let bytes = Self.frame(&random)
        let event = WorkerEvent(bytes: bytes.span)
        let data = String(decoding: bytes, as: UTF8.self)
        frames.append(data)
        guard event == WorkerEvent(data: data) else {
          return Fuzz.Failure("the bytes say \(event), their text another thing", bytes)
        }
        transcript.apply(event, now: nil)
        if let flaw = Self.flaw(transcript) {
          return Fuzz.Failure(flaw, frames.joined(separator: "\n"))
        }
      }
      for message in transcript.messages where message["parts"]?.array == nil {
        return Fuzz.Failure("a message without parts", frames.joined(separator: "\n"))
      }
      return nil
    }
  }
}
