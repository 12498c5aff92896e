import Foundation
import Support
import Synchronization
import Testing

extension BinaryTests {
  @Suite("The served API and kill -9", .timeLimit(.minutes(3)))
  struct DurabilityTests {
    @Test("twenty kills lose no worker that was acknowledged and no event that was sent")
    func survivesKills() async throws {
      let failures = try await withCheckedThrowingContinuation { continuation in
        // Sockets block here, which is not for the few threads that tests share.
        DispatchQueue.global().async { continuation.resume(with: Result { try Self.lives(20) }) }
      }
      #expect(failures == [])
    }

    private static func lives(_ count: Int) throws -> [String] {
      let workshop = try Workshop()
      var random = Seeded(9)
      let witness = Witness()
      var failures: [String] = []
      var port = 0
      for life in 0..<count {
        let (address, process) = try workshop.serve(port: port)
        port = Int(address.split(separator: ":").last ?? "") ?? 0
        let wire = Wire(port: UInt16(port))
        failures += witness.losses(wire).map { "life \(life): \($0)" }
        let limit = Int.random(in: 1...60, using: &random)
        witness.begin(after: limit) { process.signal(SIGKILL) }
        let group = DispatchGroup()
        for number in 0..<3 {
          DispatchQueue.global().async(group: group) {
            let input = number == 0 ? "Write a.md, b/c.bin, then fail" : "Find the way \(life)"
            if let id = wire.create(input, key: "\(life)-\(number)") {
              witness.acknowledged(id)
              wire.events(of: id) { witness.saw($0, of: id) }
            }
          }
        }
        for id in witness.workers.suffix(3) {
          DispatchQueue.global().async(group: group) {
            wire.events(of: id) { witness.saw($0, of: id) }
          }
        }
        group.wait()
        process.signal(SIGKILL)
        // Its lock and its port are free once it has ended; the workshop reaps it.
        var ending = siginfo_t()
        waitid(P_PID, id_t(process.pid), &ending, WEXITED | WNOWAIT)
      }
      let (address, _) = try workshop.serve(port: port)
      let wire = Wire(port: UInt16(address.split(separator: ":").last ?? "") ?? 0)
      failures += witness.losses(wire).map { "at the end: \($0)" }
      if witness.workers.count < count { failures.append("only \(witness.workers.count) workers") }
      if witness.eventCount < count * 5 { failures.append("only \(witness.eventCount) events") }
      return failures
    }
  }
}

/// What clients were told, and what must still be so afterwards.
private final class Witness: Sendable {
  private struct State: Sendable {
    var workers: [String] = []
    var seen: [String: [String]] = [:]
    var countdown = 0
    var strike: @Sendable () -> Void = {}

    mutating func tick() {
      countdown -= 1
      if countdown == 0 { strike() }
    }
  }

  private let state = Mutex(State())

  var workers: [String] { state.withLock { $0.workers } }
  var eventCount: Int { state.withLock { $0.seen.values.reduce(0) { $0 + $1.count } } }

  /// Calls `strike` once so many more things were told.
  func begin(after count: Int, _ strike: @escaping @Sendable () -> Void) {
    state.withLock {
      $0.countdown = count
      $0.strike = strike
    }
  }

  func acknowledged(_ id: String) {
    state.withLock {
      $0.workers.append(id)
      $0.tick()
    }
  }

  /// All events that one stream has brought so far.
  func saw(_ events: [String], of id: String) {
    state.withLock {
      guard events.count > $0.seen[id]?.count ?? 0 else { return }
      $0.seen[id] = events
      $0.tick()
    }
  }

  /// Everything that was told and is not so any more.
  func losses(_ wire: Wire) -> [String] {
    let told = state.withLock { $0 }
    var losses: [String] = []
    for id in told.workers {
      let answer = wire.exchange("GET /api/workers/\(id)") { _ in true }
      if answer?.status != 200 { losses.append("\(id) is \(answer?.status ?? 0)") }
      guard let events = told.seen[id] else { continue }
      var found: [String] = []
      wire.events(of: id) {
        found = $0
        return found.count < events.count
      }
      if !found.starts(with: events) { losses.append("\(id): \(found.count) of \(events.count)") }
    }
    return losses
  }
}

/// HTTP over a plain socket, as little of it as these tests need.
private struct Wire: Sendable {
  let port: UInt16

  /// The id of the worker that the whole answer tells of; nil when there is no whole answer.
  func create(_ input: String, key: String) -> String? {
    let body = #"{"input":"\#(input)"}"#
    let answer = exchange(
      "POST /api/workers",
      "Content-Type: application/json\r\nIdempotency-Key: \(key)\r\n"
        + "Content-Length: \(body.utf8.count)\r\n", body
    ) { _ in true }
    guard let answer, answer.status == 200,
      let json = try? JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    else { return nil }
    return json["id"] as? String
  }

  /// Hands over all whole events so far, whenever there are more of them.
  func events(of id: String, _ more: ([String]) -> Bool) {
    _ = exchange("GET /api/workers/\(id)/stream") { body in
      let text = String(decoding: body, as: UTF8.self)
      let blocks = text.components(separatedBy: "\n\n").dropLast()
      return more(blocks.filter { $0.contains("id: ") }.map(Self.withoutComments))
    }
  }

  func events(of id: String, _ note: ([String]) -> Void) {
    events(of: id) { events in
      note(events)
      return true
    }
  }

  private static func withoutComments(_ block: String) -> String {
    block.split(separator: "\n").filter { !$0.hasPrefix(":") }.joined(separator: "\n")
  }

  /// Sends a request and reads until the end, or until `more` says no.
  func exchange(
    _ line: String, _ headers: String = "", _ body: String = "", _ more: ([UInt8]) -> Bool
  ) -> (status: Int, body: [UInt8])? {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(connection) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isOpen = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    let request = Array(
      ("\(line) HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer k\r\nConnection: close\r\n"
        + "\(headers)\r\n\(body)").utf8)
    guard isOpen, send(connection, request, request.count, Int32(MSG_NOSIGNAL)) > 0 else {
      return nil
    }
    var answer = Answer()
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = recv(connection, &bytes, bytes.count, 0), count > 0 {
      answer.take(bytes[..<count])
      if answer.status != nil, !more(answer.body) { break }
    }
    return answer.status.map { ($0, answer.body) }
  }
}

/// An answer as it comes in, its body without the chunks that carry it (RFC 9112, section 7.1).
private struct Answer {
  private(set) var status: Int?
  private(set) var body: [UInt8] = []
  private var isChunked = false
  private var raw: [UInt8] = []

  mutating func take(_ bytes: ArraySlice<UInt8>) {
    raw += bytes
    if status == nil {
      guard let head = line(endingWith: "\r\n\r\n") else { return }
      status = Int(head.dropFirst(9).prefix(3))
      isChunked = head.lowercased().contains("transfer-encoding: chunked")
    }
    guard isChunked else {
      body += raw
      raw = []
      return
    }
    while true {
      let before = raw
      guard let size = line(endingWith: "\r\n").flatMap({ Int($0, radix: 16) }), size > 0,
        raw.count >= size + 2
      else {
        raw = before
        return
      }
      body += raw[..<size]
      raw.removeFirst(size + 2)
    }
  }

  /// Takes away what is before an end, and the end.
  private mutating func line(endingWith end: String) -> String? {
    guard let range = raw.firstRange(of: Array(end.utf8)) else { return nil }
    defer { raw.removeFirst(range.upperBound) }
    return String(decoding: raw[..<range.lowerBound], as: UTF8.self)
  }
}
