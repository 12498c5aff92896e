import CNcurses
public import Canvas

extension Terminal {
  /// Characters of a title or a notification; terminals show no more.
  static let asideLimit = 200

  /// Waits for the next frame, so that both are one write.
  public func say(_ news: [Aside]) {
    for aside in news {
      switch aside {
      case .bell: asides.append(0x07)
      case .notification(let text, let form):
        guard obeysCommands else { continue }
        let start = form == .osc9 ? "9;" : "777;notify;signalbox;"
        let passage = Passage.all(in: environment)[0]
        asides += passage.carry(Array("\u{1B}]\(start)\(plain(text))\u{07}".utf8))
      case .title(let text):
        guard takesTitle else { continue }
        let isFirst = title == nil
        title = plain(text)
        guard isClaimed else { continue }
        if isFirst { asides += ControlSequence.titlePush }
        asides += ControlSequence.title(title ?? "")
        // From now on a crash has a title to take back.
        if isFirst { arm() }
      }
    }
  }

  /// Sends what no frame took along.
  func flushAsides() {
    guard !asides.isEmpty else { return }
    Outlet.write(takeAsides(), output)
  }

  func takeAsides() -> [UInt8] {
    defer { asides = [] }
    return isClaimed ? asides : []
  }

  /// Reports of the mouse; false where the terminal is not known to send them.
  public func setMouse(_ isOn: Bool) -> Bool {
    guard speaksANSI, ControlSequence.toleratesMarks(environment["TERM"] ?? "") else {
      return false
    }
    hasMouse = isOn
    guard isClaimed else { return true }
    if isOn { defineMouse() }
    Outlet.write(isOn ? ControlSequence.mouseOn : ControlSequence.mouseOff, output)
    return true
  }

  /// Curses would read the rest of a report itself, in a form of its own.
  func defineMouse() {
    define_key("\u{1B}[<", KeyCodes.mouseNumbers)
    define_key("\u{1B}[M", KeyCodes.mouseBytes)
  }

  /// Screen keeps no title to go back to.
  private var takesTitle: Bool {
    let term = environment["TERM"] ?? ""
    let isTmux = environment["TMUX"]?.isEmpty == false && environment["STY"]?.isEmpty != false
    return speaksANSI && ControlSequence.toleratesMarks(term)
      && (isTmux || !term.hasPrefix("screen"))
  }

  private var obeysCommands: Bool { ControlSequence.obeysCommands(environment["TERM"] ?? "") }

  /// The last look at a text that becomes a part of a sequence: nothing in it can end that.
  private func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(Self.asideLimit) {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0: result.append(" ")
      case 0xA0...: result.append(isUnicode ? scalar : "?")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
