/// Control sequences that terminfo has no names for.
enum ControlSequence {
  static let pasteOn = Array("\u{1B}[?2004h".utf8)
  static let pasteOff = Array("\u{1B}[?2004l".utf8)

  /// Clicks, drags and the wheel, as decimal numbers.
  static let mouseOn = Array("\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h".utf8)
  static let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l".utf8)

  /// Puts the window's title on the terminal's stack (XTWINOPS 22).
  static let titlePush = Array("\u{1B}[22;2t".utf8)
  /// Takes it from there; a terminal without a stack is left without a title instead.
  static let titlePop = title("") + Array("\u{1B}[23;2t".utf8)

  static func title(_ text: String) -> [UInt8] { Array("\u{1B}]2;\(text)\u{07}".utf8) }

  /// What a program that crashed here before may have left on: four mouse modes and paste markers.
  static let leftovers = ["1000", "1002", "1003", "1006", "2004"].flatMap {
    Array("\u{1B}[?\($0)l".utf8)
  }

  /// What a program that was killed in the middle may have left on beside: a scroll region, places
  /// counted from it, and keys in xterm's longer form.
  static let wreck = ["[r", "[?6l", "[>4;0m"].flatMap { Array("\u{1B}\($0)".utf8) }

  /// Terminals that show a frame at once between two marks, or ignore the marks.
  static func toleratesMarks(_ term: String) -> Bool {
    let families = [
      "xterm", "tmux", "screen", "rxvt", "foot", "alacritty", "kitty", "wezterm", "ghostty", "st-",
    ]
    return families.contains { term.hasPrefix($0) }
  }

  /// Terminals that take an operating system command (OSC), or skip it without a trace; others, such
  /// as the Linux console and old hardware, would print it.
  static func obeysCommands(_ term: String) -> Bool {
    let families = ["gnome", "konsole", "vte", "putty", "mintty", "contour", "iterm", "nsterm"]
    return toleratesMarks(term) || families.contains { term.hasPrefix($0) }
  }

  /// Terminals that are known to take links (OSC 8), by their names and by what they leave in the
  /// environment; others may print them. Over SSH only the name comes along.
  static func takesLinks(_ environment: [String: String]) -> Bool {
    let term = environment["TERM"] ?? ""
    let isSet = { (name: String) in environment[name]?.isEmpty == false }
    // Screen takes none; tmux from 3.4 on (its CHANGES file).
    if isSet("STY") { return false }
    if isSet("TMUX") || term.hasPrefix("tmux") || term.hasPrefix("screen") {
      let version = environment["TERM_PROGRAM_VERSION"]?.split(separator: ".") ?? []
      guard environment["TERM_PROGRAM"] == "tmux", version.count == 2, let major = Int(version[0]),
        let minor = Int(version[1].prefix { $0.isNumber })
      else { return false }
      return (major, minor) >= (3, 4)
    }
    let families = [
      "xterm-kitty", "xterm-ghostty", "ghostty", "foot", "alacritty", "wezterm", "contour",
      "mintty",
    ]
    if families.contains(where: term.hasPrefix) { return true }
    guard obeysCommands(term) else { return false }
    let programs: Set = ["WezTerm", "iTerm.app", "ghostty", "vscode"]
    return environment["TERM_PROGRAM"].map(programs.contains) == true || isSet("KITTY_WINDOW_ID")
      || isSet("WT_SESSION") || (environment["VTE_VERSION"].flatMap { Int($0) } ?? 0) >= 5_000
  }

  /// Far below any screen, which is its last row.
  static let bottom = Array("\u{1B}[999;1H".utf8)

  /// What leaves an empty row for the shell's prompt where our screen stays, because the terminal has
  /// none other; the cursor is in the last row.
  static func farewell(_ capability: (String) -> String?) -> [UInt8] {
    guard capability("rmcup") == nil else { return [] }
    return [0x0D] + (capability("el").map(unpadded) ?? [0x0A])
  }

  /// A terminfo string without its delays (`$<5/>`), which only old hardware needs.
  static func unpadded(_ value: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(value.utf8)[...]
    while let byte = rest.first {
      if rest.starts(with: "$<".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }
}
