import WorkerAPI

/// What may be the path of a worker's file: relative, with `/` between its segments.
enum FilePath {
  /// Bytes of a path, and of one of its segments, as most file systems have it: whoever downloads a
  /// file must be able to keep it.
  static let limit = 1_024
  static let segmentLimit = 255

  /// False for whatever could name something outside of the folder that it is put into: an absolute
  /// path, `..`, an empty segment, a backslash, a control character.
  static func isSafe(_ path: String) -> Bool {
    let bytes = path.utf8
    return (1...limit).contains(bytes.count)
      && !bytes.contains { $0 == UInt8(ascii: "\\") || $0 < 0x20 || $0 == 0x7F }
      && bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
        (1...segmentLimit).contains($0.count) && !$0.elementsEqual(".".utf8)
          && !$0.elementsEqual("..".utf8)
      }
  }

  /// True for a path that a worker publishes a file under; it must also be safe for a client that
  /// decodes it once too often, and for one on another system.
  static func isPublishable(_ path: String) -> Bool {
    isSafe(path) && !path.utf8.contains(UInt8(ascii: ":")) && path.utf8.first != UInt8(ascii: "~")
      && PercentCoding.decode(path).map(isSafe) != false
  }

  /// What follows the last dot of the last segment, in lower case: up to ten letters and digits; empty
  /// when there is none, or nothing before it.
  static func fileExtension(of path: String) -> String {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: "."),
      dot > name.startIndex
    else { return "" }
    let end = name[name.index(after: dot)...]
    let isWord = (1...10).contains(end.utf8.count) && end.utf8.allSatisfy(isAlphanumeric)
    return isWord ? end.lowercased() : ""
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
