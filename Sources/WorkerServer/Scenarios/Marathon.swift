import WorkerAPI

extension Script {
  /// Rounds of the scenario `marathon`, of about four seconds each: an hour.
  private static let roundCount = 900

  /// Watches a cold store for an hour, a step every few seconds, and asks nothing.
  static func marathon(seed: UInt64) -> Script {
    Script(seed: seed, model: .small) { chapter, random in
      switch chapter {
      case 0:
        return [
          .think(
            "An hour of watching. One reading every few seconds, a remark only when something "
              + "changes, and a table every ten rounds so that nobody has to scroll."),
          .say("# Cold store watch\n\nSix chambers, limits −24 °C to −18 °C. I begin.\n\n"),
        ]
      case 1...roundCount: return round(chapter, &random)
      case roundCount + 1:
        return [
          .step,
          .say(
            "## The hour is over\n\nAll \(roundCount) readings were taken. No chamber was outside "
              + "its limits for more than one reading; chamber 4 warms whenever its door is open "
              + "for longer than 90 seconds, and recovers within five minutes.\n"),
          .finish,
        ]
      default: return nil
      }
    }
  }

  private static func round(_ number: Int, _ random: inout SplitMix64) -> [Scene] {
    let shown = (1...6).map { chamber -> Double in
      let isOpen = chamber == 4 && number % 37 < 4
      let offset: Double = Double(chamber % 3) * 0.4 + (isOpen ? 2.8 : 0)
      let celsius: Double = -21.5 + offset + random.number(-0.6...0.6)
      return (celsius * 10).rounded() / 10
    }
    var scenes: [Scene] = [
      .step,
      .call(
        ToolCall(
          "read_sensors", ["round": .integer(number), "chambers": 6],
          .output(["celsius": .array(shown.map(JSON.number))]), seconds: random.number(1.2...2.2),
          cost: 0.000_1)),
      .data(
        name: "progress",
        ["phase": "watching", "percent": .integer(number * 100 / roundCount)]),
    ]
    if let warmest = shown.max(), warmest > -19.2 {
      scenes.append(
        .say("- Round \(number): chamber 4 at **\(warmest) °C**, its door has been open.\n"))
    } else if number % 10 != 0 {
      let calm = random.pick([
        "all chambers steady", "no change worth a word", "within limits", "quiet",
        "compressor 2 has taken over from 1",
      ])
      scenes.append(.say("- Round \(number): \(calm).\n"))
    }
    if number % 10 == 0 {
      let cells = shown.map { " \($0) " }.joined(separator: "|")
      scenes.append(
        .say(
          "\n| Round | 1 | 2 | 3 | 4 | 5 | 6 |\n|---:|---:|---:|---:|---:|---:|---:|\n"
            + "| \(number) |\(cells)|\n\n"))
    }
    scenes.append(.pause(random.number(0.2...0.9)))
    return scenes
  }
}
