extension Doctor {
  /// Judges what was seen.
  public init(_ facts: Facts) {
    findings =
      Self.terminal(facts.terminal) + Self.text(facts.text) + Self.multiplexer(facts)
      + Self.server(facts.server) + facts.files.map(Self.file)
      + facts.versions.map { Finding(.program, $0.name, $0.number) }
    widths = facts.text.widths
  }

  private static func terminal(_ terminal: Terminal) -> [Finding] {
    func finding(_ name: String, _ value: String, _ judgement: Judgement = .ok) -> Finding {
      Finding(.terminal, name, value, judgement)
    }
    let size = "\(terminal.columns)x\(terminal.rows)"
    var findings = [term(terminal), colors(terminal)]
    if !terminal.isThere {
      findings.append(finding("size", "no terminal on standard output"))
    } else if terminal.columns < 30 || terminal.rows < 8 {
      findings.append(
        finding("size", size, .warn(advice: "below 30x8 there is room for a summary only")))
    } else if terminal.columns < 60 || terminal.rows < 16 {
      findings.append(
        finding("size", size, .warn(advice: "below 60x16 one pane is shown at a time")))
    } else {
      findings.append(finding("size", size))
    }
    findings.append(
      finding(
        "link", terminal.isRemote ? "over SSH, 15 frames a second" : "local, 30 frames a second")
    )
    let delay = "\(terminal.escapeDelay) ms"
    let isShort = terminal.isRemote && terminal.escapeDelay < 50
    findings.append(
      finding(
        "ESC delay", delay,
        isShort
          ? .warn(advice: "over SSH arrow keys may come apart: escape_delay: 100")
          : terminal.escapeDelay > 300
            ? .warn(advice: "Esc seems slow: a smaller escape_delay") : .ok))
    findings.append(links(terminal))
    return findings
  }

  private static func term(_ terminal: Terminal) -> Finding {
    let value = terminal.term.isEmpty ? "not set" : terminal.term
    if !terminal.placesCursor {
      return Finding(
        .terminal, "TERM", "\(value), which cannot place the cursor",
        .bad(advice: "the console cannot run; 'signalbox watch ID' prints plain lines"))
    }
    guard let standIn = terminal.standIn else {
      return Finding(.terminal, "TERM", "\(value), known to terminfo")
    }
    return Finding(
      .terminal, "TERM", "\(value), unknown here; \(standIn) stands in",
      .warn(advice: "from your machine: infocmp -x \(value) | ssh HOST tic -x -"))
  }

  private static func colors(_ terminal: Terminal) -> Finding {
    let value =
      terminal.isDirect ? "direct colour" : terminal.colors > 0 ? "\(terminal.colors)" : "none"
    if terminal.isColorRefused {
      return Finding(.terminal, "colours", "\(value), but NO_COLOR is set: none are used")
    }
    let isPoor = terminal.colors < 256 && !terminal.isDirect
    let advice = "themes with colours of their own need 256; \(terminal.term)-256color may do"
    return Finding(.terminal, "colours", value, isPoor ? .warn(advice: advice) : .ok)
  }

  private static func text(_ text: Text) -> [Finding] {
    let locale = text.locale.isEmpty ? "none" : text.locale
    var findings: [Finding] = []
    if !text.isUnicode {
      findings.append(
        Finding(
          .text, "locale", "\(locale), not UTF-8: ASCII is drawn",
          .warn(advice: "export LANG=C.UTF-8")))
    } else if text.isReplaced {
      findings.append(
        Finding(
          .text, "locale", "\(locale) is not installed; C.UTF-8 stands in",
          .warn(advice: "other programs may show '?': install it, or export LANG=C.UTF-8")))
    } else {
      findings.append(Finding(.text, "locale", "\(locale), UTF-8"))
    }
    return findings + text.widths.map(width)
  }

  private static func width(_ width: Sample) -> Finding {
    let others = [("C library", width.library)] + (width.terminal.map { [("terminal", $0)] } ?? [])
    let value =
      others.allSatisfy { $0.1 == width.ours }
      ? (width.ours == 1 ? "1 column" : "\(width.ours) columns")
        + (width.terminal == nil ? "" : ", and so says the terminal")
      : "\(width.ours) here, " + others.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    var judgement = Judgement.ok
    if width.library != width.ours {
      judgement = .warn(advice: "rows with it may be drawn a column off")
    } else if let terminal = width.terminal, terminal != width.ours {
      judgement = .warn(advice: "this terminal shifts what follows it; ctrl-l mends the row")
    }
    return Finding(.text, width.name, value, judgement)
  }
}
