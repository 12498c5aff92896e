import WorkerAPI

extension Script {
  /// Works in earnest, meets a service that has stopped answering, tries again, and gives up.
  static func fails(seed: UInt64) -> Script {
    Script(seed: seed) { random in
      let service = random.pick(["ledger-export", "customer-archive", "stock-mirror"])
      let host = "\(service).internal.example"
      let rows = random.number(14_000...96_000)
      return [
        .think(
          "The export has to be complete before it is compared. I will count the rows first, fetch "
            + "them in pages, and stop rather than compare half of them."),
        .say("I will copy the table from `\(service)` and compare it with last month's.\n\n"),
        .step,
        .call(
          ToolCall(
            "query", ["host": .string(host), "sql": "SELECT count(*) FROM entries"],
            .output(["rows": .integer(rows)]), seconds: random.number(1.5...3), cost: 0.001)),
        .say("There are **\(rows)** rows; fetching them in pages of 5,000.\n\n"),
        .call(
          ToolCall(
            "fetch_rows", ["host": .string(host), "from": 0, "count": 5_000],
            .output(["rows": 5_000, "bytes": .integer(random.number(900_000...2_000_000))]),
            seconds: random.number(4...7), cost: 0.002)),
        .step,
        .call(
          ToolCall(
            "fetch_rows", ["host": .string(host), "from": 5_000, "count": 5_000],
            .error("connection reset by \(host):5432 after 3.1 s"), seconds: 3.1)),
        .think(
          "A reset in the middle of a page. It may be passing; I will wait and try a smaller page."),
        .pause(random.number(3...5)),
        .call(
          ToolCall(
            "fetch_rows", ["host": .string(host), "from": 5_000, "count": 500],
            .error("connection refused by \(host):5432"), seconds: random.number(2...4))),
        .say(
          "The service has stopped answering: first a reset, now it refuses connections. "
            + "One more try with a pause.\n\n"),
        .pause(random.number(5...8)),
        .step,
        .call(
          ToolCall(
            "fetch_rows", ["host": .string(host), "from": 5_000, "count": 500],
            .error("connection refused by \(host):5432"), seconds: random.number(2...4))),
        .say(
          "I stop here: 5,000 of \(rows) rows are copied, and comparing a part would mislead. "
            + "Nothing was changed. When `\(host)` answers again, continue me and I will go on at row "
            + "5,001.\n"),
        .fail("\(host) refused the connection three times; 5,000 of \(rows) rows were copied"),
      ]
    }
  }
}
