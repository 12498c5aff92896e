/// Reads the citations of a Markdown text in one pass, without laying it out.
struct CitationReader {
  private let bytes: [UInt8]
  private let numbers: [String: Int]
  private let count: Int
  private var index = 0
  private var cited: [Int] = []

  static func sources(in text: String, _ numbers: [String: Int], _ count: Int) -> [Int] {
    guard count > 0 else { return [] }
    var reader = CitationReader(bytes: Array(text.utf8), numbers: numbers, count: count)
    reader.read()
    return reader.cited
  }

  private init(bytes: [UInt8], numbers: [String: Int], count: Int) {
    self.bytes = bytes
    self.numbers = numbers
    self.count = count
  }

  private mutating func read() {
    var isFenced = false
    var isLineStart = true
    while index < bytes.count {
      if isLineStart, isFence() {
        isFenced.toggle()
        skipLine()
        continue
      }
      isLineStart = bytes[index] == UInt8(ascii: "\n")
      if isFenced {
        skipLine()
        isLineStart = true
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: "`"): skipCode()
      case UInt8(ascii: "["): readNumbers()
      case UInt8(ascii: "h"): readAddress()
      default: index += 1
      }
    }
  }

  /// Three backticks or tildes at a line's start, behind blanks or a quote's marks.
  private func isFence() -> Bool {
    var place = index
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == UInt8(ascii: ">") {
      place += 1
    }
    guard place + 2 < bytes.count, "`~".utf8.contains(bytes[place]) else { return false }
    return bytes[place + 1] == bytes[place] && bytes[place + 2] == bytes[place]
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    index += 1
  }

  /// Past a run of code; backticks without their like in the paragraph are text.
  private mutating func skipCode() {
    let start = index
    while index < bytes.count, bytes[index] == UInt8(ascii: "`") { index += 1 }
    let length = index - start
    var run = 0
    for place in index..<bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\n"), bytes[place - 1] == byte { return }
      if byte == UInt8(ascii: "`") {
        run += 1
        continue
      }
      if run == length {
        index = place
        return
      }
      run = 0
    }
    if run == length { index = bytes.count }
  }

  /// `[3]` or `[1, 2]`; the words of a link leave it to its address, a definition cites nothing.
  private mutating func readNumbers() {
    let start = index
    index += 1
    var found: [Int] = []
    var number: Int?
    while index < bytes.count {
      let byte = bytes[index]
      if byte &- 0x30 < 10, (number ?? 0) < 10_000 {
        number = (number ?? 0) * 10 + Int(byte - 0x30)
      } else if byte == UInt8(ascii: ","), let value = number {
        found.append(value)
        number = nil
      } else if byte == UInt8(ascii: "]"), let value = number {
        index += 1
        let next = index < bytes.count ? bytes[index] : 0
        if next == UInt8(ascii: ":"), start == 0 || bytes[start - 1] == UInt8(ascii: "\n") {
          return skipLine()
        }
        if next == UInt8(ascii: "(") || next == UInt8(ascii: "]") { return }
        cited += (found + [value]).filter { (1...count).contains($0) }.map { $0 - 1 }
        return
      } else if byte != 0x20 {
        // The words of something else, which may hold numbers of their own.
        index = start + 1
        return
      }
      index += 1
    }
  }

  private mutating func readAddress() {
    let start = index
    guard
      bytes[start...].starts(with: "http://".utf8) || bytes[start...].starts(with: "https://".utf8)
    else {
      index += 1
      return
    }
    var depth = 0
    while index < bytes.count, bytes[index] > 0x20, !"<>\"`]|".utf8.contains(bytes[index]) {
      if bytes[index] == UInt8(ascii: "(") { depth += 1 }
      if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
      if depth < 0 { break }
      index += 1
    }
    // As the words of a link it only says where the link goes.
    let rest = bytes[index...].prefix(2)
    if rest.elementsEqual("](".utf8) { return }
    var address = bytes[start..<index]
    if let number = numbers[Citations.key(String(decoding: address, as: UTF8.self))] {
      return cited.append(number)
    }
    while let last = address.last, ".,;:!?'*_)".utf8.contains(last) { address.removeLast() }
    if let number = numbers[Citations.key(String(decoding: address, as: UTF8.self))] {
      cited.append(number)
    }
  }
}
