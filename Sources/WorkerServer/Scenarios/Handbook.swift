import WorkerAPI

extension Script {
  /// Lines of a handbook whose instruction names no number.
  private static let handbookLength = 20_000
  private static let linesPerPart = 100

  /// Writes Markdown line by line at a rate per second, as many lines as the instruction says; each
  /// line bears its number.
  static func handbook(seed: UInt64, input: String, perSecond rate: Double) -> Script {
    let asked = input.split { !$0.isNumber }.lazy.compactMap { Int($0) }.first
    let count = Swift.min(Swift.max(1, asked ?? handbookLength), 1_000_000)
    let last = (count - 1) / linesPerPart + 1
    return Script(seed: seed) { chapter, random in
      switch chapter {
      case 0: return [.say("# The handbook\n")]
      case 1...last:
        let numbers =
          ((chapter - 1) * linesPerPart)..<Swift.min(count, chapter * linesPerPart)
        return [.lines(numbers.map { handbookLine($0 + 1, &random) }, perSecond: rate)]
      case last + 1: return [.say("\n**\(count) lines written.**\n"), .finish]
      default: return nil
      }
    }
  }

  /// Twenty lines are a section: a heading, paragraphs, a list, a quote, a table and some code.
  private static func handbookLine(_ number: Int, _ random: inout SplitMix64) -> String {
    let mark = "**\(number)**"
    switch number % 20 {
    case 1: return "\n## \(number) \(random.pick(HandbookWords.titles))\n"
    case 2...4:
      return "\(mark) " + (0..<2).map { _ in sentence(&random) }.joined(separator: " ") + "\n"
    case 5...9: return "- \(mark) \(sentence(&random))"
    case 10: return "\n> \(mark) \(sentence(&random))\n"
    case 11: return "| Part | Used for | Stock |\n|---|---|---:|\n" + tableRow(number, &random)
    case 12...15: return tableRow(number, &random)
    case 16: return "\n```sh\n# step \(number)"
    case 17, 18: return "dispatch --step \(number) --route \(random.number(100...999))"
    case 19: return "dispatch --end \(number)\n```\n"
    default: return "\(mark) \(sentence(&random))\n"
    }
  }

  private static func tableRow(_ number: Int, _ random: inout SplitMix64) -> String {
    let part = random.pick(HandbookWords.parts)
    return
      "| \(number) \(part) | \(random.pick(HandbookWords.places)) | \(random.number(0...900)) |"
  }

  private static func sentence(_ random: inout SplitMix64) -> String {
    let place = random.pick(HandbookWords.places)
    let part = random.pick(HandbookWords.parts)
    let hours = random.number(2...48)
    return random.pick([
      "Before the shift begins, look at the *\(part)* of \(place) and write down what it shows.",
      "When the \(part) of \(place) is late by \(hours) minutes, call the `duty desk` first.",
      "The \(part) is changed every \(hours) hours; see [the plan](https://plan.example/\(hours)).",
      "Nobody leaves \(place) before the \(part) is locked and the key hangs at its place again.",
    ])
  }
}

private enum HandbookWords {
  static let titles = [
    "Opening the depot", "Loading", "Handing over", "When something breaks", "Closing",
  ]
  static let parts = ["loading ramp", "cold store door", "route list", "scanner", "brake test"]
  static let places = ["Gate 4", "the Århus depot", "hall B", "the night desk", "the yard"]
}
