import WorkerAPI

/// Reads the JSON of a file.
enum JSONText {
  /// Why a text is no JSON, as words.
  struct Fault: Error {
    var words: String

    init(_ failure: JSONReader.Failure, in bytes: some Collection<UInt8>, line: Int? = nil) {
      switch failure {
      case .tooDeep: words = "nested too deeply for a tree"
      case .unexpected(let offset):
        let before = bytes.prefix(offset)
        let newline = UInt8(ascii: "\n")
        let row = line ?? before.count { $0 == newline } + 1
        // Bytes that go on with a character are no columns of their own.
        let column = before.reversed().prefix { $0 != newline }.count { $0 & 0xC0 != 0x80 } + 1
        words = "not valid JSON (line \(row), column \(column))"
      }
    }
  }

  /// Of a text that was cut, what is there of it.
  static func value(of bytes: [UInt8], isCut: Bool) throws(Fault) -> JSON {
    if isCut, let value = CutJSON.value(of: bytes) { return value }
    do throws(JSONReader.Failure) {
      return try JSONReader.read(bytes)
    } catch {
      throw Fault(error, in: bytes)
    }
  }

  /// One value a line, as an array of them.
  static func values(of bytes: [UInt8], isCut: Bool) throws(Fault) -> JSON {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var values: [JSON] = []
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      let isLast = isCut && index == lines.count - 1
      if isLast, let value = CutJSON.value(of: Array(line)) {
        values.append(value)
        continue
      }
      do throws(JSONReader.Failure) {
        values.append(try JSONReader.read(Array(line)))
      } catch {
        // Of a last line that was cut there may be nothing yet.
        guard !isLast else { continue }
        throw Fault(error, in: line, line: index + 1)
      }
    }
    return .array(values)
  }
}
