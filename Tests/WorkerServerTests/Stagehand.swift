import FoundationEssentials
import Synchronization
import WorkerAPI

@testable import WorkerServer

/// A clock that moves when it is told to.
final class ManualTime: Sendable {
  private let seconds: Mutex<Double>

  init(_ text: String = "2026-03-02T10:00:00Z") {
    seconds = Mutex(Timestamp.parse(text) ?? 0)
  }

  var now: Double { seconds.withLock { $0 } }

  func advance(_ amount: Double) { seconds.withLock { $0 += amount } }
}

extension World {
  /// A world whose time is in the test's hands.
  static func staged(_ time: ManualTime, folder: String? = nil, scenario: String? = nil) throws
    -> World
  {
    var configuration = ServerConfiguration()
    configuration.dataFolder = folder
    configuration.scenario = scenario
    return try World(configuration) { time.now }
  }

  /// Creates a worker and gives its id.
  func started(_ input: String, budget: Budget = .standard) throws -> String {
    let json = try create(RunRequest(input: input, budget: budget), once: nil, origin: "http://h")
    return json["id"]?.string ?? ""
  }

  /// The whole stream of a worker, in pages of the given size.
  func stream(of worker: String, pageSize: Int = 100, after last: String = "") throws
    -> [ServerSentEvent]
  {
    var place = try beginning(of: worker, after: last)
    var events: [ServerSentEvent] = []
    while true {
      let page = try page(of: worker, from: place, limit: pageSize, origin: "http://h")
      events += page.events
      place = page.next
      if page.isEnd || page.events.isEmpty { return events }
    }
  }

  func text(of worker: String) throws -> String {
    try retrieve(worker, origin: "http://h").text
  }
}

/// A folder that is gone after the test.
func withFolder(_ body: (String) async throws -> Void) async throws {
  let folder =
    FileManager.default.temporaryDirectory.path
    + "/worker-server-\(UInt64.random(in: 0...UInt64.max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try await body(folder)
}
