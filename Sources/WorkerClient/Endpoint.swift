public import WorkerAPI

/// Where the server is, how it knows us, and how long we wait for it.
public struct Endpoint: Hashable, Sendable {
  /// The address of API version 0.3 (protocol.md (a), "Base URL").
  public static let defaultBase = "https://v3.handinger.com"

  /// An absolute http or https URL without a trailing slash; a path prefix is kept.
  public let base: String
  /// The origin of `base`: the only one that ever sees the key and the extra headers.
  public let origin: Origin
  /// Sent as `Authorization: Bearer`, and nowhere else; nil sends no such header.
  public private(set) var key: String?
  /// Added to every request to the own origin; they replace our own headers of the same name.
  public let extraHeaders: [HTTPHeader]
  /// A file of certificates in PEM form that replaces the system's; nil uses the system's.
  public let certificates: String?
  public var timeouts = Timeouts()
  /// What follows the slash in `User-Agent: signalbox/VERSION`.
  public var version: String

  /// How long we wait, in seconds.
  public struct Timeouts: Hashable, Sendable {
    /// From the start to an open connection, TLS included.
    public var connect: Double
    /// From the start to the head of the answer, redirects included.
    public var answer: Double
    /// Between two bytes of a body; time in which the reader holds the sender up does not count.
    public var stall: Double

    public init(connect: Double = 10, answer: Double = 60, stall: Double = 30) {
      self.connect = connect
      self.answer = answer
      self.stall = stall
    }
  }

  /// An empty base or key counts as unset; white space around them is dropped.
  public init(
    base: String = "", key: String? = nil, extraHeaders: [HTTPHeader] = [],
    certificates: String? = nil, version: String = "development"
  ) throws(EndpointError) {
    let address = trimmed(base)
    let url = Self.withoutTrailingSlashes(address.isEmpty ? Self.defaultBase : address)
    guard !url.contains("?"), !url.contains("#") else { throw .badBase(.query) }
    let origin: Origin
    do { origin = try Origin(url: url) } catch { throw .badBase(error) }
    guard extraHeaders.allSatisfy({ $0.isWellFormed }) else { throw .badHeader(line: nil) }
    self.base = url
    self.origin = origin
    self.key = try Self.secret(key ?? "")
    self.extraHeaders = extraHeaders
    self.certificates = certificates
    self.version = version
  }

  /// The same place with another key, which is looked at as the first one was.
  public func with(key: String) throws(EndpointError) -> Endpoint {
    var copy = self
    copy.key = try Self.secret(key)
    return copy
  }

  private static func secret(_ text: String) throws(EndpointError) -> String? {
    let secret = trimmed(text)
    guard !secret.unicodeScalars.contains(where: \.isControl) else { throw .controlInKey }
    return secret.isEmpty ? nil : secret
  }

  public var userAgent: String { "signalbox/\(version)" }

  /// The whole URL of a target; an absolute one must be http or https and name no user.
  public func url(for target: TransportRequest.Target) throws(TransportError) -> String {
    switch target {
    case .path(let path):
      return path.hasPrefix("/") ? base + path : base + "/" + path
    case .absolute(let url):
      do { _ = try Origin(url: url) } catch { throw .badAddress(error.description) }
      return url
    }
  }

  private static func withoutTrailingSlashes(_ url: String) -> String {
    var url = url[...]
    while url.hasSuffix("/") { url.removeLast() }
    return String(url)
  }
}

extension Endpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says whether there is a key and which headers are added, never their values.
  public var description: String {
    let names = extraHeaders.map(\.name).joined(separator: ", ")
    return "\(base) (\(key == nil ? "no key" : "with a key")"
      + (names.isEmpty ? ")" : ", headers \(names))")
  }

  public var debugDescription: String { description }

  /// Without children, so that `dump` shows no more than `description`.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

func trimmed(_ text: String) -> String {
  var scalars = text.unicodeScalars[...]
  while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
  while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
  return String(scalars)
}

extension Unicode.Scalar {
  /// C0, DEL and C1.
  var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
