/// A list that is not understood, as a sentence that names the item and what could stand there.
public struct FaultListError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
}

extension Fault {
  /// Reads items with commas between them; spaces around an item and an empty list are fine.
  public static func list(_ text: String) throws(FaultListError) -> [Fault] {
    var faults: [Fault] = []
    guard text.contains(where: { !$0.isWhitespace }) else { return [] }
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      faults.append(try self.item(trimmed(item)))
    }
    return faults
  }

  /// One name of the grammar, the forms of its value, and what it does, for the help.
  struct Form: Sendable {
    var name: String
    /// Items as they can be written.
    var examples: [String]
    var meaning: String
    var read: @Sendable (_ value: String?) -> Fault?
  }

  /// What can stand in a list, a line each: the item and what it does.
  public static var help: String {
    let left = forms.map { $0.examples.joined(separator: ", ") }
    let width = left.map(\.count).max() ?? 0
    return zip(left, forms).map { left, form in
      "  \(left)\(String(repeating: " ", count: width - left.count))  \(form.meaning)"
    }.joined(separator: "\n")
  }

  static func item(_ text: String) throws(FaultListError) -> Fault {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = halves.first.map(String.init) ?? ""
    let shown = text.prefix(60)
    guard let form = forms.first(where: { $0.name == name }) else {
      let names = forms.map(\.name).joined(separator: ", ")
      throw FaultListError(description: "no fault \"\(shown)\"; there are \(names)")
    }
    guard let fault = form.read(halves.count == 2 ? String(halves[1]) : nil) else {
      throw FaultListError(
        description: "\"\(shown)\" is not understood; the fault is written "
          + form.examples.joined(separator: " or "))
    }
    return fault
  }

  static let forms: [Form] = [
    breakdown(.stall, "stall", "streams go silent and stay open") { .stall(events: $0) },
    breakdown(.reset, "reset", "connections are reset in the middle of an answer") {
      .reset(events: $0)
    },
    breakdown(.cut, "cut", "connections are closed in the middle of an answer") {
      .cut(events: $0)
    },
    refusal(429), refusal(500), refusal(502), refusal(503),
    Form(
      name: "latency", examples: ["latency=50..400ms"],
      meaning: "each answer waits so long"
    ) { $0.flatMap(range).map(Fault.latency) },
    counted("split", 7, "streams are written in pieces of 7 bytes") { .split(bytes: $0) },
    plain("nofin", .noFinish, "streams end without finish and [DONE]"),
    plain("replay", .replay, "streams begin anew, whatever Last-Event-ID says"),
    plain("noids", .noIDs, "events bear no ids, and streams begin anew"),
    plain("onlynew", .onlyNew, "no ids, and later streams give only what is new"),
    counted("unavailable", 5, "every fifth request is answered with 503") {
      .unavailable(every: $0)
    },
    counted("limited", 5, "every fifth request is answered with 429") { .limited(every: $0) },
    counted("slow", 250, "each answer waits so many milliseconds") { .slow(milliseconds: $0) },
  ]

  private static func breakdown(
    _ kind: Breakdown, _ name: String, _ meaning: String,
    after: @escaping @Sendable (Int) -> Fault
  ) -> Form {
    Form(name: name, examples: ["\(name)=3%", "\(name)=40"], meaning: meaning) { value in
      value.flatMap(number).map(after)
        ?? value.flatMap(chance).map { .sometimes(kind, $0) }
    }
  }

  private static func refusal(_ status: Int) -> Form {
    Form(
      name: String(status), examples: ["\(status)=1%"],
      meaning: "requests are answered with \(status)"
    ) { $0.flatMap(chance).map { .refusal(status: status, $0) } }
  }

  private static func counted(
    _ name: String, _ example: Int, _ meaning: String, _ make: @escaping @Sendable (Int) -> Fault
  ) -> Form {
    Form(name: name, examples: ["\(name)=\(example)"], meaning: meaning) {
      $0.flatMap(number).map(make)
    }
  }

  private static func plain(_ name: String, _ fault: Fault, _ meaning: String) -> Form {
    Form(name: name, examples: [name], meaning: meaning) { $0 == nil ? fault : nil }
  }

  /// A whole number from 1 to a thousand million, in digits only.
  private static func number(_ text: String) -> Int? {
    guard isDigits(text), let number = Int(text), (1...1_000_000_000).contains(number) else {
      return nil
    }
    return number
  }

  private static func chance(_ text: String) -> Chance? {
    guard text.last == "%" else { return nil }
    let digits = text.dropLast()
    guard digits.allSatisfy({ $0 == "." || isDigit($0) }), let percent = Double(digits) else {
      return nil
    }
    return Chance(percent: percent)
  }

  /// Milliseconds of `50..400ms`, `50ms` or `1..2s`, ten minutes at most.
  private static func range(_ text: String) -> ClosedRange<Int>? {
    let isMilliseconds = text.hasSuffix("ms")
    guard isMilliseconds || text.hasSuffix("s") else { return nil }
    let numbers = text.dropLast(isMilliseconds ? 2 : 1)
    let ends: [Int?]
    if let dots = numbers.firstRange(of: "..") {
      ends = [numbers[..<dots.lowerBound], numbers[dots.upperBound...]].map {
        isDigits($0) ? Int($0) : nil
      }
    } else {
      ends = isDigits(numbers) ? [Int(numbers), Int(numbers)] : []
    }
    let limit = isMilliseconds ? 600_000 : 600
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high, high <= limit else {
      return nil
    }
    let unit = isMilliseconds ? 1 : 1000
    return low * unit...high * unit
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.allSatisfy(isDigit)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
