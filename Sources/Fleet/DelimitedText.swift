/// Rows of a CSV or TSV text (RFC 4180), read leniently: nothing in it is an error.
public struct DelimitedText: Hashable, Sendable {
  public static let rowLimit = 5_000
  public static let columnLimit = 200
  /// Characters of a cell that are kept.
  public static let cellLimit = 1_000

  public private(set) var rows: [[String]] = []
  public private(set) var delimiter: UInt8
  /// Rows, columns or cells beyond the bounds were left out.
  public private(set) var isCut = false

  /// A last row that was cut with the text is kept as far as it goes.
  public init(_ text: String, isCut: Bool = false) {
    let bytes = Array(text.utf8)
    delimiter = Self.delimiter(of: bytes)
    self.isCut = isCut
    read(bytes)
  }

  /// Quoted delimiters and line ends belong to the cell, and two quotes in quotes are one.
  private mutating func read(_ bytes: [UInt8]) {
    let (quote, newline, carriage) = (UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var row: [String] = []
    var cell: [UInt8] = []
    var (isQuoted, wasQuoted) = (false, false)
    var index = 0
    func endCell(_ row: inout [String], _ isCut: inout Bool) {
      let text = String(decoding: cell, as: UTF8.self)
      if row.count < Self.columnLimit {
        // A character has four bytes at most in the count that is cheap to take.
        let kept = cell.count > Self.cellLimit ? String(text.prefix(Self.cellLimit)) : text
        isCut = isCut || kept.utf8.count < text.utf8.count
        row.append(kept)
      } else {
        isCut = true
      }
      cell = []
      wasQuoted = false
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        guard byte == quote else {
          cell.append(byte)
          continue
        }
        if index < bytes.count, bytes[index] == quote {
          cell.append(quote)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == quote, cell.isEmpty, !wasQuoted {
        (isQuoted, wasQuoted) = (true, true)
      } else if byte == delimiter {
        endCell(&row, &isCut)
      } else if byte == newline || byte == carriage {
        if byte == carriage, index < bytes.count, bytes[index] == newline { index += 1 }
        let isEmpty = row.isEmpty && cell.isEmpty && !wasQuoted
        endCell(&row, &isCut)
        if !isEmpty { rows.append(row) }
        row = []
        guard rows.count < Self.rowLimit else {
          isCut = isCut || index < bytes.count
          return
        }
      } else {
        cell.append(byte)
      }
    }
    guard !row.isEmpty || !cell.isEmpty || wasQuoted else { return }
    endCell(&row, &isCut)
    rows.append(row)
  }

  /// The sign that the first line outside of quotes holds most of.
  private static func delimiter(of bytes: [UInt8]) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return counts.firstIndex(of: most).map { candidates[$0] } ?? candidates[0]
  }
}
