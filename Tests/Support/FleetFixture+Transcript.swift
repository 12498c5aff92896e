import Fleet
import WorkerAPI

extension FleetFixture.Builder {
  /// Two turns of the watched worker: prompts, reasoning, tools that went well and badly, Markdown of
  /// every kind, sources, files; the second turn still runs.
  mutating func tellPrices() {
    let id = FleetFixture.watched
    at(400, .stream(worker: id, .opened))
    poll(id, "running", created: 420, seen: 398, [("usage", FleetFixture.usage(credits: 0.2))])
    stream(
      id, 396, from: 1,
      [
        .start(messageID: "m1", metadata: nil), .startStep, .reasoningStart(id: "r1"),
        .reasoningDelta(
          id: "r1", delta: "Last week's table first.\nThen each catalogue, then the differences."),
      ])
    stream(id, 388, from: 5, [.reasoningEnd(id: "r1")])
    tool(id, 386, from: 10, "t1", "read_file", ["path": "tables/last-week.csv"], seconds: 0.4)
    tool(
      id, 380, from: 20, "t2", "fetch", ["url": "https://supplier-1.example/catalogue?page=1"],
      seconds: 1.2)
    stream(
      id, 378, from: 30,
      (1...9).map { number in
        .source(
          id: "s\(number)", title: number == 4 ? nil : FleetFixture.sourceTitle(number),
          url: "https://www.supplier-\(number).example/catalogue/2026/?page=\(number)")
      })
    stream(
      id, 377, from: 40,
      [
        .tool(callID: "t3", .inputStart(name: "fetch", title: "Fetch supplier 3")),
        .tool(
          callID: "t3",
          .inputAvailable(
            name: "fetch", title: nil, input: ["url": "https://supplier-3.example/catalogue"])),
      ])
    stream(
      id, 347, from: 43,
      [
        .tool(callID: "t3", .outputError("the page did not answer within 30 seconds")), .finishStep,
      ])
    stream(id, 346, from: 50, [.startStep, .textStart(id: "x1")])
    stream(id, 345, from: 60, [.textDelta(id: "x1", delta: DeltaText(FleetFixture.report))])
    stream(
      id, 344, from: 61,
      [
        .textEnd(id: "x1"), .file(url: "/files/tables/prices.csv", mediaType: "text/csv"),
        .file(url: "/files/chart.png", mediaType: "image/png"),
        .file(url: "/files/notes%20on%20suppliers.md", mediaType: "text/markdown"), .finishStep,
        .finish(reason: "stop", metadata: nil),
      ])
    at(343, .stream(worker: id, .ended))
    poll(id, "completed", created: 420, seen: 342, [("usage", FleetFixture.usage(credits: 7.0))])
    secondTurn(id)
  }

  private mutating func secondTurn(_ id: String) {
    at(
      200,
      .continueWorker(
        intent: "i9", worker: id, input: "Now the same for A4 paper,\nand say what changed.",
        budget: .high))
    if let worker = FleetFixture.worker(
      id, "running", createdAt: FleetFixture.now - 420,
      [("usage", FleetFixture.usage(credits: 7.0))])
    {
      at(199, .continued(intent: "i9", worker))
    }
    at(198, .stream(worker: id, .opened))
    stream(id, 192, from: 100, [.start(messageID: "m2", metadata: nil), .startStep])
    tool(
      id, 190, from: 110, "t4", "web_search", ["query": "A4 80 g list price November 2026"],
      seconds: 2.2)
    stream(
      id, 150, from: 120,
      [
        .textStart(id: "x2"),
        .textDelta(
          id: "x2",
          delta: DeltaText(
            "Supplier 3 raised **A4 paper 80 g** from 3.95 to 4.19 (+6.1 %) [3].\n\n"
              + "Supplier 4's page loads its prices by script; trying the CSV export that the footer"
              + " links to.")),
        .textEnd(id: "x2"),
      ])
    for (number, credits) in [7.4, 8.3, 9.1, 9.8].enumerated() {
      poll(
        id, "running", created: 420, seen: 122 - Double(number) * 40,
        [
          ("usage", FleetFixture.usage(credits: credits, input: 182_400, seconds: 192)),
          (
            "costs",
            Costs(model: 0.0312, tools: 0.0081, sandbox: 0.0019, internalCost: 0.002).json
          ),
        ])
    }
    stream(
      id, 4, from: 130,
      [
        .tool(callID: "t5", .inputStart(name: "fetch", title: nil)),
        .tool(
          callID: "t5",
          .inputAvailable(
            name: "fetch", title: nil, input: ["url": "https://supplier-4.example/export.csv"])),
      ])
  }

  /// A tool call that goes well.
  private mutating func tool(
    _ id: String, _ secondsAgo: Double, from first: Int, _ call: String, _ name: String,
    _ input: JSON, seconds: Double
  ) {
    stream(
      id, secondsAgo, from: first,
      [
        .tool(callID: call, .inputStart(name: name, title: nil)),
        .tool(callID: call, .inputAvailable(name: name, title: nil, input: input)),
      ])
    stream(
      id, secondsAgo - seconds, from: first + 5,
      [
        .tool(callID: call, .output(["status": 200, "bytes": 48_112], isPreliminary: false))
      ])
  }
}

extension FleetFixture {
  static func sourceTitle(_ number: Int) -> String {
    number == 6
      ? "文具カタログ 2026年版" : "Supplier \(number): the catalogue with list prices, winter 2026"
  }

  /// Markdown with each kind of block.
  public static let report = """
    # Prices in November

    Five suppliers were read; **two** changed a price by more than *3 %*. The [full \
    table](https://files.example/prices.csv) has ~~412~~ 408 rows, see `prices.csv`.

    ## Changes

    1. Supplier 3
       - A4 paper 80 g: 3.95 to 4.19
       - Envelopes C5
         - with window: +3.2 %
         - without: unchanged
    2. Supplier 5 raised the freight of every order under 60 euros, which makes small orders of \
    paper dearer than the list price says

    | Article | Before | After | Change |
    |:--------|-------:|------:|:------:|
    | A4 paper 80 g | 3.95 | 4.19 | +6.1 % |
    | A4 paper 160 g, coloured, for covers | 11.20 | 11.20 | 0 |
    | 封筒 C5 | 0.31 | 0.32 | +3.2 % |

    > Prices without tax.
    > Freight is not part of them.

    - [x] read last week's table
    - [ ] ask supplier 4 for its export

    ```python
    def change(before: float, after: float) -> float:
        return (after - before) / before
    ```

    ---

    Next look: tomorrow 07:00. 🎉
    """
}
