import Testing
import WorkerAPI

@Suite struct WorkerTests {
  static let reference = #"""
    {"id":"t_org_123_w_01","created_at":1700000000,"error":null,"incomplete_details":null,
    "files":[{"filename":"scratchpad/plan.md","mediaType":"text/markdown","url":"https://h/f"},
    {"filename":null,"mediaType":"image/png","url":"https://h/g"}],
    "messages":[{"id":"m1","role":"user","parts":[{"type":"text","text":"hi"}]}],
    "metadata":{"k":"v"},"object":"worker",
    "output":[{"id":"o1","content":[{"text":"Hel","type":"output_text"},{"text":"lo","type":"output_text"}],
    "role":"assistant","status":"completed","type":"message"}],
    "output_text":"Hello","running":false,
    "sources":[{"id":"s1","title":"T","type":"url","url":"https://s/1"},
    {"id":"s2","title":null,"type":"url","url":"https://s/2"}],
    "status":"completed",
    "costs":{"internalCostUsd":0.25,"modelCostUsd":1,"sandboxCostUsd":0.5,"toolCostUsd":0.125},
    "usage":{"cacheReadTokens":50,"cacheWriteTokens":2,"costUsd":1.875,"inputTokens":200,
    "outputTokens":30,"reasoningTokens":4,"steps":5,"totalTokens":230,"credits":6,"durationMs":700}}
    """#

  private func worker(_ text: String) throws -> Worker {
    try #require(Worker(json: JSONReader.read(text)))
  }

  @Test("The reference's worker is read whole")
  func reference() throws {
    let worker = try worker(Self.reference)
    #expect(worker.id == "t_org_123_w_01")
    #expect(worker.createdAt == 1_700_000_000)
    #expect(worker.status == .completed)
    #expect(!worker.isRunning)
    #expect(worker.error == nil)
    #expect(worker.incompleteDetails == nil)
    #expect(worker.outputText == "Hello")
    #expect(
      worker.files == [
        WorkerFile(filename: "scratchpad/plan.md", mediaType: "text/markdown", url: "https://h/f"),
        WorkerFile(filename: nil, mediaType: "image/png", url: "https://h/g"),
      ])
    #expect(
      worker.sources == [
        WorkerSource(id: "s1", title: "T", url: "https://s/1"),
        WorkerSource(id: "s2", title: nil, url: "https://s/2"),
      ])
    #expect(worker.messages.map(\.role) == ["user"])
    #expect(worker.metadata == JSONObject([("k", "v")]))
    #expect(worker.costs == Costs(model: 1, tools: 0.125, sandbox: 0.5, internalCost: 0.25))
    #expect(worker.costs?.total == 1.875)
    #expect(
      worker.usage
        == Usage(
          inputTokens: 200, outputTokens: 30, reasoningTokens: 4, cacheReadTokens: 50,
          cacheWriteTokens: 2, totalTokens: 230, steps: 5, costUSD: 1.875, credits: 6,
          durationMilliseconds: 700))
    #expect(worker.usage?.cacheHitRate == 0.25)
    #expect(worker.raw == (try JSONReader.read(Self.reference)))
  }

  @Test(
    "Each field but the id may be absent, null or mistyped",
    arguments: [
      "created_at", "error", "incomplete_details", "files", "messages", "metadata", "object",
      "output", "output_text", "running", "sources", "status", "costs", "usage",
    ])
  func nullable(name: String) throws {
    let json = try JSONReader.read(Self.reference)
    var absent = try #require(json.object)
    var null = absent
    var odd = absent
    absent[name] = nil
    null[name] = .null
    odd[name] = name == "error" || name == "incomplete_details" ? .null : .array([.array([])])
    let expected = try #require(Worker(json: .object(absent)))
    for object in [null, odd] {
      var worker = try #require(Worker(json: .object(object)))
      if name == "messages" { worker.messages = [] }
      worker.raw = expected.raw
      #expect(worker == expected)
    }
  }

  @Test("Without an id there is no worker")
  func withoutID() throws {
    for text in ["{}", #"{"id":""}"#, #"{"id":7}"#, "[]", "null", "\"w\""] {
      #expect(Worker(json: try JSONReader.read(text)) == nil)
    }
    let bare = try worker(#"{"id":"w"}"#)
    #expect(bare.status == .other(""))
    #expect(!bare.isRunning)
    #expect(bare.outputText == "")
  }

  @Test("Fields of later versions stay in the raw value, and a status of theirs is kept")
  func later() throws {
    let text =
      #"{"id":"w","status":"paused","running":true,"url":"u","structured_output":{"a":[1]},"files":[{"filename":"f","size":7}]}"#
    let worker = try worker(text)
    #expect(worker.status == .other("paused"))
    #expect(worker.status.word == "paused")
    #expect(worker.isRunning)
    #expect(worker.files == [WorkerFile(filename: "f", mediaType: "", url: "f", size: 7)])
    #expect(worker.raw.text == text)
    for word in ["running", "completed", "pending", ""] { #expect(WorkerStatus(word).word == word) }
  }

  @Test("A running flag stands in for a missing status, and the status for a missing flag")
  func running() throws {
    #expect(try worker(#"{"id":"w","running":true}"#).status == .running)
    #expect(try worker(#"{"id":"w","status":"running"}"#).isRunning)
    #expect(try worker(#"{"id":"w","status":"completed","running":true}"#).isRunning)
  }

  @Test("The text is put together from the output when it is not given")
  func output() throws {
    let text = #"{"id":"w","output":[{"content":[{"text":"a"},{}]},7,{"content":[{"text":"b"}]}]}"#
    #expect(try worker(text).outputText == "ab")
  }

  @Test("Figures that are left out read as nought, and those of no object as none")
  func usage() throws {
    #expect(Usage(json: ["credits": 3]) == Usage(credits: 3))
    #expect(Usage(json: ["inputTokens": 1.9, "steps": "x"]) == Usage(inputTokens: 1))
    #expect(Usage(json: .null) == nil)
    #expect(Costs(json: [:]) == Costs())
    #expect(Costs(json: []) == nil)
    #expect(Usage().cacheHitRate == nil)
    #expect(Usage(inputTokens: 1, cacheReadTokens: 9).cacheHitRate == 1)
    let usage = Usage(inputTokens: 1, steps: 2, costUSD: 0.5, credits: 7, durationMilliseconds: 8)
    #expect(Usage(json: usage.json) == usage)
    let costs = Costs(model: 1, tools: 2, sandbox: 3, internalCost: 4)
    #expect(Costs(json: costs.json) == costs)
  }

  @Test("Files and sources are read back as they were written")
  func parts() {
    let file = WorkerFile(filename: nil, mediaType: "a/b", url: "u")
    #expect(WorkerFile(json: file.json) == file)
    #expect(WorkerFile(json: ["mediaType": "a/b"]) == nil)
    let source = WorkerSource(id: "s", title: nil, url: "u")
    #expect(WorkerSource(json: source.json) == source)
    #expect(WorkerSource(json: ["url": "u"]) == WorkerSource(id: "u", title: nil, url: "u"))
    #expect(WorkerSource(json: ["id": "s"]) == nil)
  }
}
