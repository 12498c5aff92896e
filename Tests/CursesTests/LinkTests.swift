import Canvas
import Testing

@testable import Curses

extension TerminalTests {
  private static func picture(_ words: String, _ link: String?, style: Style = .plain) -> Frame {
    var frame = Frame(size: Size(columns: 80, rows: 24))
    frame.write(Line([Span("go "), Span(words, style, link: link)]), x: 2, y: 3)
    return frame
  }

  private static func mark(_ address: String) -> String { "\u{1B}]8;;\(address)\u{1B}\\" }

  @Test("A link is told once behind its picture, again when drawn over, and taken back when gone")
  func links() throws {
    let terminal = try Self.terminal.get()
    terminal.takesLinks = true
    defer { terminal.takesLinks = nil }
    let address = "https://a.example/x"
    let (save, back, place) = ("\u{1B}7", "\u{1B}8", "\u{1B}[4;6H")
    let first = try written {
      $0.present(Self.picture("here", address))
      $0.tellLinks()
    }
    #expect(
      first.hasSuffix(save + place + Self.mark(address) + "here" + Self.mark("") + back),
      "\(first.debugDescription)")
    let same = try following {
      $0.present(Self.picture("here", address))
      $0.tellLinks()
    }
    #expect(same == "")
    let other = try following {
      $0.present(Self.picture("here", "https://b.example"))
      $0.tellLinks()
    }
    #expect(
      other
        == save + place + Self.mark("") + "here" + Self.mark("") + place
        + Self.mark("https://b.example") + "here" + Self.mark("") + back)
    let gone = try following {
      $0.present(Self.picture("here", nil))
      $0.tellLinks()
    }
    #expect(gone == save + place + Self.mark("") + "here" + Self.mark("") + back)
    let covered = try following {
      $0.present(Self.picture("here", address))
      $0.tellLinks()
      $0.present(Self.picture("gone", nil))
    }
    #expect(covered.hasSuffix("gone") || !covered.hasSuffix(back))
    let over = try following { $0.tellLinks() }
    #expect(over == "")
  }

  @Test("The look of a link's cells is that of the picture, wide ones included")
  func looks() throws {
    let terminal = try Self.terminal.get()
    terminal.takesLinks = true
    defer { terminal.takesLinks = nil }
    let style = Style(attributes: [.bold, .underline])
    let bytes = try written {
      $0.present(Self.picture("a\u{6F22}b", "https://a.example", style: style))
      $0.tellLinks()
    }
    let mark = try #require(bytes.firstRange(of: Self.mark("https://a.example")))
    // Plain, then bold and underlined, then plain again, as terminfo has them.
    let plain = "\u{1B}(B"
    #expect(
      bytes[mark.upperBound...]
        == plain + "\u{1B}[0;1;4ma\u{6F22}b" + plain + "\u{1B}[m" + Self.mark("") + "\u{1B}8")
    // Curses draws on as if nothing had been written.
    let next = try following { $0.present(Self.picture("a\u{6F22}c", nil, style: style)) }
    #expect(next.contains("c"))
    #expect(seen(x: 8, y: 3).glyph == "c")
  }

  @Test(
    "Links are told to terminals that are known to take them, and to no others",
    arguments: [
      (["TERM": "xterm-kitty"], true), (["TERM": "foot"], true), (["TERM": "alacritty"], true),
      (["TERM": "xterm-256color"], false), (["TERM": "linux", "TERM_PROGRAM": "vscode"], false),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "vscode"], true),
      (["TERM": "xterm-256color", "VTE_VERSION": "7200"], true),
      (["TERM": "xterm-256color", "VTE_VERSION": "4000"], false),
      (["TERM": "screen", "STY": "1", "VTE_VERSION": "7200"], false),
      (["TERM": "tmux-256color", "TMUX": "x", "VTE_VERSION": "7200"], false),
      (
        [
          "TERM": "tmux-256color", "TMUX": "x", "TERM_PROGRAM": "tmux",
          "TERM_PROGRAM_VERSION": "3.4",
        ], true
      ),
      (
        [
          "TERM": "screen-256color", "TMUX": "x", "TERM_PROGRAM": "tmux",
          "TERM_PROGRAM_VERSION": "3.3a",
        ], false
      ), ([:], false),
    ] as [([String: String], Bool)])
  func takes(_ environment: [String: String], _ expected: Bool) {
    #expect(ControlSequence.takesLinks(environment) == expected)
  }
}
