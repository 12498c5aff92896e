import Fleet
import WorkerAPI

extension FleetFixture {
  /// Brings a fleet to its state action by action, each at its moment.
  struct Builder {
    var state = State(ceilings: Ceilings(day: 40))

    mutating func at(_ secondsAgo: Double, _ action: Action) {
      _ = reduce(&state, action, now: now - secondsAgo)
    }

    mutating func poll(
      _ id: String, _ status: String, created: Double, seen: Double,
      _ more: [(String, JSON)] = []
    ) {
      guard let worker = worker(id, status, createdAt: now - created, more) else { return }
      at(seen, .polled(worker: id, worker, askedAt: now - seen - 0.1))
    }

    /// The items of one chunk; their ids count up from `first`.
    mutating func stream(
      _ id: String, _ secondsAgo: Double, from first: Int, _ events: [WorkerEvent]
    ) {
      let items = events.enumerated().map { StreamItem($1, id: "\(first + $0)-0") }
      at(secondsAgo, .stream(worker: id, .items(items)))
    }
  }

  static let titles: [(id: String, title: String?, instruction: String, Budget)] = [
    ("wrk_digest", "weekly-digest", "Write the weekly digest.", .low),
    ("wrk_leads", "lead-enrichment", "Enrich the leads of November.", .standard),
    (
      "wrk_grants", nil, "Find grants for small museums in the Alps and rank them by deadline",
      .high
    ),
    ("wrk_tokyo", "東京の展示会を調べて表にまとめる", "調べる", .standard),
    ("wrk_party", "🎉 Feier 👩‍👩‍👧 planen", "Plan the party.", .low),
    ("wrk_old", "translate-faq", "Translate the FAQ.", .standard),
    ("wrk_gone", "cv-screen", "Screen the applications.", .unlimited),
    ("wrk_later", "adopted-from-a-colleague", "", .other("extra")),
    ("wrk_index", "nightly-index", "Index the new pages.", .standard),
    ("wrk_weather", "barcelona-weather", "What is the weather in Barcelona?", .low),
    ("wrk_review", "contract-review", "Review the contract draft.", .standard),
    (
      watched, "price-watch-es",
      "Compare list prices at the five suppliers and flag any change > 3 %",
      .high
    ),
  ]
}

extension FleetFixture.Builder {
  mutating func recall() {
    let known = FleetFixture.titles.map { row in
      KnownWorker(
        id: row.id, title: row.title, instruction: row.instruction, budget: row.3,
        addedAt: FleetFixture.now - 86_400,
        isUnread: ["wrk_digest", "wrk_leads", "wrk_tokyo"].contains(row.id))
    }
    let lost = Intent(
      id: "i1", kind: .continue, worker: "wrk_old", input: "And the imprint, too.",
      budget: .standard, madeAt: FleetFixture.now - 900)
    at(600, .recalled(Recollection(workers: known, intents: [lost])))
    at(599, .watch(FleetFixture.watched))
  }

  mutating func pollAll() {
    let files: JSON = [
      [
        "filename": "report/november.md", "mediaType": "text/markdown", "size": 12_400,
        "url": "https://files.example/f1",
      ],
      ["filename": "leads.csv", "mediaType": "text/csv", "url": "https://files.example/f2"],
    ]
    let sources: JSON = [
      ["id": "s1", "title": "Museum news", "url": "https://museum.example/news"],
      ["id": "s2", "title": .null, "url": "https://www.alps.example/grants?page=2"],
    ]
    poll(
      "wrk_digest", "completed", created: 4000, seen: 300,
      [("usage", FleetFixture.usage(credits: 0.4)), ("files", files), ("sources", sources)])
    poll(
      "wrk_leads", "completed", created: 2400, seen: 280,
      [
        ("error", ["message": "HTTP 502 from the supplier's gateway"]),
        ("usage", FleetFixture.usage(credits: 1.1)),
      ])
    poll(
      "wrk_grants", "completed", created: 200_000, seen: 200,
      [("usage", FleetFixture.usage(credits: 1.94)), ("sources", sources)])
    poll(
      "wrk_tokyo", "completed", created: 2100, seen: 190,
      [("usage", FleetFixture.usage(credits: 3.04))])
    poll("wrk_party", "completed", created: 172_900, seen: 180, [])
    poll(
      "wrk_old", "completed", created: 90_000, seen: 170,
      [
        ("usage", FleetFixture.usage(credits: 0.31)),
        ("incomplete_details", ["reason": "budget_reached"]),
      ])
    at(
      160,
      .pollFailed(
        worker: "wrk_gone", .refused(APIError(status: 404, message: "worker not found"))))
    poll("wrk_index", "pending", created: 40, seen: 20)
    poll(
      "wrk_weather", "running", created: 440, seen: 70,
      [("usage", FleetFixture.usage(credits: 0.12))])
    poll("wrk_review", "running", created: 430, seen: 12)
  }

  mutating func tellReview() {
    at(100, .stream(worker: "wrk_review", .opened))
    stream(
      "wrk_review", 95, from: 1,
      [
        .start(messageID: "m1", metadata: nil), .startStep, .reasoningStart(id: "r1"),
        .reasoningDelta(id: "r1", delta: "The second clause is unusual."),
      ])
    poll(
      "wrk_review", "running", created: 430, seen: 11,
      [("usage", FleetFixture.usage(credits: 0.8, seconds: 88))])
  }

  /// Schedules, downloads and what else is on its way.
  mutating func tellOthers() {
    let now = FleetFixture.now
    at(
      50,
      .schedulesLoaded(
        worker: FleetFixture.watched,
        [
          Schedule(
            id: "sch_cron", budget: .high, input: "Compare the prices again.",
            kind: .cron("0 7 * * 1-5"), nextRunAt: now + 60_869),
          Schedule(
            id: "sch_once", budget: .standard, input: "Write the year's summary.",
            kind: .once(now + 2_611_469), nextRunAt: now + 2_611_469),
        ]))
    at(
      50,
      .schedulesLoaded(
        worker: "wrk_digest",
        [
          Schedule(
            id: "sch_each", budget: .low, input: "The next digest.",
            kind: .interval(seconds: 14_400), nextRunAt: now + 14_069)
        ]))
    at(
      50,
      .schedulesLoaded(
        worker: "wrk_grants",
        [
          Schedule(
            id: "sch_delay", budget: .standard, input: "Look for new grants.",
            kind: .delayed(seconds: 600), nextRunAt: now + 45),
          Schedule(
            id: "sch_new", budget: .standard, input: "A kind of a later version.",
            kind: .other("on-event"), nextRunAt: nil),
        ]))
    at(40, .emailLoaded(worker: FleetFixture.watched, "prices+7f3a@workers.example"))
    at(
      30,
      .downloaded(
        worker: FleetFixture.watched, file: "tables/prices.csv",
        SavedFile(
          path: "/home/ada/downloads/wrk_prices/prices.csv", bytes: 12_288,
          digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")))
    let chart = WorkerFile(filename: "chart.png", mediaType: "image/png", url: "", size: nil)
    at(5, .download(worker: FleetFixture.watched, chart))
    at(
      3,
      .downloading(
        worker: FleetFixture.watched, file: "chart.png",
        Arrival(bytes: 65_536, of: 262_144, isLasting: true)))
    at(2, .create(intent: "i2", input: "Find a venue for the fair.", budget: .standard))
    let draft = Draft(
      subject: .newWorker, text: "Compare hotels\nnear the fair", cursor: 7, budget: .low)
    at(2, .write(draft))
    at(1, .stream(worker: FleetFixture.watched, .alive))
    at(1, .say(.warning, "stream reopened after 6 s, replayed 41 messages, 0 duplicates"))
  }
}
