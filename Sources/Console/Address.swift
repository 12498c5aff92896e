/// The parts of a URL that a reader wants to see.
enum Address {
  /// The host; empty for what has none.
  static func host(of url: String) -> String {
    guard let scheme = scheme(of: url) else { return "" }
    let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
    return String(authority.split(separator: "@").last ?? "")
  }

  /// Without scheme, query and a trailing slash: `supplier.example/catalogue`.
  static func short(_ url: String) -> String {
    guard let scheme = scheme(of: url) else { return url }
    let rest = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
    return String(rest.hasSuffix("/") ? rest.dropLast() : rest)
  }

  /// Words with their addresses as they are said, without `https://`.
  static func unschemed(_ words: String) -> String {
    words.replacing("https://", with: "").replacing("http://", with: "")
  }

  /// The host of words that are an address, with or without a scheme; all of other words.
  static func shownHost(of words: String) -> String {
    let host = host(of: words)
    return host.isEmpty ? String(words.prefix { !"/?#".contains($0) }) : host
  }

  /// `https://` at the very start (RFC 3986, 3.1); what merely holds an address is none.
  private static func scheme(of text: String) -> Range<String.Index>? {
    guard let range = text.firstRange(of: "://"),
      range.lowerBound > text.startIndex,
      text[..<range.lowerBound].utf8.allSatisfy({
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
      })
    else { return nil }
    return range
  }
}

extension Substring {
  /// Without the characters at its end that match.
  func trimmingSuffix(_ matches: (Character) -> Bool) -> String {
    var rest = self
    while let last = rest.last, matches(last) { rest.removeLast() }
    return String(rest)
  }
}
