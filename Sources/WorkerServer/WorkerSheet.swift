import WorkerAPI

/// A worker's turns as the one JSON object that the API answers with (protocol.md (a)).
struct WorkerSheet {
  var id: String
  var createdAt: Double
  /// The name that it was created under, for the demo's cast.
  var title: String?
  var turns: [Turn]
  /// Seconds since 1970 at which it is looked at.
  var now: Double

  func json(origin: String) -> JSON {
    let last = turns.last
    let isPending = last.map { !$0.isFinished && $0.recipe.startedAt > now } ?? false
    let isRunning = last.map { !$0.isFinished } ?? false && !isPending
    let texts = last?.message.texts ?? []
    return .object(
      JSONObject([
        ("id", .string(id)),
        ("object", "worker"),
        ("created_at", .integer(Int(createdAt.rounded(.down)))),
        ("status", .string(isPending ? "pending" : isRunning ? "running" : "completed")),
        ("running", .bool(isRunning)),
        ("error", last?.message.error.map(failure) ?? .null),
        ("incomplete_details", last?.message.incompleteDetails ?? .null),
        ("output", output(texts)),
        ("output_text", .string(texts.joined(separator: "\n\n"))),
        ("files", .array(files(origin: origin).map(\.json))),
        ("sources", .array(sources.map(\.json))),
        ("messages", messages(origin: origin)),
        ("metadata", .object(metadata)),
        ("usage", usage.json),
        ("costs", costs.json),
      ]))
  }

  private var metadata: JSONObject {
    var object = JSONObject([("turns", .integer(turns.count))])
    object["title"] = title.map(JSON.string)
    object["scenario"] = turns.last.map { .string($0.recipe.scenario.rawValue) }
    object["budget"] = turns.last.map { .string($0.recipe.budget.word) }
    return object
  }

  private func failure(_ message: String) -> JSON {
    ["code": "run_failed", "message": .string(message)]
  }

  private func output(_ texts: [String]) -> JSON {
    guard let turn = turns.last, !texts.isEmpty else { return [] }
    return [
      [
        "id": .string(turn.recipe.messageID), "type": "message", "role": "assistant",
        "status": "completed",
        "content": .array(texts.map { ["type": "output_text", "text": .string($0)] }),
      ]
    ]
  }

  private func messages(origin: String) -> JSON {
    var messages: [JSON] = []
    for turn in turns {
      messages.append([
        "id": .string("\(turn.recipe.messageID)-input"), "role": "user",
        "parts": [["type": "text", "text": .string(turn.recipe.input)]],
      ])
      if !turn.message.parts.isEmpty { messages.append(turn.message.json(origin: origin)) }
    }
    return .array(messages)
  }

  /// The newest of each path, in the order in which they were first made.
  private func files(origin: String) -> [WorkerFile] {
    var files: [WorkerFile] = []
    for case .file(let url, let mediaType) in turns.flatMap(\.message.parts) {
      guard let path = Self.path(in: url) else { continue }
      let file = WorkerFile(
        filename: path, mediaType: mediaType, url: Origin.fill(origin, into: url))
      if let index = files.firstIndex(where: { $0.filename == path }) {
        files[index] = file
      } else {
        files.append(file)
      }
    }
    return files
  }

  private static func path(in url: String) -> String? {
    let path = String(url.dropFirst(Origin.placeholder.count))
    guard case .route(.file(_, let file)) = Route.match(method: "GET", path: path) else {
      return nil
    }
    return file
  }

  private var sources: [WorkerSource] {
    var seen: Set<String> = []
    return turns.flatMap(\.message.parts).compactMap {
      if case .source(let source) = $0, seen.insert(source.url).inserted { source } else { nil }
    }
  }

  /// The sum over all turns; a turn that has not begun adds nothing.
  private var usage: Usage {
    var sum = Usage(credits: 0, durationMilliseconds: 0)
    for usage in turns.compactMap(\.message.usage) {
      sum.inputTokens += usage.inputTokens
      sum.outputTokens += usage.outputTokens
      sum.reasoningTokens += usage.reasoningTokens
      sum.cacheReadTokens += usage.cacheReadTokens
      sum.cacheWriteTokens += usage.cacheWriteTokens
      sum.totalTokens += usage.totalTokens
      sum.steps += usage.steps
      sum.costUSD += usage.costUSD
      sum.credits = (sum.credits ?? 0) + (usage.credits ?? 0)
      sum.durationMilliseconds =
        (sum.durationMilliseconds ?? 0) + (usage.durationMilliseconds ?? 0)
    }
    sum.costUSD = (sum.costUSD * 1e6).rounded() / 1e6
    return sum
  }

  private var costs: Costs {
    var sum = Costs()
    for costs in turns.compactMap(\.message.costs) {
      sum.model += costs.model
      sum.tools += costs.tools
      sum.sandbox += costs.sandbox
      sum.internalCost += costs.internalCost
    }
    return sum
  }
}
