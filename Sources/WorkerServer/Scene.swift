import WorkerAPI

/// A piece of a script as its author writes it; `Stage` turns it into beats.
enum Scene: Sendable {
  case think(String)
  /// Markdown, streamed in tokens at the pace of a model.
  case say(String)
  case pause(Double)
  case call(ToolCall)
  case source(id: String, title: String, url: String)
  case file(path: String, mediaType: String, bytes: [UInt8])
  case data(name: String, JSON)
  case step
  /// Log lines, each in one token, at a rate per second; they are read from a machine and cost no
  /// tokens.
  case lines([String], perSecond: Double)
  /// Adds to what was spent, for work that no other scene stands for.
  case spend(Spending)
  case fail(String)
  case finish
}

/// One use of a tool.
struct ToolCall: Sendable {
  enum Outcome: Sendable {
    case output(JSON)
    case error(String)
  }

  var name: String
  var input: JSON
  var outcome: Outcome
  /// Seconds from the complete input to the outcome.
  var seconds: Double
  /// US dollars.
  var cost = 0.0
  /// Tokens that the model reads besides the output that is shown, such as a whole page.
  var reading = 0

  init(
    _ name: String, _ input: JSON, _ outcome: Outcome, seconds: Double, cost: Double = 0,
    reading: Int = 0
  ) {
    self.name = name
    self.input = input
    self.outcome = outcome
    self.seconds = seconds
    self.cost = cost
    self.reading = reading
  }
}
