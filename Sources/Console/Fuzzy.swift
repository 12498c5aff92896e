/// Letters that are found in a text in their order, with anything between them.
enum Fuzzy {
  /// How well they fit, more for letters in a row and at the starts of words; nil where they are not
  /// there. Texts are cut to 100 characters, letters to 30.
  static func score(_ letters: String, in text: String) -> Int? {
    let wanted = Array(letters.lowercased().filter { $0 != " " }.prefix(30))
    guard !wanted.isEmpty else { return 0 }
    let text = Array(text.lowercased().prefix(100))
    // The best of all ways to have found so many letters with the last one here.
    var row = [Int?](repeating: nil, count: text.count)
    for (number, letter) in wanted.enumerated() {
      var next = [Int?](repeating: nil, count: text.count)
      var best: Int?
      for place in text.indices {
        if text[place] == letter {
          let isStart = place == 0 || !(text[place - 1].isLetter || text[place - 1].isNumber)
          let own = 1 + (isStart ? 6 : 0)
          if number == 0 {
            next[place] = own - min(place, 10) / 5
          } else {
            let joined = place > 0 ? row[place - 1].map { $0 + 5 } : nil
            next[place] = [best, joined].compactMap(\.self).max().map { $0 + own }
          }
        }
        // What lies between costs as much as it is long.
        best = [best.map { $0 - 1 }, number > 0 ? row[place].map { $0 - 1 } : nil]
          .compactMap(\.self).max()
      }
      row = next
    }
    return row.compactMap(\.self).max().map { $0 - text.count / 10 }
  }
}
