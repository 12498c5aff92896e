import WorkerAPI

@testable import Fleet

/// The truth about one worker, as a server would know it: what it said, in messages of parts.
struct ModelServer {
  private(set) var events: [WorkerEvent] = []
  private(set) var isRunning = true
  private(set) var credits = 1.0
  /// Finished messages; the running one is in `parts`.
  private var messages: [JSON] = []
  private var parts: [JSON] = []
  private var running: String?
  private var count = 0

  /// Adds a part to the running message, which is begun when there is none.
  mutating func say(_ random: inout some RandomNumberGenerator) {
    guard isRunning else { return }
    credits += 0.5
    if running == nil {
      count += 1
      running = "m\(count)"
      events += [.start(messageID: running, metadata: nil), .startStep]
    }
    count += 1
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      let url = "https://s/\(count)"
      events.append(.source(id: "s\(count)", title: "S", url: url))
      parts.append([
        "type": "source-url", "sourceId": .string("s\(count)"), "title": "S", "url": .string(url),
      ])
    case 1:
      events += [
        .tool(
          callID: "c\(count)",
          .inputAvailable(name: "search", title: nil, input: ["q": .integer(count)])),
        .tool(callID: "c\(count)", .output(["hits": .integer(count)], isPreliminary: nil)),
      ]
      parts.append([
        "type": "tool-search", "toolCallId": .string("c\(count)"), "state": "output-available",
        "input": ["q": .integer(count)], "output": ["hits": .integer(count)],
      ])
    default:
      let words = (0..<Int.random(in: 1...3, using: &random)).map { "w\(count).\($0) " }
      let id = "t\(count)"
      events += [.textStart(id: id)] + words.map { .textDelta(id: id, delta: DeltaText($0)) }
      events.append(.textEnd(id: id))
      parts.append(["type": "text", "text": .string(words.joined())])
    }
  }

  /// Ends the running message; the run may go on with another one.
  mutating func finishMessage() {
    guard let id = running else { return }
    events += [.finishStep, .finish(reason: "stop", metadata: nil)]
    messages.append(["id": .string(id), "role": "assistant", "parts": .array(parts)])
    parts = []
    running = nil
  }

  mutating func finishRun() {
    guard isRunning else { return }
    finishMessage()
    events.append(.done)
    isRunning = false
  }

  /// What a GET answers now.
  var worker: Worker {
    .sample(
      "a", isRunning ? "running" : "completed",
      JSONObject([
        ("messages", .array(messages)), ("usage", ["credits": .number(credits)]),
        ("running", .bool(isRunning)),
      ]))
  }

  /// What the console is to show at the end, a line a part.
  var story: [String] {
    messages.flatMap { $0["parts"]?.array ?? [] }.map { part in
      if let text = part["text"]?.string { return text }
      return part["url"]?.string ?? part["toolCallId"]?.string ?? "?"
    }
  }
}

extension Transcript {
  /// The same lines of what a console knows; a text that was only begun says nothing.
  var story: [String] {
    entries.compactMap { entry in
      switch entry.content {
      case .text(""), .plain(""): nil
      case .text(let text), .plain(let text): text
      case .source(let source): source.url
      case .tool(let call): call.id
      default: "other"
      }
    }
  }
}
