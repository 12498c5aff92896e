import Support
import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("The head of an answer")
struct AnswerHeadTests {
  private static func read(_ lines: [String]) -> [AnswerHead.Step] {
    var head = AnswerHead()
    return lines.map { line in Array(line.utf8).withUnsafeBytes { head.received($0) } }
  }

  @Test("Lines make a head; folded ones are joined, strange ones dropped, trailers not heard")
  func lines() {
    #expect(
      Self.read([
        "HTTP/1.1 100 Continue\r\n", "A: no\r\n", "\r\n", "HTTP/2 200 \r\n", "A: 1\r\n",
        "b:2:3 \r\n", " folded\r\n", "nonsense\r\n", "C:\r\n", "\r\n", "T: trailer\r\n", "\r\n",
      ]) == Array(repeating: .more, count: 9) + [
        .complete(
          TransportHead(
            status: 200,
            headers: [HTTPHeader("A", "1"), HTTPHeader("b", "2:3 folded"), HTTPHeader("C", "")]))
      ] + [.more, .more])
  }

  @Test("A head over the limit is told")
  func limit() {
    let line = "A: " + String(repeating: "x", count: 1021)
    let steps = Self.read(Array(repeating: line, count: AnswerHead.limit / 1024 + 1))
    #expect(steps.dropLast().allSatisfy { $0 == .more })
    #expect(steps.last == .tooLarge)
  }

  @Test("Any bytes are read without harm, and a head is complete at most once")
  func fuzz() {
    var chance = Seeded(11)
    let pieces = ["HTTP/", "1.1 ", "200", "404", ":", " ", "\t", "A", "é", "\u{301}", "\u{1B}", ""]
    for _ in 0..<5000 {
      var head = AnswerHead()
      var completions = 0
      for _ in 0..<Int.random(in: 0...12, using: &chance) {
        var bytes = (0..<Int.random(in: 0...6, using: &chance))
          .flatMap { _ in Array((pieces.randomElement(using: &chance) ?? "").utf8) }
        if Bool.random(using: &chance) { bytes.append(UInt8.random(in: 0...255, using: &chance)) }
        bytes += [13, 10]
        if case .complete(let head) = bytes.withUnsafeBytes({ head.received($0) }) {
          completions += 1
          #expect(head.status >= 200)
        }
      }
      #expect(completions <= 1)
    }
  }
}
