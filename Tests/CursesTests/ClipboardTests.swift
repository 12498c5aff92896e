import Canvas
import Testing

@testable import Curses

@Suite("The clipboard's plan")
struct ClipboardTests {
  private func steps(_ text: String, _ environment: [String: String]) -> [Clipboard.Step] {
    Clipboard(environment: environment).steps(for: text)
  }

  private func bytes(_ steps: [Clipboard.Step]) -> String? {
    guard case .terminal(let bytes, _) = steps.last else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "base64 is that of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("ÿ→~\u{0}", "w7/ihpJ+AA=="),
    ])
  func base64(_ text: String, _ code: String) {
    #expect(String(decoding: Base64.encode(text.utf8), as: UTF8.self) == code)
    #expect(Base64.count(text.utf8.count) == code.utf8.count)
  }

  @Test("a terminal by itself gets the bare sequence")
  func bare() {
    let steps = steps("foobar", ["TERM": "xterm-256color", "SSH_TTY": "/dev/pts/1"])
    #expect(steps == [.terminal(Array("\u{1B}]52;c;Zm9vYmFy\u{07}".utf8), .bare)])
  }

  @Test("in tmux its own command comes first, and the passthrough when that fails")
  func tmux() {
    let steps = steps("foobar", ["TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"])
    let wrapped = "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9vYmFy\u{07}\u{1B}\\"
    #expect(
      steps == [
        .tmuxBuffer(isOffered: true), .tmuxBuffer(isOffered: false),
        .terminal(Array(wrapped.utf8), .tmux),
      ])
  }

  @Test("in screen the sequence comes in strings that screen takes, and they join to the whole")
  func screen() {
    let text = String(repeating: "All of it. ", count: 700)
    let shown = bytes(steps(text, ["TERM": "screen.xterm-256color", "STY": "1.pts-0.host"])) ?? ""
    let strings = shown.components(between: "\u{1B}P", and: "\u{1B}\\")
    #expect(strings.count > 30)
    #expect(strings.allSatisfy { $0.utf8.count <= 252 })
    #expect(strings.joined() == String(decoding: Clipboard.sequence(text), as: UTF8.self))
    #expect(shown == strings.map { "\u{1B}P\($0)\u{1B}\\" }.joined())
  }

  @Test("a multiplexer on another machine shows in TERM alone, so both forms are sent")
  func far() {
    let sequence = "\u{1B}]52;c;Zm9vYmFy\u{07}"
    #expect(
      bytes(steps("foobar", ["TERM": "tmux-256color"]))
        == "\u{1B}Ptmux;\u{1B}\(sequence)\u{1B}\\\(sequence)")
    #expect(
      bytes(steps("foobar", ["TERM": "screen-256color"]))
        == "\u{1B}P\(sequence)\u{1B}\\\(sequence)")
  }

  @Test("screen in tmux gets screen's form, though tmux's command is tried first")
  func nested() {
    let all = ["TERM": "screen.tmux-256color", "STY": "1.a", "TMUX": "/tmp/t,1,0"]
    let steps = steps("foobar", all)
    #expect(steps.first == .tmuxBuffer(isOffered: true))
    #expect(bytes(steps) == "\u{1B}P\u{1B}]52;c;Zm9vYmFy\u{07}\u{1B}\\")
  }

  @Test(
    "requirement 11: the cap is 74,994 bytes of base64; past it tmux alone is given the text, unoffered"
  )
  func cap() {
    let most = String(repeating: "x", count: 56_244)
    #expect(Base64.count(most.utf8.count) <= 74_994)
    #expect(steps(most, ["TERM": "xterm"]).count == 1)
    let more = most + "xx"
    #expect(Base64.count(more.utf8.count) > 74_994)
    #expect(steps(more, ["TERM": "xterm"]) == [])
    #expect(steps(more, ["TERM": "screen", "STY": "1.a"]) == [])
    #expect(steps(more, ["TERM": "tmux", "TMUX": "x"]) == [.tmuxBuffer(isOffered: false)])
    let clipboard = Clipboard(environment: ["TERM": "xterm"])
    #expect(clipboard.obstacle(to: more) == .tooLarge(limit: 56_244))
  }

  @Test(
    "what would print the sequence never gets it",
    arguments: ["linux", "vt100", "vt220", "dumb", "ansi", "wy60", ""])
  func deaf(_ term: String) {
    #expect(steps("foobar", ["TERM": term]) == [])
    #expect(Clipboard(environment: ["TERM": term]).obstacle(to: "a") == .unknownTerminal)
  }

  @Test("whatever the text holds, nothing of it can end the sequence")
  func hostile() {
    for text in ["\u{07}\u{1B}\\\u{9C}\u{1B}]0;x\u{07}", "\u{1B}\\\n\u{1B}P", "';\n$(id)"] {
      for environment in [["TERM": "xterm"], ["TERM": "screen", "STY": "1.a"]] {
        let inner = bytes(steps(text, environment))?.drop { $0 != ";" }.dropFirst(3) ?? ""
        let code = inner.prefix { $0 != "\u{07}" }
        #expect(Array(code.utf8) == Base64.encode(text.utf8))
      }
    }
  }
}

extension String {
  /// The texts between each pair of marks.
  fileprivate func components(between start: String, and end: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let first = rest.firstRange(of: start) {
      rest = rest[first.upperBound...]
      guard let last = rest.firstRange(of: end) else { break }
      found.append(String(rest[..<last.lowerBound]))
      rest = rest[last.upperBound...]
    }
    return found
  }
}
