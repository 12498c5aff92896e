/// The nine endpoints, printed by the client and parsed by the server, so that the two cannot differ.
public enum Route: Hashable, Sendable {
  case create
  case retrieve(worker: String)
  case continueWorker(worker: String)
  case stream(worker: String)
  case email(worker: String)
  case file(worker: String, path: String)
  case createSchedule(worker: String)
  case schedules(worker: String)
  case cancelSchedule(worker: String, schedule: String)

  public var method: HTTPMethod {
    switch self {
    case .create, .continueWorker, .createSchedule: .post
    case .cancelSchedule: .delete
    case .retrieve, .stream, .email, .file, .schedules: .get
    }
  }

  /// The percent-encoded path; a nested file path keeps its `/` between encoded segments.
  public var path: String {
    let base = "/api/workers"
    switch self {
    case .create: return base
    case .retrieve(let worker), .continueWorker(let worker):
      return "\(base)/\(PercentCoding.encode(worker))"
    case .stream(let worker): return "\(base)/\(PercentCoding.encode(worker))/stream"
    case .email(let worker): return "\(base)/\(PercentCoding.encode(worker))/email"
    case .file(let worker, let path):
      let segments = Self.segments(of: path).map(PercentCoding.encode).joined(separator: "/")
      return "\(base)/\(PercentCoding.encode(worker))/files/\(segments)"
    case .createSchedule(let worker), .schedules(let worker):
      return "\(base)/\(PercentCoding.encode(worker))/schedules"
    case .cancelSchedule(let worker, let schedule):
      return "\(base)/\(PercentCoding.encode(worker))/schedules/\(PercentCoding.encode(schedule))"
    }
  }

  /// What a request asks for.
  public enum Match: Hashable, Sendable {
    case route(Route)
    /// The path exists, but not with this method; these are allowed.
    case wrongMethod(allowed: [String])
    case notFound
  }

  /// Reads a method and a percent-encoded path; a query is not part of it.
  ///
  /// Clients send a nested file path with `/` or with `%2F`; each segment is decoded exactly once.
  public static func match(method: String, path: String) -> Match {
    let raw = Self.segments(of: path).dropFirst()
    let segments = Array(raw.last == "" && raw.count == 3 ? raw.dropLast() : raw)
    guard segments.count >= 2, segments[0] == "api", segments[1] == "workers" else {
      return .notFound
    }
    if segments.count == 2 { return pick(method, [.create]) }
    guard let worker = PercentCoding.decode(segments[2]), !worker.isEmpty else { return .notFound }
    switch (segments.count, segments.count > 3 ? segments[3] : "") {
    case (3, _): return pick(method, [.retrieve(worker: worker), .continueWorker(worker: worker)])
    case (4, "stream"): return pick(method, [.stream(worker: worker)])
    case (4, "email"): return pick(method, [.email(worker: worker)])
    case (4, "schedules"):
      return pick(method, [.schedules(worker: worker), .createSchedule(worker: worker)])
    case (5, "schedules"):
      guard let schedule = PercentCoding.decode(segments[4]), !schedule.isEmpty else {
        return .notFound
      }
      return pick(method, [.cancelSchedule(worker: worker, schedule: schedule)])
    case (5..., "files"):
      let decoded = segments[4...].map(PercentCoding.decode)
      let path = decoded.compactMap(\.self).joined(separator: "/")
      guard decoded.allSatisfy({ $0 != nil }), !path.isEmpty else { return .notFound }
      return pick(method, [.file(worker: worker, path: path)])
    default: return .notFound
    }
  }

  /// Split by bytes: a `/` with a combining mark is one `Character`, and still a separator.
  private static func segments(of path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func pick(_ method: String, _ routes: [Route]) -> Match {
    if let route = routes.first(where: { $0.method.rawValue == method }) { return .route(route) }
    return .wrongMethod(allowed: routes.map(\.method.rawValue))
  }
}

/// Percent-encoding of one path segment (RFC 3986, section 2.1).
public enum PercentCoding {
  /// Keeps unreserved characters, sub-delims, `:` and `@`, as the public SDKs do; `/` is encoded.
  public static func encode(_ segment: String) -> String {
    if segment == "." { return "%2E" }
    if segment == ".." { return "%2E%2E" }
    var output: [UInt8] = []
    for byte in segment.utf8 {
      if isKept(byte) {
        output.append(byte)
      } else {
        output.append(UInt8(ascii: "%"))
        output.append(hexDigits[Int(byte >> 4)])
        output.append(hexDigits[Int(byte & 15)])
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Decodes once; nil for a `%` without two hexadecimal digits and for bytes that are not UTF-8.
  public static func decode(_ segment: String) -> String? {
    var output: [UInt8] = []
    var bytes = Array(segment.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        output.append(byte)
        continue
      }
      guard let high = bytes.popFirst().flatMap(hexValue),
        let low = bytes.popFirst().flatMap(hexValue)
      else { return nil }
      output.append(high << 4 | low)
    }
    return String(validating: output, as: UTF8.self)
  }

  private static let hexDigits = Array("0123456789ABCDEF".utf8)

  private static func isKept(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~!$&'()*+,;=:@".utf8.contains(byte)
    }
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
  }
}
