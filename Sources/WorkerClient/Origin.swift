internal import CCurl

/// Scheme, host and port of a URL (RFC 6454, section 4): who may see what is meant for whom.
///
/// Parsed by libcurl's own parser, so that no URL means one host here and another to the transfer.
public struct Origin: Hashable, Sendable {
  /// `http` or `https`.
  public let scheme: String
  /// In lower case.
  public let host: String
  /// The scheme's own where the URL names none.
  public let port: Int

  public init(url: String) throws(AddressFault) {
    guard !url.unicodeScalars.contains(where: { $0.isControl || $0 == " " }) else {
      throw .malformed
    }
    guard let parser = curl_url() else { throw .malformed }
    defer { curl_url_cleanup(parser) }
    // Unknown schemes are let through here and refused by name below.
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
    guard curl_url_set(parser, CURLUPART_URL, url, flags) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: parser)
    else { throw .malformed }
    guard scheme == "http" || scheme == "https" else { throw .scheme }
    guard Self.part(CURLUPART_USER, of: parser) == nil,
      Self.part(CURLUPART_PASSWORD, of: parser) == nil
    else { throw .user }
    guard let host = Self.part(CURLUPART_HOST, of: parser), !host.isEmpty,
      let port = Self.part(CURLUPART_PORT, of: parser).flatMap({ Int($0) })
    else { throw .malformed }
    self.scheme = scheme
    self.host = host.lowercased()
    self.port = port
  }

  private static func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parser, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text
    else { return nil }
    defer { curl_free(text) }
    return String(cString: text).lowercased()
  }

  /// Where a redirect leads: http or https, without a user, and never out of TLS.
  static func redirect(to location: String, from url: String) throws(AddressFault) -> String {
    let target = try resolve(location, against: url)
    let scheme = try Origin(url: target).scheme
    if scheme == "http", try Origin(url: url).scheme == "https" { throw .downgrade }
    return target
  }

  /// A redirect's target made whole against the URL that answered (RFC 3986, section 5).
  static func resolve(_ location: String, against url: String) throws(AddressFault) -> String {
    guard let parser = curl_url() else { throw .malformed }
    defer { curl_url_cleanup(parser) }
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_set(parser, CURLUPART_URL, url, flags) == CURLUE_OK,
      curl_url_set(parser, CURLUPART_URL, location, flags | UInt32(CURLU_URLENCODE)) == CURLUE_OK,
      curl_url_get(parser, CURLUPART_URL, &text, 0) == CURLUE_OK, let text
    else { throw .malformed }
    defer { curl_free(text) }
    return String(cString: text)
  }
}

/// Why a URL cannot be used.
public enum AddressFault: Error, Hashable, Sendable {
  case malformed
  /// Neither http nor https.
  case scheme
  /// It names a user or a password, which would end up in logs and on screens.
  case user
  /// A base URL with a query or a fragment has no place to put a path.
  case query
  /// From https to http: what comes back could be anybody's.
  case downgrade
}

extension AddressFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed: "it is not a URL such as https://host/path"
    case .scheme: "only http and https are spoken"
    case .user: "it holds a user name or a password"
    case .query: "it has a query or a fragment"
    case .downgrade: "it leads from https to http"
    }
  }
}
