import Canvas
import Fleet
import WorkerAPI

/// Which citation of a source was shown last.
struct CitationStep: Hashable, Sendable {
  var worker: String
  var source: Int
  var number: Int
}

/// Which of the sources that are cited on the screen was gone to last.
struct SourceStep: Hashable, Sendable {
  var worker: String
  var top: Int
  var number: Int
}

extension Screen {
  /// Shows the text that cites the source under the cursor; the next time the text after it.
  mutating func openCitation(_ fleet: State) -> [Outcome] {
    guard itemCount(.sources, fleet) > 0 else {
      remark = "no sources yet"
      return []
    }
    return stepCitation(of: cursors[.sources] ?? 0, fleet)
  }

  /// Shows the next text that cites the source whose citation was shown last.
  mutating func openNextCitation(_ fleet: State) -> [Outcome] {
    guard let step = citationStep, step.worker == selected,
      let worker = fleet.workers[step.worker]
    else {
      remark = "no citation was gone to yet: Enter on a source goes to its first"
      return []
    }
    citations.update(worker.transcript, worker.sources)
    return stepCitation(of: step.source, fleet)
  }

  private mutating func stepCitation(of source: Int, _ fleet: State) -> [Outcome] {
    let count = citations.count(of: source)
    let isSame = citationStep?.worker == selected && citationStep?.source == source
    let number = isSame && count > 0 ? ((citationStep?.number ?? -1) + 1) % count : 0
    let outcomes = showCitation(number, of: source, fleet)
    guard count > 0, let selected else { return outcomes }
    citationStep = CitationStep(worker: selected, source: source, number: number)
    let next = focus == .sources ? "enter" : "."
    remark = "source \(source + 1), citation \(number + 1)/\(count); \(next) goes to the next"
    return outcomes
  }

  /// Shows the text that cites a source; both are counted from nought. Where the sources stand beside
  /// the text, the cursor stays with them.
  mutating func showCitation(_ number: Int, of source: Int, _ fleet: State) -> [Outcome] {
    guard citations.places.indices.contains(source),
      citations.places[source].indices.contains(number)
    else {
      remark = "source \(source + 1) is not cited in what is loaded"
      return []
    }
    let place = citations.places[source][number]
    let isBeside = focus == .sources && arrangement(fleet).panes[.output] != nil
    let outcomes = isBeside ? [] : focus(.output, fleet)
    showText()
    output.isEarlier = false
    output.filter = nil
    output.goal = .entry(place.entry, saying: "[\(source + 1)]", ordinal: place.ordinal)
    return outcomes
  }

  /// Goes to the source that is cited first on the screen; the next time to the one after it.
  mutating func openCitedSource(_ fleet: State) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected], !worker.sources.isEmpty else {
      remark = "no sources yet"
      return []
    }
    let cited = output.cited(of: worker.sources.count)
    guard !cited.isEmpty else {
      remark = "the text on the screen cites no source"
      return []
    }
    let isSame = sourceStep?.worker == selected && sourceStep?.top == output.top
    let number = isSame ? ((sourceStep?.number ?? -1) + 1) % cited.count : 0
    sourceStep = SourceStep(worker: selected, top: output.top, number: number)
    cursors[.sources] = cited[number]
    marks[.sources] = worker.sources[cited[number]].url
    let key = keymap.key(for: .citedSource, in: .sources)
    remark =
      "source \(cited[number] + 1), \(number + 1)/\(cited.count) of those cited there; "
      + "\(key) goes to the next, 2 back to the text"
    return focus(.sources, fleet)
  }
}

extension OutputView {
  /// The sources from nought that the rows on the screen cite, each once, in the order of the text.
  fileprivate func cited(of count: Int) -> [Int] {
    guard let theme = rendition.setting?.theme else { return [] }
    let code = theme[.markdownCode]
    var seen: [Int] = []
    for index in top..<top + max(1, height) {
      guard let row = rendition.row(at: index), rendition.sections[row.section].text != nil
      else { continue }
      let words = row.line.spans.map { $0.style == code && code != theme[.text] ? " " : $0.text }
      for source in CitationReader.sources(in: words.joined(), [:], count)
      where !seen.contains(source) {
        seen.append(source)
      }
    }
    return seen
  }
}
