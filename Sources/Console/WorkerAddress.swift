/// A worker as an operator names it: its id, or an address in which the id stands.
enum WorkerAddress {
  /// Characters; a longer text is none.
  static let limit = 500

  /// The id: the segment after `workers` in an address, else the text itself; nil for what cannot be
  /// one.
  static func id(in text: String) -> String? {
    let trimmed = text.drop(while: \.isWhitespace)
    let end = trimmed.lastIndex { !$0.isWhitespace }.map(trimmed.index(after:))
    let whole = trimmed[..<(end ?? trimmed.startIndex)]
    var id = whole
    if whole.contains("://") {
      let parts = whole.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
      guard let place = parts.lastIndex(of: "workers"), place + 1 < parts.count else { return nil }
      id = parts[place + 1]
    }
    let isSound =
      !id.isEmpty && id.utf8.count <= limit && id != "." && id != ".."
      && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
    return isSound ? String(id) : nil
  }
}
