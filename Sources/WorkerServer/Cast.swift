import WorkerAPI

/// Ready casts of workers.
public enum Cast {
  /// Twelve workers at different points of their runs: working, done, failed, stopped by a budget and
  /// yet to begin, two of them with schedules.
  public static func demo(seed: UInt64) -> [Part] {
    var random = SplitMix64(seed: seed, part: 77)
    return (running + ended + waiting).map { part in
      var part = part
      part.seed = random.next()
      return part
    }
  }

  private static let running = [
    Part(
      title: "Heat pump study",
      instruction: "Research whether heat pumps can heat our older apartment blocks with the "
        + "radiators they have. Cite your sources.",
      budget: .high, scenario: "research", startedSecondsAgo: 97, seed: 0),
    Part(
      title: "Bolt prices",
      instruction: "Compare prices for 6,000 stainless M8×40 bolts from at least six suppliers, "
        + "delivered. Give me a table and a chart.",
      scenario: "prices", startedSecondsAgo: 31, seed: 0),
    Part(
      title: "Cold store watch",
      instruction: "Watch the six chambers of the cold store for an hour and tell me when one gets "
        + "too warm.",
      budget: .unlimited, scenario: "marathon", startedSecondsAgo: 1_260, seed: 0),
    Part(
      title: "Dispatch log",
      instruction: "Follow the log of the dispatch service and say what stands out.",
      scenario: "lines", startedSecondsAgo: 420, seed: 0, linesRate: 3),
    Part(
      title: "Cargo bike trial",
      instruction:
        "Can cargo bikes replace our vans for inner-city delivery? A report with sources, "
        + "please.",
      scenario: "research", startedSecondsAgo: 19, seed: 0),
  ]

  private static let ended = [
    Part(
      title: "Delivery vans or bikes",
      instruction:
        "Research parcel delivery by bike in the inner city: stops per hour, depots, cost.",
      scenario: "research", startedSecondsAgo: 5_400, seed: 0),
    Part(
      title: "Coffee for the office",
      instruction: "Compare offers for 250 kg of fair trade espresso beans.",
      scenario: "prices", startedSecondsAgo: 2_700, seed: 0),
    Part(
      title: "Complaint reply",
      instruction: "Draft a reply to the customer whose order 118204 arrived three weeks late.",
      budget: .low, scenario: "composed", startedSecondsAgo: 1_500, seed: 0),
    Part(
      title: "Ledger comparison",
      instruction: "Copy the ledger export and compare it with last month's.",
      scenario: "fails", startedSecondsAgo: 600, seed: 0),
    Part(
      title: "Overnight sensor watch",
      instruction: "Watch the cold store overnight.",
      budget: .low, scenario: "marathon", startedSecondsAgo: 21_600, seed: 0),
    Part(
      title: "Supplier digest",
      instruction: "Summarise what our suppliers announced this week, in order of importance.",
      budget: .high, scenario: "composed", startedSecondsAgo: 3_600,
      schedules: [
        Part.Plan(
          kind: .cron("0 7 * * MON-FRI"),
          input: "Summarise what our suppliers announced since yesterday.", budget: .standard),
        Part.Plan(
          kind: .interval(seconds: 21_600), input: "Check for urgent recalls.", budget: .low),
      ], seed: 0),
  ]

  private static let waiting = [
    Part(
      title: "Nightly index",
      instruction: "Check every page of the handbook for dead links and list them.",
      scenario: "composed", startedSecondsAgo: -240,
      schedules: [
        Part.Plan(
          kind: .once(9_000), input: "Check the dead links again and list what is left.",
          budget: .low)
      ], seed: 0)
  ]

  /// Any number of workers, nearly all of them done: three in a hundred are still at work, but never
  /// fewer than three of them.
  public static func fleet(count: Int, seed: UInt64) -> [Part] {
    var random = SplitMix64(seed: seed, part: 78)
    let working = max(3, count * 3 / 100)
    return (0..<max(0, count)).map { number in
      let verb = random.pick(["Check", "Compare", "Summarise", "Draft", "Watch", "Find"])
      let object = random.pick([
        "the invoices of", "the delivery times of", "the complaints about", "the stock at",
        "the opening hours of", "the certificates of", "the price list of",
      ])
      let name = random.pick([
        "Northway Supply", "Harbour Trade", "Linden Kontor", "Old Mill Depot", "Quayside",
        "Meridian Direct", "Eastgate Parts", "Brandt & Sons",
      ])
      let isWorking = number < working
      return Part(
        title: "\(verb) \(name) #\(number + 1)", instruction: "\(verb) \(object) \(name).",
        budget: isWorking ? .unlimited : random.pick([.low, .low, .standard]),
        scenario: isWorking ? random.pick(["marathon", "research", "prices"]) : "composed",
        startedSecondsAgo: isWorking ? random.number(5...60) : random.number(600...600_000),
        seed: random.next())
    }
  }
}
