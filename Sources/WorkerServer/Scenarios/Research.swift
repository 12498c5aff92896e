import WorkerAPI

/// A subject that the worker knows how to research, with all that it will find.
struct ResearchTopic: Sendable {
  struct Page: Sendable {
    var id: String
    var title: String
    var url: String
    /// What the page says, as the tool gives it back.
    var extract: String
    /// The worker's remark after reading it.
    var remark: String
  }

  /// Words of an instruction that ask for this subject.
  var words: [String]
  var plan: String
  /// Two queries; the pages are shared out between them.
  var queries: [String]
  var pages: [Page]
  /// A page that cannot be read.
  var deadURL: String
  var turningPoint: String
  var calculation: (code: String, result: JSON)
  /// Markdown, said in one go at the end.
  var report: String

  static let all = [heatPumps, cargoBikes]
}

extension Script {
  /// Plans, searches, reads six pages, calculates, and writes a report with citations.
  static func research(seed: UInt64, input: String) -> Script {
    let words = input.lowercased()
    let topic =
      ResearchTopic.all.first { $0.words.contains(where: words.contains) }
      ?? ResearchTopic.all[Int(seed % UInt64(ResearchTopic.all.count))]
    return Script(seed: seed) { random in
      var scenes: [Scene] = [.think(topic.plan), progress("planning", 0)]
      let half = topic.pages.count / 2
      for (number, query) in topic.queries.enumerated() {
        let pages = number == 0 ? topic.pages[..<half] : topic.pages[half...]
        scenes += [.step, search(query, pages, &random)]
        if number == 1 { scenes.append(deadEnd(topic.deadURL, &random)) }
        for page in pages {
          scenes += [fetch(page, &random), .source(id: page.id, title: page.title, url: page.url)]
          scenes.append(.think(page.remark))
        }
        scenes.append(progress("reading", 35 + number * 35))
      }
      scenes += [
        .step, .think(topic.turningPoint),
        .call(
          ToolCall(
            "run_code", ["language": "python", "code": .string(topic.calculation.code)],
            .output(topic.calculation.result), seconds: random.number(3.5...6), cost: 0.001)),
        .step, progress("writing", 85), .say(topic.report), progress("done", 100), .finish,
      ]
      return scenes
    }
  }

  private static func progress(_ phase: String, _ percent: Int) -> Scene {
    .data(name: "progress", ["phase": .string(phase), "percent": .integer(percent)])
  }

  private static func search(
    _ query: String, _ pages: ArraySlice<ResearchTopic.Page>, _ random: inout SplitMix64
  ) -> Scene {
    let results: [JSON] = pages.map { ["title": .string($0.title), "url": .string($0.url)] }
    return .call(
      ToolCall(
        "web_search", ["query": .string(query), "count": 10],
        .output(["results": .array(results), "total": .integer(random.number(40...900))]),
        seconds: random.number(4...7), cost: 0.008, reading: 900))
  }

  private static func fetch(_ page: ResearchTopic.Page, _ random: inout SplitMix64) -> Scene {
    .call(
      ToolCall(
        "fetch_page", ["url": .string(page.url)],
        .output([
          "status": 200, "title": .string(page.title), "text": .string(page.extract),
          "bytes": .integer(random.number(18_000...240_000)),
        ]), seconds: random.number(6...10.5), cost: 0.002, reading: 3_200))
  }

  private static func deadEnd(_ url: String, _ random: inout SplitMix64) -> Scene {
    .call(
      ToolCall(
        "fetch_page", ["url": .string(url)], .error("the page answered 403 Forbidden"),
        seconds: random.number(2...4)))
  }
}
