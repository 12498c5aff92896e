/// What a registry begins with that takes the place of a damaged one.
struct Restoration {
  /// The name of the copy; nil where there was no sound one.
  var copy: String?
  /// What the damaged file had besides.
  var restored: Restored
  /// Nothing is missing of what was spent.
  var areBooksWhole: Bool

  /// What this registry is, behind a semicolon.
  var sentence: String {
    let found = restored.counts.map(Self.count).joined(separator: ", ")
    guard let copy else {
      return "this is a new one with what could still be read: \(found). Other workers may be "
        + "missing: \(Self.adoption)."
    }
    return "this is the copy of \(RegistryFile.moment(in: copy))."
      + (found.isEmpty ? "" : " Also read from the damaged file: \(found).")
      + " Workers that were added after it may be missing, forgotten ones may be back: "
      + "\(Self.adoption)." + doubt
  }

  private var doubt: String {
    guard restored.doubtful > 0 else { return "" }
    let orders = Self.count("order", restored.doubtful)
    return " \(orders) of the copy may have been settled since: look before you send again."
  }

  private static func count(_ word: String, _ count: Int) -> String {
    "\(count) \(word)" + (count == 1 ? "" : "s")
  }

  private static let adoption = "'signalbox registry adopt' takes ids"

  static let unbooked = " What was spent today may be more than is shown."
}

extension RegistryFile {
  /// The time of a copy as in 2026-01-31 23:59 UTC; its name where there is none in it.
  static func moment(in name: String) -> String {
    let digits = stamp(in: name).filter(\.isNumber)
    guard digits.count == 14 else { return name }
    var parts: [Substring] = []
    var rest = digits[...]
    for length in [4, 2, 2, 2, 2] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return "\(parts[0])-\(parts[1])-\(parts[2]) \(parts[3]):\(parts[4]) UTC"
  }
}
