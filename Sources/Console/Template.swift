public import WorkerAPI

/// An instruction with gaps, as it stands in a file of the operator's.
///
/// The file may begin with a head of lines `title: …` and `budget: …`, closed by an empty line or
/// `---`; the rest is the text. A gap is `{{name}}` or `{{name=what stands there at first}}`.
public struct Template: Hashable, Sendable {
  /// What a set of templates and each of them may hold.
  public static let countLimit = 100
  public static let byteLimit = 64 << 10
  public static let gapLimit = 20

  public struct Gap: Hashable, Sendable {
    public var name: String
    public var standard: String
  }

  /// Why a file is no template, as a sentence.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String

    public init(description: String) { self.description = description }
  }

  public var title: String
  /// Nil leaves the budget as it is.
  public var budget: Budget?
  /// In the order in which they come, each name once.
  public private(set) var gaps: [Gap] = []
  private var pieces: [Piece] = []

  private enum Piece: Hashable, Sendable {
    case text(String)
    case gap(String)
  }

  /// `name` is the file's, without its end; it is the title where the head gives none.
  public init(name: String, _ bytes: [UInt8]) throws(Fault) {
    guard bytes.count <= Self.byteLimit else {
      throw Fault(description: "larger than 64 KiB")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(description: "not UTF-8 text")
    }
    title = Sanitise.line(name)
    let lines = Sanitise.text(text).split(separator: "\n", omittingEmptySubsequences: false)
    var body = try readHead(lines[...])
    while let first = body.first, first.allSatisfy(\.isWhitespace) { body = body.dropFirst() }
    while let last = body.last, last.allSatisfy(\.isWhitespace) { body = body.dropLast() }
    guard !body.isEmpty else { throw Fault(description: "there is no text in it") }
    cut(body.joined(separator: "\n")[...])
    guard gaps.count <= Self.gapLimit else {
      throw Fault(description: "it has \(gaps.count) gaps; \(Self.gapLimit) are the most")
    }
  }

  /// The text with values in its gaps; one that is missing is what stands there at first.
  public func filled(_ values: [String: String]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .gap(let name): values[name] ?? gaps.first { $0.name == name }?.standard ?? ""
      }
    }.joined()
  }

  /// Reads the lines of the head; answers those of the text.
  private mutating func readHead(
    _ lines: ArraySlice<Substring>
  ) throws(Fault) -> ArraySlice<Substring> {
    let isFramed = lines.first == "---"
    guard isFramed || lines.first?.hasPrefix("title:") == true else { return lines }
    var rest = lines.dropFirst(isFramed ? 1 : 0)
    while let line = rest.first {
      let number = rest.startIndex + 1
      rest = rest.dropFirst()
      if line == "---" || !isFramed && line.allSatisfy(\.isWhitespace) { return rest }
      let halves = line.split(separator: ":", maxSplits: 1).map { $0.trimmingBlanks }
      guard halves.count == 2 else {
        throw Fault(description: "line \(number): a head has lines such as budget: low")
      }
      switch halves[0] {
      case "title": title = halves[1]
      case "budget":
        guard let found = Budget.all.first(where: { $0.word == halves[1] }) else {
          let words = Budget.all.map(\.word).joined(separator: ", ")
          throw Fault(description: "line \(number): no budget \"\(halves[1])\"; there are \(words)")
        }
        budget = found
      default: throw Fault(description: "line \(number): unknown key \"\(halves[0])\"")
      }
    }
    throw Fault(description: isFramed ? "its head has no end (---)" : "there is no text in it")
  }

  /// What only looks like a gap, such as `{{#if}}`, is text.
  private mutating func cut(_ text: Substring) {
    var rest = text
    var plain = ""
    while let open = rest.firstRange(of: "{{") {
      plain += rest[..<open.lowerBound]
      rest = rest[open.lowerBound...]
      guard let close = rest.firstRange(of: "}}"),
        let gap = Self.gap(rest[open.upperBound..<close.lowerBound])
      else {
        plain += rest.prefix(1)
        rest = rest.dropFirst()
        continue
      }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(.gap(gap.name))
      if !gaps.contains(where: { $0.name == gap.name }) { gaps.append(gap) }
      rest = rest[close.upperBound...]
    }
    plain += rest
    if !plain.isEmpty { pieces.append(.text(plain)) }
  }

  /// A name is of letters, digits, blanks, `_` and `-`, at most 40 of them.
  private static func gap(_ text: Substring) -> Gap? {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = halves.first?.trimmingBlanks, (1...40).contains(name.count),
      name.allSatisfy({ $0.isLetter || $0.isNumber || " _-".contains($0) }),
      !text.contains("\n")
    else { return nil }
    return Gap(name: name, standard: halves.count == 2 ? halves[1].trimmingBlanks : "")
  }
}

/// The templates of a folder, and why some of its files are none.
public struct TemplateSet: Hashable, Sendable {
  public var templates: [Template]
  /// Sentences that begin with a file's name.
  public var faults: [String]
  /// Where the operator puts them.
  public var folder: String

  public init(templates: [Template] = [], faults: [String] = [], folder: String = "") {
    self.templates = templates
    self.faults = faults
    self.folder = folder
  }
}

/// The port to the folder of templates.
public protocol TemplateSource: Sendable {
  func load() async -> TemplateSet
}

extension StringProtocol {
  /// Without the blanks around it.
  fileprivate var trimmingBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }

  fileprivate func firstRange(of mark: StaticString) -> Range<Index>? {
    let mark = "\(mark)"
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(mark) {
        return index..<self.index(index, offsetBy: mark.count)
      }
      index = self.index(after: index)
    }
    return nil
  }
}
