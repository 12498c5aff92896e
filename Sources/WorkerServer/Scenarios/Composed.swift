import WorkerAPI

extension Script {
  /// Plans from the words of an instruction; the budget decides how far it goes.
  static func composed(seed: UInt64, input: String, budget: Budget, turn: Int) -> Script {
    let errand = Errand(input)
    if errand.spendsBudget { return spending(errand, seed: seed, input: input, turn: turn) }
    if !errand.isEmpty { return .errand(errand, seed: seed, input: input, turn: turn) }
    return Script(seed: seed) { random in
      let brief = Brief(input)
      let depth = Depth(budget)
      var scenes: [Scene] = [.think(plan(brief, depth, turn: turn))]
      if turn > 1 {
        scenes.append(.say("Going on from where we were: \(brief.subject).\n\n"))
      }
      let finds = random.shuffled(brief.kind.finds(brief.subject))
      for index in 0..<depth.calls {
        if index % 2 == 0 { scenes.append(.step) }
        scenes += work(index, brief, finds, &random)
      }
      if depth.writesNotes {
        let notes =
          "# Notes\n\nAsked: \(brief.quote)\n\n"
          + finds.prefix(depth.calls).map { "- \($0)" }.joined(separator: "\n") + "\n"
        let path = "scratchpad/notes.md"
        scenes += [
          .call(
            ToolCall(
              "write_file", ["path": .string(path)],
              .output(["bytes": .integer(notes.utf8.count)]), seconds: 0.6)),
          .file(path: path, mediaType: "text/markdown", bytes: Array(notes.utf8)),
        ]
      }
      scenes += [.step, .say(answer(brief, depth, finds, &random)), .finish]
      return scenes
    }
  }

  private static func plan(_ brief: Brief, _ depth: Depth, turn: Int) -> String {
    let ask = turn > 1 ? "The follow-up asks" : "I am asked"
    let effort =
      switch depth.calls {
      case ...2: "The budget is low, so one or two checks and a short answer."
      case ...4: "The budget allows a handful of checks before I write."
      default: "The budget is large; I will look from several sides and keep notes."
      }
    return "\(ask): “\(brief.quote)”. The heart of it is \(brief.subject). "
      + "\(brief.kind.approach) \(effort)"
  }

  private static func work(
    _ index: Int, _ brief: Brief, _ finds: [String], _ random: inout SplitMix64
  ) -> [Scene] {
    let find = finds[index % finds.count]
    let words = brief.keywords.isEmpty ? [brief.subject] : brief.keywords
    let word = words[index % words.count]
    if index % 3 == 2 {
      return [
        .call(
          ToolCall(
            "run_code",
            ["language": "python", "code": .string("check(\"\(word)\")\n")],
            .output(["stdout": .string("\(find)\n"), "exitCode": 0]),
            seconds: random.number(1.5...4), cost: 0.001)),
        .think("That agrees with what I had: \(find)."),
      ]
    }
    let host = random.pick(["handbook.example", "field-notes.example", "open-archive.example"])
    let slug = word.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let url = "https://\(host)/\(slug.isEmpty ? "page" : slug)-\(random.number(100...999))"
    return [
      .call(
        ToolCall(
          "web_search", ["query": .string("\(word) \(brief.kind.hint)")],
          .output(["results": [["title": .string(find), "url": .string(url)]]]),
          seconds: random.number(1.5...4), cost: 0.008, reading: 1_200)),
      .source(id: "src_\(index + 1)", title: find, url: url),
      .think(random.pick(brief.kind.remarks)),
    ]
  }

  private static func answer(
    _ brief: Brief, _ depth: Depth, _ finds: [String], _ random: inout SplitMix64
  ) -> String {
    var text = "## \(brief.title)\n\n> \(brief.quote)\n\n\(brief.kind.opening(brief.subject))\n\n"
    let points = finds.prefix(Swift.max(2, Swift.min(depth.calls, finds.count)))
    for (index, find) in points.enumerated() {
      text += "\(index + 1). \(find.prefix(1).uppercased() + find.dropFirst())"
      text += index % 3 == 2 ? ".\n" : " [\(index + 1)].\n"
    }
    if depth.calls > 2, brief.keywords.count > 1 {
      text += "\n| Point | What I looked at | Certainty |\n|---|---|---|\n"
      for word in brief.keywords.prefix(depth.calls) {
        text +=
          "| \(word) | \(random.pick(brief.kind.aspects)) "
          + "| \(random.pick(["high", "fair", "open"])) |\n"
      }
    }
    for section in brief.kind.sections.prefix(depth.sections) {
      text += "\n### \(section.title)\n\n\(section.text)\n"
    }
    return text + "\n\(brief.kind.closing) \(depth.remark)\n"
  }
}

/// How far a budget lets a composed run go.
private struct Depth {
  var calls: Int
  var sections: Int
  var writesNotes: Bool
  var remark: String

  init(_ budget: Budget) {
    switch budget {
    case .low:
      (calls, sections, writesNotes) = (2, 0, false)
      remark = "With a *low* budget this is a first look; ask again with more for the details."
    case .standard, .other:
      (calls, sections, writesNotes) = (4, 2, false)
      remark = "This used a part of the *standard* budget."
    case .high:
      (calls, sections, writesNotes) = (7, 3, true)
      remark = "My notes are in `scratchpad/notes.md`."
    case .unlimited:
      (calls, sections, writesNotes) = (10, 4, true)
      remark = "My notes are in `scratchpad/notes.md`; nothing was left out for cost."
    }
  }
}
