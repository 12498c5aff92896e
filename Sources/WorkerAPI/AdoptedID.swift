/// A worker's id from outside, by itself or in an address.
public enum AdoptedID {
  /// Bytes of an id, and of an address.
  public static let (limit, addressLimit) = (200, 4_096)

  /// Why a text is no id, as a sentence.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
  }

  public static func isAddress(_ text: String) -> Bool {
    let start = text.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// Answers the id; a fault names the text, except where it may be a key.
  public static func read(_ text: String) -> Result<String, Fault> {
    isAddress(text) ? fromAddress(text) : check(text)
  }

  /// The same for what a person types, where a word that is no id would stay in the list for ever.
  public static func readTyped(_ text: String) -> Result<String, Fault> {
    read(text).flatMap { id in
      if isAddress(text) || isLikely(id) { return .success(id) }
      return .failure(
        Fault(description: "\(shown(text)): this is no worker's id, as in t_org_1_w_2"))
    }
  }

  /// Liberal, as nobody promised how ids look.
  private static func isLikely(_ id: String) -> Bool {
    if id.hasPrefix("t_") || id.hasPrefix("wrk_") { return true }
    let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    return id.utf8.count >= 8 && id.utf8.contains { isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  /// The segment behind `workers`, else the last one that looks like a worker's id
  /// (protocol.md (a)).
  private static func fromAddress(_ text: String) -> Result<String, Fault> {
    guard text.utf8.count <= addressLimit else {
      return .failure(Fault(description: "an address is longer than \(addressLimit) bytes"))
    }
    let address = text.prefix { $0 != "?" && $0 != "#" }
    // "https:", "" and the host stand before the path.
    let segments = address.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
    ).dropFirst(3).map { PercentCoding.decode(String(decoding: $0, as: UTF8.self)) ?? "%" }
    if let place = segments.firstIndex(of: "workers"), place + 1 < segments.count {
      return check(segments[place + 1], of: text)
    }
    guard let id = segments.last(where: looksLikeWorker) else {
      return .failure(Fault(description: "\(shown(text)): no worker's id is in this address"))
    }
    return check(id, of: text)
  }

  /// `wrk_…` of today and `t_org_…_w_…` of before.
  private static func looksLikeWorker(_ segment: String) -> Bool {
    segment.hasPrefix("wrk_") || segment.hasPrefix("t_") && segment.contains("_w_")
  }

  private static func check(_ id: String, of whole: String? = nil) -> Result<String, Fault> {
    func fault(_ reason: String) -> Result<String, Fault> {
      .failure(Fault(description: "\(shown(whole ?? id)): \(reason)"))
    }
    if id.hasPrefix("hdg_") {
      return .failure(Fault(description: "this looks like an API key, not like a worker's id"))
    }
    for (start, other) in [("sch_", "schedule"), ("tsk_", "task"), ("whk_", "webhook")]
    where id.hasPrefix(start) {
      return fault("this is the id of a \(other), not of a worker")
    }
    guard !id.isEmpty else { return fault("an id is missing") }
    guard id.utf8.count <= limit else { return fault("longer than \(limit) bytes") }
    let letters = id.utf8.allSatisfy { isWord($0) || "_-.:".utf8.contains($0) }
    guard letters, id.utf8.contains(where: isWord) else {
      return fault("an id has letters, digits and _ - . : only")
    }
    return .success(id)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// The first 80 characters for a message, ASCII as it is and everything else as `?`.
  public static func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let shown = scalars.prefix(80).map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" }
    return "\"" + String(shown) + (scalars.dropFirst(80).isEmpty ? "\"" : "…\"")
  }
}
