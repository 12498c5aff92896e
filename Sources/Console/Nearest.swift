/// What somebody meant who wrote a name that is not known.
public enum Nearest {
  /// The known name with the fewest edits between, at most two or a third of its length; nil when
  /// none is that near.
  public static func name(to word: String, in known: [String]) -> String? {
    let near = known.map { (name: $0, edits: edits(word.lowercased(), $0)) }
      .filter { $0.edits <= max($0.name.count < 4 ? 1 : 2, $0.name.count / 3) }
    return near.min { $0.edits < $1.edits }?.name
  }

  /// Insertions, deletions and replacements between two words (Wagner and Fischer, 1974).
  public static func edits(_ one: String, _ other: String) -> Int {
    let letters = Array(other)
    var row = Array(0...letters.count)
    for (number, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = number + 1
      for index in letters.indices {
        let cost =
          letters[index] == letter ? diagonal : 1 + min(diagonal, row[index], row[index + 1])
        diagonal = row[index + 1]
        row[index + 1] = cost
      }
    }
    return row[letters.count]
  }
}
