import Testing

@testable import Console

@Suite("Regular expressions")
struct ExpressionTests {
  @Test(
    "a pattern is found where it is, and only there",
    arguments: [
      ("run", "brunch", true), ("^run", "brunch", false), ("ch$", "brunch", true),
      ("Run", "run", false), ("run", "RUN", true), ("b.u", "bru", true), ("b.u", "bu", false),
      ("colou?r", "color", true), ("ab*c", "ac", true), ("ab+c", "ac", false),
      ("ab+c", "abbbc", true), ("^(a|bc|)d$", "bcd", true), ("^(a|bc|)d$", "d", true),
      ("^(?:ab)+$", "ababab", true), ("^(?:ab)+$", "aba", false), ("^a{2,3}$", "aa", true),
      ("^a{2,3}$", "aaaa", false), ("^a{2}$", "aa", true), ("^a{2,}$", "aaaaa", true),
      ("^a{2,}$", "a", false), ("[a-c]x", "bx", true), ("[^a-c]x", "bx", false),
      ("[]x]", "]", true), ("[a-]", "-", true), ("[\\d.]+€", "4.19€", true),
      ("\\d{4}-\\d\\d", "in 2026-11", true), ("\\D", "123", false), ("\\bcat\\b", "a cat!", true),
      ("\\bcat\\b", "concat", false), ("\\Bcat", "concat", true), ("a\\.b", "axb", false),
      ("a\\.b", "a.b", true), ("\\w+\\s\\S", "one two", true), ("展.会", "展示会", true),
      ("é", "É", true), ("", "x", true), ("a|b|c", "xc", true), ("(a*)*b", "aaab", true),
      ("a.*?b", "a--b", true),
    ])
  func finds(_ pattern: String, _ text: String, _ isFound: Bool) throws {
    #expect(try Expression(pattern).matches(text) == isFound, "\(pattern) in \(text)")
  }

  @Test(
    "what is no pattern says what is wrong with it",
    arguments: [
      ("(a", "a ( is not closed"), ("a)", "a ) closes nothing"), ("[a", "a [ is not closed"),
      ("*a", "nothing stands before * to be repeated"),
      ("^+", "nothing stands before + to be repeated"),
      ("a{2", "a { is not closed"), ("a{3,1}", "{3,1} is no count up to 100"),
      ("a{101}", "{101} is no count up to 100"), ("[z-a]", "z-a is the wrong way round"),
      ("a\\", "nothing stands after \\"),
      ("(a)\\1", "\\1 is not taken: what was found before cannot be asked for"),
      ("(?=a)", "only (?: is taken after (, no look around"),
      ("((a{100}){100}){100}", "this pattern is too long"),
    ])
  func problems(_ pattern: String, _ sentence: String) {
    #expect(throws: Expression.Problem(sentence)) { try Expression(pattern) }
  }

  @Test("a pattern that makes others try for ever is done in time with its text")
  func evil() throws {
    let text = String(repeating: "a", count: 2_000) + "!"
    for pattern in ["^(a+)+$", "^(a|a)*$", "^(a*)*b$", "^(a?){50}a{50}$"] {
      #expect(try !Expression(pattern).matches(text))
    }
  }
}
