/// The parts of a URL that a reader wants to see.
enum Address {
  /// The host; empty for what has none.
  static func host(of url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return "" }
    let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
    return String(authority.split(separator: "@").last ?? "")
  }

  /// Without scheme, query and a trailing slash: `supplier.example/catalogue`.
  static func short(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let rest = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
    return String(rest.hasSuffix("/") ? rest.dropLast() : rest)
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
