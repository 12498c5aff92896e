import WorkerAPI

extension Script {
  /// Does what an instruction asks for by name, and nothing beside it.
  static func errand(_ errand: Errand, seed: UInt64, input: String, turn: Int) -> Script {
    Script(seed: seed) { random in
      let brief = Brief(input)
      var scenes = deeds(of: errand, brief, turn: turn, &random)
      guard errand.fails else { return scenes + [.step, .say(report(errand, brief)), .finish] }
      scenes += [
        .step, .say("\(report(errand, brief))\nThe last part cannot be done, so I stop here.\n"),
        .fail("the run failed, as the instruction says: \(brief.quote)"),
      ]
      return scenes
    }
  }

  /// Rounds of work until the budget's ceiling; without a ceiling it ends by itself.
  static func spending(_ errand: Errand, seed: UInt64, input: String, turn: Int) -> Script {
    let rounds = 120
    return Script(seed: seed) { chapter, random in
      let brief = Brief(input)
      switch chapter {
      case 0: return deeds(of: errand, brief, turn: turn, &random)
      case 1...rounds:
        return [
          .step,
          .call(
            ToolCall(
              "run_code", ["language": "python", "code": .string("refine(\(chapter))\n")],
              .output(["stdout": .string("pass \(chapter): done\n"), "exitCode": 0]),
              seconds: random.number(0.6...1.2), cost: 0.03)),
          .say("- Pass \(chapter): \(random.pick(brief.kind.finds(brief.subject))).\n"),
        ]
      case rounds + 1: return [.step, .say(report(errand, brief)), .finish]
      default: return nil
      }
    }
  }

  private static func deeds(
    of errand: Errand, _ brief: Brief, turn: Int, _ random: inout SplitMix64
  ) -> [Scene] {
    var scenes: [Scene] = [.think("\(turn > 1 ? "Next" : "Asked"): “\(brief.quote)”.")]
    for (index, address) in errand.addresses.enumerated() {
      scenes += [
        .call(
          ToolCall(
            "fetch_page", ["url": .string(address)],
            .output(["status": 200, "characters": .integer(random.number(2_000...60_000))]),
            seconds: random.number(0.3...0.7), cost: 0.002, reading: 900)),
        .source(id: "src_\(index + 1)", title: Self.title(of: address), url: address),
      ]
    }
    for path in errand.files {
      let file = FileDraft(path: path, brief: brief, random: random)
      let bytes = file.bytes
      scenes += [
        .call(
          ToolCall(
            "write_file", ["path": .string(path)], .output(["bytes": .integer(bytes.count)]),
            seconds: random.number(0.2...0.4))),
        .file(path: path, mediaType: file.mediaType, bytes: bytes),
      ]
    }
    for path in errand.refused {
      scenes.append(
        .call(
          ToolCall(
            "write_file", ["path": .string(path)],
            .error("the path must stay inside of the worker's folder"), seconds: 0.2)))
    }
    return scenes
  }

  /// An address without its scheme, cut to 80 characters.
  private static func title(of address: String) -> String {
    let text = address.drop { $0 != ":" }.dropFirst(3)
    let short = text.hasSuffix("/") ? text.dropLast() : text
    return short.count > 80 ? short.prefix(79) + "…" : String(short)
  }

  private static func report(_ errand: Errand, _ brief: Brief) -> String {
    var text = "> \(brief.quote)\n\n"
    if !errand.files.isEmpty {
      text += "Written:\n\n" + errand.files.map { "- `\($0)`\n" }.joined() + "\n"
    }
    if !errand.addresses.isEmpty {
      text += "Read:\n\n" + errand.addresses.map { "- <\($0)>\n" }.joined() + "\n"
    }
    if !errand.refused.isEmpty {
      text += "Not written, as they would lead out of my folder:\n\n"
      text += errand.refused.map { "- `\($0)`\n" }.joined() + "\n"
    }
    return text
  }
}
