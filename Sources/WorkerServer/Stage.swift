import WorkerAPI

/// Gives scenes their time, their tokens and their price.
struct Stage: Sendable {
  /// Seconds since the script's beginning.
  private(set) var time = 0.35
  private var random: SplitMix64
  private var calls = 0
  /// Tokens that the model reads at the next step.
  private var context = 2_400
  /// The part of `context` that the cache holds.
  private var cached = 0
  private var unreported = Spending()
  private var reportedAt = 0.0

  private let model: Script.Model

  init(seed: UInt64, model: Script.Model) {
    random = SplitMix64(seed: seed ^ 0xA5A5_5A5A_0F0F_F0F0)
    self.model = model
    unreported.modelPrice = model.price
  }

  mutating func play(_ scene: Scene, into beats: inout [Beat]) {
    switch scene {
    case .think(let text):
      for token in Tokens(text, random: random) {
        add(.thinking(token), &beats)
        let count = Tokens.count(token)
        unreported.reasoningTokens += count
        unreported.outputTokens += count
        time += Double(count) / random.number(45...70)
      }
      report(&beats)
      time += random.number(0.2...0.6)
    case .say(let text): say(text, &beats)
    case .pause(let seconds): time += seconds
    case .call(let call): use(call, &beats)
    case .source(let id, let title, let url):
      add(.source(id: id, title: title, url: url), &beats)
      time += 0.05
    case .file(let path, let mediaType, let bytes):
      add(.file(path: path, mediaType: mediaType, bytes: bytes), &beats)
      time += 0.1
    case .data(let name, let value): add(.data(name: name, value), &beats)
    case .step: step(&beats)
    case .lines(let lines, let rate):
      for line in lines {
        add(.text(line + "\n"), &beats)
        time += 1 / rate
      }
    case .spend(let spending): add(.spending(spending), &beats)
    case .fail(let message):
      report(&beats)
      add(.error(message), &beats)
      add(.finish(reason: "error"), &beats)
    case .finish:
      report(&beats)
      add(.finish(reason: "stop"), &beats)
    }
    random = SplitMix64(seed: random.next())
  }

  private func add(_ happening: Happening, _ beats: inout [Beat]) {
    beats.append(Beat(at: time, happening: happening))
  }

  private mutating func say(_ text: String, _ beats: inout [Beat]) {
    for token in Tokens(text, random: random) {
      add(.text(token), &beats)
      let count = Tokens.count(token)
      unreported.outputTokens += count
      context += count
      time += Double(count) / random.number(34...58)
      if token.hasSuffix("\n") { time += random.number(0.02...0.18) }
      if time - reportedAt > 1.8 { report(&beats) }
    }
    report(&beats)
  }

  /// The model reads its context anew at every step; what it has read before comes from the cache.
  private mutating func step(_ beats: inout [Beat]) {
    if context > model.contextLimit {
      context = model.contextLimit * 2 / 3
      cached = min(cached, context)
    }
    unreported.inputTokens += context
    unreported.cacheReadTokens += cached
    unreported.cacheWriteTokens += context - cached
    cached = context
    report(&beats)
    add(.step, &beats)
    time += random.number(0.5...1.1)
  }

  private mutating func use(_ call: ToolCall, _ beats: inout [Beat]) {
    calls += 1
    let id = "call_\(calls)"
    add(.toolStart(call: id, name: call.name), &beats)
    let input = call.input.text
    for piece in Tokens.pieces(of: input, count: 18) {
      time += random.number(0.02...0.06)
      add(.toolInputDelta(call: id, piece), &beats)
    }
    time += 0.05
    add(.toolInput(call: id, name: call.name, call.input), &beats)
    unreported.outputTokens += input.utf8.count / 4 + 12
    time += call.seconds
    switch call.outcome {
    case .output(let output):
      context += output.text.utf8.count / 4 + call.reading
      add(.toolOutput(call: id, output), &beats)
    case .error(let message): add(.toolError(call: id, message), &beats)
    }
    unreported.toolCost += call.cost
    unreported.sandboxCost += call.seconds * 0.000_05
    report(&beats)
    time += random.number(0.15...0.5)
  }

  private mutating func report(_ beats: inout [Beat]) {
    reportedAt = time
    var nothing = Spending()
    nothing.modelPrice = model.price
    guard unreported != nothing else { return }
    add(.spending(unreported), &beats)
    unreported = nothing
  }
}
