/// Where lines end, as cmark counts them: at LF, CR LF or CR.
enum LineEnd {
  static func isPart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// The offset after the last line that no further text can change; 0 when there is none.
  ///
  /// A CR at the very end does not count, for the LF may still come.
  static func lastComplete(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var end = bytes.count
    if bytes.last == UInt8(ascii: "\r") { end -= 1 }
    while end > 0, !isPart(bytes[end - 1]) { end -= 1 }
    return end
  }

  /// The offsets at which lines start; one more than there are line ends.
  static func starts(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where isPart(byte) {
      let isHalf =
        byte == UInt8(ascii: "\r") && offset + 1 < bytes.count
        && bytes[offset + 1] == UInt8(ascii: "\n")
      if !isHalf { starts.append(offset + 1) }
    }
    return starts
  }
}
