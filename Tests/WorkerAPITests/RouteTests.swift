import Support
import Testing
import WorkerAPI

@Suite struct RouteTests {
  static let routes: [(route: Route, line: String)] = [
    (.create, "POST /api/workers"),
    (.retrieve(worker: "t_org_123_w_01"), "GET /api/workers/t_org_123_w_01"),
    (.continueWorker(worker: "w1"), "POST /api/workers/w1"),
    (.stream(worker: "w1"), "GET /api/workers/w1/stream"),
    (.email(worker: "w1"), "GET /api/workers/w1/email"),
    (.file(worker: "w1", path: "a.md"), "GET /api/workers/w1/files/a.md"),
    (
      .file(worker: "w1", path: "scratch pad/ü%.md"),
      "GET /api/workers/w1/files/scratch%20pad/%C3%BC%25.md"
    ),
    (
      .file(worker: "w1", path: "../../etc/passwd"),
      "GET /api/workers/w1/files/%2E%2E/%2E%2E/etc/passwd"
    ),
    (.file(worker: "w1", path: "/a//b/"), "GET /api/workers/w1/files//a//b/"),
    (.createSchedule(worker: "w1"), "POST /api/workers/w1/schedules"),
    (.schedules(worker: "w1"), "GET /api/workers/w1/schedules"),
    (
      .cancelSchedule(worker: "w/1", schedule: "sch_?#"),
      "DELETE /api/workers/w%2F1/schedules/sch_%3F%23"
    ),
    (.retrieve(worker: ".."), "GET /api/workers/%2E%2E"),
    (.email(worker: "../w 1/é\u{301}"), "GET /api/workers/..%2Fw%201%2F%C3%A9%CC%81/email"),
    (.continueWorker(worker: "."), "POST /api/workers/%2E"),
    (.createSchedule(worker: "a?b#c%20"), "POST /api/workers/a%3Fb%23c%2520/schedules"),
    (.file(worker: "w1", path: "a/./b%2Fc"), "GET /api/workers/w1/files/a/%2E/b%252Fc"),
    (
      .stream(worker: "a:b@c;d=e,f+g!h$i&j'k(l)*~"),
      "GET /api/workers/a:b@c;d=e,f+g!h$i&j'k(l)*~/stream"
    ),
  ]

  @Test("Each route prints as its line and is matched by it", arguments: routes)
  func roundTrip(route: Route, line: String) {
    #expect("\(route.method.rawValue) \(route.path)" == line)
    #expect(Route.match(method: route.method.rawValue, path: route.path) == .route(route))
  }

  static let matches: [(line: String, match: Route.Match)] = [
    ("POST /api/workers/", .route(.create)),
    ("GET /api/workers/w1/files/a%2Fb%2F%C3%BC.md", .route(.file(worker: "w1", path: "a/b/ü.md"))),
    ("GET /api/workers/w1/files/a/b%2Fc", .route(.file(worker: "w1", path: "a/b/c"))),
    ("GET /api/workers/w1/files/..%2F..%2Fx", .route(.file(worker: "w1", path: "../../x"))),
    ("GET /api/workers/w1/files/%2e%2e/x", .route(.file(worker: "w1", path: "../x"))),
    ("GET /api/workers/w1/files/%252F", .route(.file(worker: "w1", path: "%2F"))),
    ("GET /api/workers/%252e", .route(.retrieve(worker: "%2e"))),
    ("GET /api/workers/w1/files/a/\u{301}b", .route(.file(worker: "w1", path: "a/\u{301}b"))),
    ("PUT /api/workers", .wrongMethod(allowed: ["POST"])),
    ("get /api/workers/w1", .wrongMethod(allowed: ["GET", "POST"])),
    ("DELETE /api/workers/w1", .wrongMethod(allowed: ["GET", "POST"])),
    ("POST /api/workers/w1/stream", .wrongMethod(allowed: ["GET"])),
    ("POST /api/workers/w1/email", .wrongMethod(allowed: ["GET"])),
    ("PUT /api/workers/w1/files/a", .wrongMethod(allowed: ["GET"])),
    ("DELETE /api/workers/w1/schedules", .wrongMethod(allowed: ["GET", "POST"])),
    ("GET /api/workers/w1/schedules/s", .wrongMethod(allowed: ["DELETE"])),
    ("GET ", .notFound), ("GET /", .notFound), ("GET /api", .notFound),
    ("GET /api/worker", .notFound), ("GET api/workers/w1", .notFound),
    ("GET //api/workers", .notFound), ("GET /api/workers//stream", .notFound),
    ("GET /api/workers/%zz", .notFound), ("GET /api/workers/%f", .notFound),
    ("GET /api/workers/%FF", .notFound), ("GET /api/workers/w1/", .notFound),
    ("GET /api/workers/w1/other", .notFound), ("GET /api/workers/w1/stream/x", .notFound),
    ("GET /api/workers/w1/files", .notFound), ("GET /api/workers/w1/files/", .notFound),
    ("GET /api/workers/w1/files/%", .notFound), ("DELETE /api/workers/w1/schedules/", .notFound),
    ("GET /API/workers/w1", .notFound),
  ]

  @Test("Each request line finds its route or none", arguments: matches)
  func match(line: String, match: Route.Match) {
    let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    #expect(Route.match(method: String(words[0]), path: String(words[1])) == match)
  }

  @Test("Any names survive print and match")
  func names() {
    var random = Seeded(4)
    for _ in 0..<5_000 {
      let worker = Self.text(&random) + "x"
      let other = Self.text(&random) + "/" + Self.text(&random) + "y"
      for route in [
        Route.retrieve(worker: worker), .continueWorker(worker: worker), .stream(worker: worker),
        .email(worker: worker), .file(worker: worker, path: other),
        .createSchedule(worker: worker), .schedules(worker: worker),
        .cancelSchedule(worker: worker, schedule: other),
      ] {
        #expect(Route.match(method: route.method.rawValue, path: route.path) == .route(route))
      }
    }
  }

  @Test("Garbage paths never crash, and what they match prints to the same match")
  func garbage() {
    var random = Seeded(5)
    let pieces = [
      "/", "api", "workers", "%2F", "%", "%2", "files", "schedules", "..", "é", "\0", "w",
    ]
    for _ in 0..<10_000 {
      let path =
        "/api/workers"
        + (0..<Int.random(in: 0..<8, using: &random)).map { _ in
          pieces.randomElement(using: &random) ?? ""
        }.joined()
      let match = Route.match(method: "GET", path: path)
      guard case .route(let route) = match else { continue }
      #expect(Route.match(method: "GET", path: route.path) == match, "\(path)")
    }
  }

  @Test("Each byte but the kept ones is encoded, and decoding undoes it once")
  func percent() {
    #expect(PercentCoding.encode("a b/c%d?e#f\u{301}") == "a%20b%2Fc%25d%3Fe%23f%CC%81")
    #expect(PercentCoding.encode(".") == "%2E")
    #expect(PercentCoding.encode("...") == "...")
    #expect(PercentCoding.decode("%2e%2E+%41") == "..+A")
    for text in ["%", "%4", "%4g", "%g4", "%C3", "%FF", "%ED%A0%80"] {
      #expect(PercentCoding.decode(text) == nil, "\(text)")
    }
  }

  private static func text(_ random: inout Seeded) -> String {
    let pieces = [
      "a", "/", "%", ".", "..", " ", "ü", "漢", "\u{301}", "?", "#", "\n", "\0", "😀", "+",
    ]
    return (0..<Int.random(in: 0..<5, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }
}
