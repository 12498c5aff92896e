/// What a worker has used up; later API versions send only credits and duration.
public struct Usage: Hashable, Sendable {
  public var inputTokens: Int
  public var outputTokens: Int
  public var reasoningTokens: Int
  public var cacheReadTokens: Int
  public var cacheWriteTokens: Int
  public var totalTokens: Int
  public var steps: Int
  /// US dollars.
  public var costUSD: Double
  public var credits: Double?
  public var durationMilliseconds: Double?

  public init(
    inputTokens: Int = 0, outputTokens: Int = 0, reasoningTokens: Int = 0,
    cacheReadTokens: Int = 0, cacheWriteTokens: Int = 0, totalTokens: Int = 0, steps: Int = 0,
    costUSD: Double = 0, credits: Double? = nil, durationMilliseconds: Double? = nil
  ) {
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.reasoningTokens = reasoningTokens
    self.cacheReadTokens = cacheReadTokens
    self.cacheWriteTokens = cacheWriteTokens
    self.totalTokens = totalTokens
    self.steps = steps
    self.costUSD = costUSD
    self.credits = credits
    self.durationMilliseconds = durationMilliseconds
  }

  /// Nil unless the value is an object; a missing count reads as nought.
  public init?(json: JSON) {
    guard json.object != nil else { return nil }
    self.init(
      inputTokens: json["inputTokens"]?.int ?? 0, outputTokens: json["outputTokens"]?.int ?? 0,
      reasoningTokens: json["reasoningTokens"]?.int ?? 0,
      cacheReadTokens: json["cacheReadTokens"]?.int ?? 0,
      cacheWriteTokens: json["cacheWriteTokens"]?.int ?? 0,
      totalTokens: json["totalTokens"]?.int ?? 0, steps: json["steps"]?.int ?? 0,
      costUSD: json["costUsd"]?.double ?? 0, credits: json["credits"]?.double,
      durationMilliseconds: json["durationMs"]?.double)
  }

  public var json: JSON {
    var object = JSONObject([
      ("cacheReadTokens", .integer(cacheReadTokens)),
      ("cacheWriteTokens", .integer(cacheWriteTokens)),
      ("costUsd", .number(costUSD)),
      ("inputTokens", .integer(inputTokens)),
      ("outputTokens", .integer(outputTokens)),
      ("reasoningTokens", .integer(reasoningTokens)),
      ("steps", .integer(steps)),
      ("totalTokens", .integer(totalTokens)),
    ])
    object["credits"] = credits.map(JSON.number)
    object["durationMs"] = durationMilliseconds.map(JSON.number)
    return .object(object)
  }

  /// The part of all input that was read from the cache, 0...1; nil before any input.
  public var cacheHitRate: Double? {
    inputTokens > 0 ? min(1, Double(cacheReadTokens) / Double(inputTokens)) : nil
  }
}

/// Where the money went, in US dollars.
public struct Costs: Hashable, Sendable {
  public var model: Double
  public var tools: Double
  public var sandbox: Double
  public var internalCost: Double

  public init(model: Double = 0, tools: Double = 0, sandbox: Double = 0, internalCost: Double = 0) {
    self.model = model
    self.tools = tools
    self.sandbox = sandbox
    self.internalCost = internalCost
  }

  /// Nil unless the value is an object; a missing part reads as nought.
  public init?(json: JSON) {
    guard json.object != nil else { return nil }
    self.init(
      model: json["modelCostUsd"]?.double ?? 0, tools: json["toolCostUsd"]?.double ?? 0,
      sandbox: json["sandboxCostUsd"]?.double ?? 0,
      internalCost: json["internalCostUsd"]?.double ?? 0)
  }

  public var json: JSON {
    [
      "internalCostUsd": .number(internalCost), "modelCostUsd": .number(model),
      "sandboxCostUsd": .number(sandbox), "toolCostUsd": .number(tools),
    ]
  }

  public var total: Double { model + tools + sandbox + internalCost }
}
