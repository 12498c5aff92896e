internal import WorkerAPI

/// Why an endpoint cannot be made; each description is a sentence for the operator.
public enum EndpointError: Error, Hashable, Sendable {
  case badBase(AddressFault)
  case controlInKey
  /// The line of the variable, counted from 1; nil for a header that no variable gave.
  case badHeader(line: Int?)
}

extension EndpointError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badBase(let fault): "The base URL cannot be used: \(fault)."
    case .controlInKey:
      "The API key holds a control character, such as a line break; copy it again."
    case .badHeader(let line?):
      "HANDINGER_CUSTOM_HEADERS, line \(line), is not of the form Name: value."
    case .badHeader(nil): "An extra header is not of the form Name: value."
    }
  }
}

extension Endpoint {
  /// Reads HANDINGER_BASE_URL, HANDINGER_API_KEY, HANDINGER_CUSTOM_HEADERS and SSL_CERT_FILE.
  ///
  /// A missing key is no error here: a local server may need none, and the operator can be asked.
  public init(environment: [String: String]) throws(EndpointError) {
    let certificates = trimmed(environment["SSL_CERT_FILE"] ?? "")
    try self.init(
      base: environment["HANDINGER_BASE_URL"] ?? "",
      key: environment["HANDINGER_API_KEY"],
      extraHeaders: Self.headers(lines: environment["HANDINGER_CUSTOM_HEADERS"] ?? ""),
      certificates: certificates.isEmpty ? nil : certificates)
  }

  /// Lines `Name: value`; blank lines are skipped.
  static func headers(lines: String) throws(EndpointError) -> [HTTPHeader] {
    var headers: [HTTPHeader] = []
    let parts = lines.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, part) in parts.enumerated() {
      let line = trimmed(String(part))
      guard !line.isEmpty else { continue }
      guard let colon = line.firstIndex(of: ":") else { throw .badHeader(line: index + 1) }
      let header = HTTPHeader(
        trimmed(String(line[..<colon])), trimmed(String(line[line.index(after: colon)...])))
      guard header.isWellFormed else { throw .badHeader(line: index + 1) }
      headers.append(header)
    }
    return headers
  }
}

extension HTTPHeader {
  /// A token as name (RFC 9110, section 5.6.2), and nothing in the value that ends a line.
  var isWellFormed: Bool {
    !name.isEmpty && name.utf8.allSatisfy(Self.isTokenByte)
      && !value.utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
