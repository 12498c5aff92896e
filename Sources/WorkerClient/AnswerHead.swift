internal import WorkerAPI

/// Builds the head of an answer from its lines, as libcurl hands them over one by one.
struct AnswerHead {
  /// Bytes of a head that we keep; a larger one breaks the transfer off.
  static let limit = 256 << 10

  enum Step: Hashable {
    case more
    /// The last line of a final head; informational ones (1xx) are passed over.
    case complete(TransportHead)
    case tooLarge
  }

  private var head = TransportHead(status: 0)
  private var isComplete = false
  private var size = 0

  mutating func received(_ bytes: UnsafeRawBufferPointer) -> Step {
    // What follows the final head are trailers, of which this API has none.
    guard !isComplete else { return .more }
    size += bytes.count
    guard size <= Self.limit else { return .tooLarge }
    let line = String(decoding: bytes, as: UTF8.self)
    let isFolded = line.unicodeScalars.first.map { $0 == " " || $0 == "\t" } ?? false
    let text = trimmed(line)
    if line.hasPrefix("HTTP/") {
      let words = text.split(separator: " ", maxSplits: 2)
      head = TransportHead(status: words.count > 1 ? Int(words[1]) ?? 0 : 0)
    } else if text.isEmpty {
      guard head.status >= 200 else { return .more }
      isComplete = true
      return .complete(head)
    } else if isFolded, !head.headers.isEmpty {
      head.headers[head.headers.count - 1].value += " " + text
    } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
      head.headers.append(
        HTTPHeader(
          String(text[..<colon]), trimmed(String(text[text.utf8.index(after: colon)...]))))
    }
    return .more
  }
}
