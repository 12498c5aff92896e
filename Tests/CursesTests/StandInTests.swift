import Testing

@testable import Curses

@Suite("Terminals that the host does not know")
struct StandInTests {
  @Test(
    "a terminal is taken for the nearest one of its family, at last for any",
    arguments: [
      ("xterm-kitty", "xterm-256color"), ("xterm-ghostty", "xterm-256color"),
      ("alacritty-direct", "xterm-256color"), ("foot-extra", "xterm-256color"),
      ("st", "xterm-256color"), ("tmux-unknown", "screen-256color"),
      ("screen.unknown", "screen-256color"), ("linux-odd", "linux"), ("nonsense", "vt100"),
      ("stupid", "vt100"),
    ])
  func family(_ term: String, _ standIn: String) {
    let names = StandIn.names(for: term)
    #expect(names.first == standIn)
    #expect(names.suffix(2) == ["vt100", "ansi"])
  }

  @Test("the error of a terminal without a cursor names another way")
  func advice() {
    #expect("\(TerminalError.unusable(term: "dumb"))".contains("signalbox watch ID"))
  }
}
