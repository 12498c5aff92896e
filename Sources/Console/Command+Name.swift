extension Command {
  /// The word by which the configuration names it: that of the command line where it has one, else
  /// that of its case, such as `half-page-down`.
  public var name: String {
    if let known = CommandBox.names.first(where: { $0.command == self }) { return known.name }
    return Self.hyphenated("\(self)")
  }

  /// `halfPageDown` as `half-page-down`; what a case carries follows it: `copy(Part.line)` as
  /// `copy-line`.
  static func hyphenated(_ name: String) -> String {
    let parts = name.split(separator: "(", maxSplits: 1)
    let carried = parts.dropFirst().first?.split(separator: ".").last?.filter(\.isLetter)
    let words = [parts.first.map(String.init), carried].compactMap(\.self)
    return words.map { word in
      word.reduce(into: "") { text, letter in
        if letter.isUppercase, !text.isEmpty { text += "-" }
        text += letter.lowercased()
      }
    }.joined(separator: "-")
  }
}

extension Binding.Context {
  /// The word by which the configuration names it: `everywhere`, `workers`, `composer`.
  public var word: String {
    if case .pane(let pane) = self { return pane.name.lowercased() }
    return Command.hyphenated("\(self)")
  }
}
