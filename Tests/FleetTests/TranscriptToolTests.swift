import Testing
import WorkerAPI

@testable import Fleet

@Suite struct TranscriptToolTests {
  private static func on(_ call: String, _ event: ToolEvent) -> WorkerEvent {
    .tool(callID: call, event)
  }

  private static func tool(
    _ id: String, _ stage: ToolCall.Stage, text: String = "", input: JSON? = nil,
    output: JSON? = nil, title: String? = nil
  ) -> Transcript.Content {
    .tool(
      ToolCall(
        id: id, name: "web", title: title, stage: stage, inputText: text, input: input,
        output: output))
  }

  private static let ready = ToolEvent.inputAvailable(name: "web", title: nil, input: ["q": 1])

  static let cases:
    [(name: String, events: [WorkerEvent], contents: [Transcript.Content], malformed: Int)] = [
      (
        "an input that streams",
        [
          on("c", .inputStart(name: "web", title: "T")), on("c", .inputDelta("{\"q")),
          on("c", .inputDelta("\":1}")),
        ],
        [tool("c", .inputStreaming, text: "{\"q\":1}", title: "T")], 0
      ),
      (
        "a whole call",
        [
          on("c", .inputStart(name: "web", title: nil)), on("c", .inputDelta("{}")), on("c", ready),
          on("c", .output([1], isPreliminary: true)), on("c", .output([2], isPreliminary: false)),
        ],
        [tool("c", .done, text: "{}", input: ["q": 1], output: [2])], 0
      ),
      (
        "a preliminary output leaves it running",
        [on("c", ready), on("c", .output(1, isPreliminary: true))],
        [tool("c", .running, input: ["q": 1], output: 1)], 0
      ),
      ("no start", [on("c", ready)], [tool("c", .running, input: ["q": 1])], 0),
      (
        "an output in a later step",
        [
          .startStep, on("c", ready), .finishStep, .startStep, on("d", ready),
          on("c", .output(1, isPreliminary: false)),
        ],
        [tool("c", .done, input: ["q": 1], output: 1), tool("d", .running, input: ["q": 1])], 0
      ),
      (
        "the same id in a later step is another call",
        [
          .startStep, on("c", ready), on("c", .output(1, isPreliminary: false)), .finishStep,
          .startStep,
          on("c", ready), on("c", .outputError("e")),
        ],
        [tool("c", .done, input: ["q": 1], output: 1), tool("c", .failed("e"), input: ["q": 1])], 0
      ),
      (
        "a second start in one step starts again",
        [
          on("c", .inputStart(name: "web", title: nil)), on("c", .inputDelta("x")),
          on("c", .inputStart(name: "web", title: nil)),
        ],
        [tool("c", .inputStreaming)], 0
      ),
      (
        "an input that is refused",
        [on("c", .inputError(name: "web", input: "raw", message: "bad"))],
        [tool("c", .failed("bad"), input: "raw")], 0
      ),
      (
        "an approval that names the call",
        [
          on("c", ready), on("c", .approvalRequest(id: "a")),
          on("c", .approvalResponse(isApproved: false, reason: nil)),
        ],
        [tool("c", .denied, input: ["q": 1])], 0
      ),
      (
        "an approval that names only itself",
        [
          on("c", ready), on("c", .approvalRequest(id: "a")),
          on("a", .approvalResponse(isApproved: true, reason: nil)),
        ],
        [tool("c", .running, input: ["q": 1])], 0
      ),
      (
        "an approval that waits", [on("c", ready), on("c", .approvalRequest(id: "a"))],
        [tool("c", .awaitingApproval, input: ["q": 1])], 0
      ),
      (
        "a denial", [on("c", ready), on("c", .outputDenied)], [tool("c", .denied, input: ["q": 1])],
        0
      ),
      (
        "chunks for a call that never began",
        [
          on("c", .inputDelta("x")), on("c", .output(1, isPreliminary: false)),
          on("c", .outputError("e")),
          on("c", .outputDenied), on("c", .approvalRequest(id: "a")),
          on("a", .approvalResponse(isApproved: true, reason: nil)),
        ],
        [], 6
      ),
      (
        "a call of a step that was reset may come again",
        [
          .startStep, on("c", ready), .resetStep, on("c", ready),
          on("c", .output(1, isPreliminary: false)),
        ],
        [.dropped, tool("c", .done, input: ["q": 1], output: 1)], 0
      ),
    ]

  @Test("Each series of tool events gives its calls", arguments: cases)
  func apply(name: String, events: [WorkerEvent], contents: [Transcript.Content], malformed: Int) {
    let transcript = Transcript(events)
    #expect(transcript.entries.map(\.content) == contents, "\(name)")
    #expect(transcript.oddities.malformed == malformed, "\(name)")
  }

  @Test("A call's time ends when it is no longer open")
  func times() {
    var transcript = Transcript()
    transcript.apply(Self.on("c", Self.ready), now: 1)
    transcript.apply(Self.on("c", .output(1, isPreliminary: true)), now: 2)
    #expect(transcript.entries.map(\.endedAt) == [nil])
    transcript.apply(Self.on("c", .output(1, isPreliminary: false)), now: 4)
    #expect(transcript.entries.map(\.duration) == [3])
  }
}
