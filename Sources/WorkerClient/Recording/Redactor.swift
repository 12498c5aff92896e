internal import WorkerAPI

/// Takes secrets out of bytes that come in pieces, also where a secret is cut between two of them.
///
/// A secret that a server hands out spread over several JSON strings, as a model that spells a key
/// out in deltas would, is not found.
struct Redactor: Sendable {
  static let mark = Array("[redacted]".utf8)
  /// Secrets that are shorter would blacken ordinary words.
  static let shortest = 4

  private let secrets: [[UInt8]]
  /// The begin of what may be a secret; shorter than the longest of them.
  private var held: [UInt8] = []

  /// Each secret is found as it stands, and as JSON and URLs write it.
  init(secrets: [String]) {
    var forms: Set<[UInt8]> = []
    for secret in secrets where secret.utf8.count >= Self.shortest {
      forms.insert(Array(secret.utf8))
      forms.insert(Array(PercentCoding.encode(secret).utf8))
      let quoted = JSON.string(secret).text.dropFirst().dropLast()
      forms.insert(Array(quoted.utf8))
      forms.insert(Array(quoted.utf8).flatMap { $0 == UInt8(ascii: "/") ? [0x5C, $0] : [$0] })
    }
    // The longest first: one form may be the begin of another.
    self.secrets = forms.sorted { ($0.count, $0[0]) > ($1.count, $1[0]) }
  }

  /// What can be written of what has come so far.
  mutating func pass(_ bytes: [UInt8]) -> [UInt8] {
    guard !secrets.isEmpty else { return bytes }
    let all = held + bytes
    var written: [UInt8] = []
    written.reserveCapacity(all.count)
    var at = 0
    while at < all.count {
      if let found = secrets.first(where: { all[at...].starts(with: $0) }) {
        written += Self.mark
        at += found.count
      } else if secrets.contains(where: { $0.starts(with: all[at...]) }) {
        break
      } else {
        written.append(all[at])
        at += 1
      }
    }
    held = Array(all[at...])
    return written
  }

  /// What was held back, at the end.
  mutating func finish() -> [UInt8] {
    defer { held = [] }
    return held
  }

  func text(_ text: String) -> String {
    var copy = self
    copy.held = []
    let passed = copy.pass(Array(text.utf8)) + copy.finish()
    return String(decoding: passed, as: UTF8.self)
  }
}
