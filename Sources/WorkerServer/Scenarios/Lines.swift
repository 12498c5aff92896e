import WorkerAPI

extension Script {
  /// Lines of the scenario `lines`.
  static let lineCount = 20_000
  private static let linesPerChapter = 200

  /// Follows a log of 20,000 lines at a rate per second, and says what it saw.
  static func lines(seed: UInt64, perSecond rate: Double) -> Script {
    let last = lineCount / linesPerChapter
    return Script(seed: seed) { chapter, random in
      switch chapter {
      case 0: return opening
      case 1...last:
        let first = (chapter - 1) * linesPerChapter
        let lines = (first..<(first + linesPerChapter)).map { logLine($0, &random) }
        var spending = Spending()
        spending.sandboxCost = Double(linesPerChapter) / rate * 0.000_02
        spending.inputTokens = 40
        spending.outputTokens = 6
        return [.lines(lines, perSecond: rate), .spend(spending)]
      case last + 1: return closing
      default: return nil
      }
    }
  }

  private static let opening: [Scene] = [
    .think("The log has 20,000 lines. I will follow it from the start and keep what stands out."),
    .call(
      ToolCall(
        "open_log", ["path": "/var/log/dispatch/service.log", "follow": true],
        .output(["lines": .integer(lineCount), "opened": true]), seconds: 0.4)),
    .step,
    .say("Following the log of the dispatch service.\n\n```log\n"),
  ]

  private static let closing: [Scene] = [
    .say(
      """
      ```

      **20,000 lines read.** Errors come in from one place only: `billing`, whenever a tariff is \
      missing. The slow requests of `routing` follow each reload of the map, and end by themselves \
      after about a minute. Nothing else needs attention.

      """),
    .finish,
  ]

  /// A line with its number in front, so that a reader can see that none is missing.
  private static func logLine(_ number: Int, _ random: inout SplitMix64) -> String {
    let second = 21_600 + number / 7
    let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }
      .joined(separator: ":")
    let service = random.pick(["routing", "billing", "dispatch", "gateway", "tracker"])
    let request = String(random.next() & 0xFF_FFFF, radix: 16)
    let (level, text) = message(of: service, &random)
    return
      "\(padded(number + 1, 5)) 2026-03-02T\(clock)Z \(level) \(service) \(text) req=\(request)"
  }

  private static func message(of service: String, _ random: inout SplitMix64) -> (String, String) {
    let milliseconds = random.number(2...240)
    let order = random.number(100_000...999_999)
    switch random.number(0...99) {
    case 0 where service == "billing":
      return ("ERROR", "no tariff for zone \(random.number(1...48)), order \(order) held back")
    case 0...4: return ("WARN ", "slow answer after \(milliseconds + 900) ms, order \(order)")
    case 5...12: return ("DEBUG", "cache \(random.pick(["hit", "miss"])) for tile \(order % 4_096)")
    default:
      let verb = random.pick(["accepted", "planned", "priced", "handed over", "confirmed"])
      let town = random.pick(["Århus", "Zürich", "Łódź", "Porto", "Ghent", "Turku", "Malmö"])
      return ("INFO ", "order \(order) \(verb) for \(town) in \(milliseconds) ms")
    }
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
