import Support
import Testing

@testable import Console

@Suite("Where an expression is in a line")
struct ExpressionFinderTests {
  private func found(_ pattern: String, _ text: String) throws -> [String] {
    var finder = try ExpressionFinder(Expression(pattern))
    let bytes = Array(text.utf8)
    return finder.find(in: bytes).places.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(
    "matches are the first from the left, as long as their signs ask for, and none is empty",
    arguments: [
      ("a+", "baaac aa", ["aaa", "aa"]), ("a*", "baaac", ["aaa"]), ("a*", "bbb", []),
      ("|a", "aaa", []), ("^", "abc", []), ("\\b", "abc", []), ("", "abc", []),
      ("a.*b", "axbxb", ["axbxb"]), ("a.*?b", "axbxb", ["axb"]), ("a??b", "ab", ["ab"]),
      ("a|ab", "ab", ["a"]), ("ab|a", "ab", ["ab"]), ("(?:ab)+", "ababxab", ["abab", "ab"]),
      ("^a", "aa", ["a"]), ("a$", "aa", ["a"]), ("x*$", "xabxx", ["xx"]), ("^a+$", "aab", []),
      ("\\bcat\\b", "cat concat cat", ["cat", "cat"]), ("\\Bcat", "cat concat", ["cat"]),
      ("a{2,3}", "aaaaa", ["aaa", "aa"]), ("[^a]", "aéa", ["é"]), ("展.会", "x展示会y", ["展示会"]),
      ("é", "É é", ["É", "é"]), ("É", "É é", ["É"]), ("\\d+ ms", "12 ms, 7 ms", ["12 ms", "7 ms"]),
    ])
  func finds(_ pattern: String, _ text: String, _ matches: [String]) throws {
    #expect(try found(pattern, text) == matches, "\(pattern) in \(text)")
  }

  /// A pattern of marks, sets, groups and repetitions; what is repeated is never empty.
  private func pattern(_ dice: inout Seeded, _ depth: Int = 3) -> String {
    let atoms = ["a", "b", "c", ".", "[ab]", "[^a]"]
    let signs = ["", "", "*", "+", "?", "*?", "{1,2}"]
    return (0...Int.random(in: 0...2, using: &dice)).map { _ in
      let atom = atoms.randomElement(using: &dice) ?? ""
      guard depth > 0, Bool.random(using: &dice) else {
        return atom + (signs.randomElement(using: &dice) ?? "")
      }
      let inner = pattern(&dice, depth - 1)
      return Bool.random(using: &dice)
        ? "(?:\(atom)\(inner))" + (signs.randomElement(using: &dice) ?? "")
        : "(?:\(inner)|\(pattern(&dice, depth - 1)))"
    }.joined()
  }

  @Test("matches are those that an engine finds which tries one way after the other")
  func same() throws {
    for seed in 1...400 {
      var dice = Seeded(UInt64(seed))
      let text = String((0..<12).map { _ in "abcd".randomElement(using: &dice) ?? "a" })
      var pattern = pattern(&dice)
      if Int.random(in: 0...5, using: &dice) == 0 { pattern = "^(?:\(pattern))" }
      if Int.random(in: 0...5, using: &dice) == 0 { pattern = "(?:\(pattern))$" }
      guard let other = try? Regex(pattern) else { continue }
      let wanted = text.matches(of: other).map { String(text[$0.range]) }
      #expect(try found(pattern, text) == wanted.filter { !$0.isEmpty }, "\(pattern) in \(text)")
      var finder = try ExpressionFinder(Expression(pattern))
      #expect(try finder.isFound(in: Array(text.utf8)) == Expression(pattern).matches(text))
    }
  }

  @Test("a line that leads to ever new states is left at the limit, and that is said")
  func limit() throws {
    var dice = Seeded(7)
    let bytes = (0..<100_000).map { _ in UInt8.random(in: 97...98, using: &dice) }
    var finder = try ExpressionFinder(Expression("c[ab]{99}a"))
    #expect(finder.find(in: bytes) == ExpressionFinder.Found(places: [], isCut: true))
    #expect(finder.isFound(in: bytes) == nil)
    #expect(finder.work < 2 * ExpressionFinder.lineLimit + 4 * bytes.count)
    // The line after it is looked at again.
    let match = Array(("xc" + String(repeating: "a", count: 100)).utf8)
    #expect(finder.find(in: match) == ExpressionFinder.Found(places: [1..<102]))
  }

  @Test("a pattern that makes others try for ever takes a few looks at each mark")
  func evil() throws {
    let bytes = Array((String(repeating: "a", count: 20_000) + "!").utf8)
    for pattern in ["^(a+)+$", "(a|a)*b", "(a*)*b", "(.*a){20}b"] {
      var finder = try ExpressionFinder(Expression(pattern))
      #expect(finder.find(in: bytes) == ExpressionFinder.Found())
      #expect(finder.work < 5 * bytes.count, "\(pattern)")
    }
  }
}
