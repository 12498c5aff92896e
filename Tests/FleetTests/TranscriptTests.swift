import Testing
import WorkerAPI

@testable import Fleet

/// What a transcript shows, without times and revisions.
struct Shown: Equatable {
  var turns: [String]
  var contents: [Transcript.Content]
  var malformed = 0

  init(_ turns: [String], _ contents: [Transcript.Content], malformed: Int = 0) {
    self.turns = turns
    self.contents = contents
    self.malformed = malformed
  }

  init(_ transcript: Transcript) {
    turns = transcript.turns.map { "\($0.messageID ?? "-") \($0.status)" }
    contents = transcript.entries.map(\.content)
    malformed = transcript.oddities.malformed
  }
}

extension Transcript {
  init(_ events: [WorkerEvent], now: Double? = nil) {
    self.init()
    for event in events { apply(event, now: now) }
  }
}

@Suite struct TranscriptTests {
  private static func start(_ id: String? = nil) -> WorkerEvent {
    .start(messageID: id, metadata: nil)
  }

  private static func text(_ text: String, id: String = "1") -> [WorkerEvent] {
    [.textStart(id: id), .textDelta(id: id, delta: DeltaText(text)), .textEnd(id: id)]
  }

  private static let finish = WorkerEvent.finish(reason: "stop", metadata: nil)

  static let cases: [(name: String, events: [WorkerEvent], shown: Shown)] = [
    (
      "a whole turn", [start("m"), .startStep] + text("a") + [.finishStep, finish, .done],
      Shown(["m completed"], [.text("a")])
    ),
    ("no start, no steps", text("a") + [finish], Shown(["- completed"], [.text("a")])),
    ("no finish", [start("m")] + text("a"), Shown(["m streaming"], [.text("a")])),
    (
      "the end mark alone completes", [start("m")] + text("a") + [.done],
      Shown(["m completed"], [.text("a")])
    ),
    (
      "frames after the end mark count",
      [start("m"), .textStart(id: "1"), .done]
        + [.textDelta(id: "1", delta: "late")], Shown(["m completed"], [.text("late")])
    ),
    (
      "runs interleave in the order of their start",
      [
        start("m"), .textStart(id: "1"), .reasoningStart(id: "1"), .textStart(id: "2"),
        .textDelta(id: "2", delta: "c"), .textDelta(id: "1", delta: "a"),
        .reasoningDelta(id: "1", delta: "r"), .textDelta(id: "1", delta: "b"),
        .reasoningEnd(id: "1"), .textEnd(id: "1"), .textEnd(id: "2"),
      ],
      Shown(["m streaming"], [.text("ab"), .reasoning("r", isOpen: false), .text("c")])
    ),
    (
      "a second start of an open id opens another part",
      [
        .textStart(id: "1"), .textDelta(id: "1", delta: "a"), .textStart(id: "1"),
        .textDelta(id: "1", delta: "b"),
      ],
      Shown(["- streaming"], [.text("a"), .text("b")])
    ),
    (
      "a delta without a start keeps its text and is reported",
      [
        .textDelta(id: "1", delta: "a"), .textDelta(id: "1", delta: "b"),
        .reasoningDelta(id: "1", delta: "r"), .textEnd(id: "9"), .reasoningEnd(id: "9"),
      ],
      Shown(["- streaming"], [.text("ab"), .reasoning("r", isOpen: true)], malformed: 4)
    ),
    (
      "a step's end forgets the open ids",
      [
        .startStep, .reasoningStart(id: "1"), .textStart(id: "1"), .finishStep,
        .textDelta(id: "1", delta: "x"),
      ],
      Shown(["- streaming"], [.reasoning("", isOpen: false), .text(""), .text("x")], malformed: 1)
    ),
    (
      "an error is kept and what follows too",
      [start("m")] + text("a") + [.error("one")] + text("b") + [.error("two"), finish],
      Shown(["m failed"], [.text("a"), .error("one"), .text("b"), .error("two")])
    ),
    (
      "an error before anything opens no message of its own",
      [.error("no"), start("m")] + text("a"),
      Shown(["- failed", "m streaming"], [.error("no"), .text("a")])
    ),
    (
      "an abort stays one after a finish and an error",
      [start("m")] + text("a") + [.abort(reason: "stop"), finish, .error("e"), .done],
      Shown(["m aborted"], [.text("a"), .aborted(reason: "stop"), .error("e")])
    ),
    (
      "a finish with the reason error is a failure",
      [start("m"), .finish(reason: "error", metadata: nil)], Shown(["m failed"], [])
    ),
    (
      "the same id continues its message, also after its end",
      [start("m")] + text("a") + [finish, start("m")] + text("b") + [finish],
      Shown(["m completed"], [.text("a"), .text("b")])
    ),
    (
      "another id opens another message", [start("m")] + text("a") + [start("n")] + text("b"),
      Shown(["m streaming", "n streaming"], [.text("a"), .text("b")])
    ),
    (
      "a start without an id continues a message with parts",
      [start("m")] + text("a") + [start()] + text("b"),
      Shown(["m streaming"], [.text("a"), .text("b")])
    ),
    (
      "a start without an id after an end opens a message",
      [start()] + text("a") + [finish, start()] + text("b") + [finish],
      Shown(["- completed", "- completed"], [.text("a"), .text("b")])
    ),
    (
      "a start renames a message without parts", [start("m"), start("n")] + text("a"),
      Shown(["n streaming"], [.text("a")])
    ),
    (
      "what has no parts opens no message after an end",
      [start("m")] + text("a") + [
        finish, .finishStep, .metadata(["a": 1]), finish, .done,
        .data(name: "x", id: nil, value: 1, isTransient: true),
      ],
      Shown(["m completed"], [.text("a")])
    ),
    (
      "data of the same name and id is replaced in place",
      [
        .data(name: "p", id: "1", value: 1, isTransient: false),
        .data(name: "p", id: "2", value: 2, isTransient: false),
        .data(name: "p", id: nil, value: 3, isTransient: false),
        .data(name: "p", id: "1", value: 4, isTransient: false),
        .data(name: "p", id: nil, value: 5, isTransient: false),
        .data(name: "p", id: "1", value: 6, isTransient: true),
      ],
      Shown(
        ["- streaming"],
        [
          .data(name: "p", id: "1", value: 4), .data(name: "p", id: "2", value: 2),
          .data(name: "p", id: nil, value: 3), .data(name: "p", id: nil, value: 5),
        ])
    ),
    (
      "a reset step drops its parts alone",
      [start("m"), .startStep] + text("a") + [
        .finishStep, .startStep, .textStart(id: "2"),
        .textDelta(id: "2", delta: "b"), .resetStep,
      ] + text("c"),
      Shown(["m streaming"], [.text("a"), .dropped, .text("c")])
    ),
    (
      "sources, documents and files are parts",
      [
        .source(id: "s", title: "T", url: "u"),
        .document(id: "d", title: "D", mediaType: "m", filename: "f"),
        .file(url: "https://h/api/workers/w/files/a%2Fb/%C3%BC.md?x=1", mediaType: "m"),
        .file(url: "data:text/plain,a/files/b", mediaType: "m"), .plainText("p"),
      ],
      Shown(
        ["- streaming"],
        [
          .source(WorkerSource(id: "s", title: "T", url: "u")),
          .source(WorkerSource(id: "d", title: "D", url: "f")),
          .file(
            WorkerFile(
              filename: "a/b/ü.md", mediaType: "m",
              url: "https://h/api/workers/w/files/a%2Fb/%C3%BC.md?x=1")),
          .file(WorkerFile(filename: nil, mediaType: "m", url: "data:text/plain,a/files/b")),
          .plain("p"),
        ], malformed: 1)
    ),
    (
      "nothing that cannot be used changes the parts",
      [.malformed(reason: "x", data: "y"), .unknown(type: "z", .null)], Shown([], [], malformed: 1)
    ),
  ]

  @Test("Each series of events gives its parts", arguments: cases)
  func apply(name: String, events: [WorkerEvent], shown: Shown) {
    #expect(Shown(Transcript(events)) == shown, "\(name)")
  }

  @Test("Metadata merges deeply, and its creation date is the turn's start")
  func metadata() {
    var transcript = Transcript([
      .start(messageID: "m", metadata: ["a": ["b": 1, "c": 2], "createdAt": 1_700_000_000_000]),
      .metadata(["a": ["b": [3]], "d": 4]), .finish(reason: "stop", metadata: ["d": .null]),
    ])
    #expect(transcript.turns.map(\.startedAt) == [1_700_000_000])
    #expect(
      transcript.turns.map(\.metadata) == [
        ["a": ["b": [3], "c": 2], "createdAt": 1_700_000_000_000, "d": .null]
      ])
    transcript.apply(.metadata(["createdAt": "1970-01-01T00:01:00Z"]), now: nil)
    #expect(transcript.turns[0].startedAt == 60)
  }

  @Test("Unknown types are counted, by name and within a bound")
  func unknown() {
    let types = (0..<200).map { "t\($0)" } + ["t0", String(repeating: "x", count: 1_000)]
    let transcript = Transcript(types.map { .unknown(type: $0, .null) })
    #expect(transcript.oddities.unknown.count == 100)
    #expect(transcript.oddities.unknown["t0"] == 2)
    let long = Transcript([.unknown(type: types[201], .null)])
    #expect(long.oddities.unknown == [String(repeating: "x", count: 100): 1])
  }

  @Test("Parts that were watched have their times, replayed ones have none")
  func times() {
    var transcript = Transcript()
    transcript.apply(.reasoningStart(id: "1"), now: 10)
    transcript.apply(.textStart(id: "1"), now: 11)
    transcript.apply(.textEnd(id: "1"), now: 12.5)
    transcript.apply(.reasoningEnd(id: "1"), now: 14)
    transcript.apply(.textStart(id: "2"), now: nil)
    #expect(transcript.entries.map(\.duration) == [4, 1.5, nil])
  }

  @Test("The activity is the end of what goes on, the text is all that was written")
  func activity() {
    func activity(_ events: [WorkerEvent]) -> String? { Transcript(events).activity }
    #expect(activity([]) == nil)
    #expect(activity(Self.text("# one\n**two** `x`\n")) == "two x")
    #expect(activity(Self.text("Read one. Then two\n\n```\n---\n")) == "Then two")
    #expect(activity(Self.text("```\n---\n")) == "writing")
    #expect(activity([.reasoningStart(id: "1")]) == "thinking")
    #expect(activity([.error("e"), .source(id: "s", title: nil, url: "u")]) == "e")
    #expect(activity([.abort(reason: nil)]) == "aborted")
    #expect(activity([.file(url: "h/a.md", mediaType: "")]) == "wrote a.md")
    #expect(
      activity([
        .tool(callID: "c", .inputAvailable(name: "web", title: nil, input: ["n": 1, "query": "q"]))
      ]) == "web q")
    #expect(Transcript(Self.text("a") + [.plainText("b")]).text == "a\n\nb")
  }
}
