import Glibc

/// Standard input, in chunks as they come.
enum StandardInput {
  struct Failure: Error {
    var reason: String
  }

  /// At most 64 KiB; nil at the end.
  static func chunk() throws(Failure) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = bytes.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
      return count == 0 ? nil : Array(bytes[..<count])
    }
  }

  /// Each line without its LF, also a last one that has none; the caller answers each at once.
  static func eachLine(_ take: ([UInt8]) throws -> Void) throws {
    var line: [UInt8] = []
    while let chunk = try chunk() {
      var rest = chunk[...]
      while let end = rest.firstIndex(of: 0x0A) {
        line.append(contentsOf: rest[..<end])
        try take(line)
        line.removeAll(keepingCapacity: line.count < 1 << 20)
        rest = rest[(end + 1)...]
      }
      line.append(contentsOf: rest)
    }
    if !line.isEmpty { try take(line) }
  }
}
