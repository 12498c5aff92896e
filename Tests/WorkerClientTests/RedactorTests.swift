import Support
import Testing

@testable import WorkerClient

@Suite("Secrets in what is recorded")
struct RedactorTests {
  private static let secret = #"sk-a/b"c9"#

  /// All of it, given in these pieces.
  private func redacted(_ pieces: [[UInt8]], _ secrets: [String]) -> String {
    var redactor = Redactor(secrets: secrets)
    let written = pieces.flatMap { redactor.pass($0) } + redactor.finish()
    return String(decoding: written, as: UTF8.self)
  }

  @Test("A secret is found wherever it is cut in two")
  func cuts() {
    let text = Array("data: x \(Self.secret) y sk-a/b sk-".utf8)
    for cut in 0...text.count {
      #expect(
        redacted([Array(text[..<cut]), Array(text[cut...])], [Self.secret])
          == "data: x [redacted] y sk-a/b sk-")
    }
    #expect(
      redacted(text.map { [$0] }, [Self.secret]) == "data: x [redacted] y sk-a/b sk-")
  }

  @Test("A secret is found as JSON and as a URL write it")
  func forms() {
    #expect(
      redacted(
        [Array(#""sk-a/b\"c9" "sk-a\/b\"c9" ?k=sk-a%2Fb%22c9"#.utf8)], [Self.secret])
        == #""[redacted]" "[redacted]" ?k=[redacted]"#)
  }

  @Test("Of two secrets that begin alike the longer one is taken; words stay words")
  func overlap() {
    #expect(
      redacted([Array("key-1234 key-12 key- abc".utf8)], ["key-12", "key-1234", "abc", ""])
        == "[redacted] [redacted] key- abc")
  }

  @Test("Random cuts give what one piece gives")
  func random() {
    var dice = Seeded(7)
    for _ in 0..<2_000 {
      let letters = Array("aab".utf8)
      let text = (0..<Int.random(in: 0...40, using: &dice)).map { _ in
        letters.randomElement(using: &dice)!
      }
      var pieces: [[UInt8]] = []
      var rest = text[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...5, using: &dice)
        pieces.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      let secrets = ["aabaa", "abab"]
      #expect(redacted(pieces, secrets) == redacted([text], secrets))
    }
  }
}
