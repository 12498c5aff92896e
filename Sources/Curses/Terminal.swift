import CNcurses
public import Canvas
import Glibc

/// The terminal that the program runs in, through curses.
///
/// Curses is one screen for the whole process, so there is one terminal at a time.
@MainActor
public final class Terminal: Display {
  public internal(set) var size = Size(columns: 80, rows: 24)
  public internal(set) var depth: ColorDepth = .mono
  public internal(set) var isUnicode = false
  public internal(set) var wait = 0.0
  public private(set) var remarks: [String] = []

  let input: Int32
  let output: Int32
  let environment: [String: String]
  private let escapeDelay: Duration?
  private let requiresTerminal: Bool

  private var screen: OpaquePointer?
  var outlet: Outlet?
  /// Curses sets terminal modes with its first refresh, which must reach the terminal itself.
  var isFresh = true
  /// A pad for reading keys: reading from the screen's own window would repaint it.
  var keyboard: UnsafeMutablePointer<WINDOW>?
  private(set) var modes: termios?
  var isClaimed = false
  /// The program that has the terminal.
  var child: pid_t?

  var ink = Ink(palette: Palette(depth: .mono), limit: 0)
  /// What the terminal shows, nil when that is not known.
  var shown: Frame?
  /// What it should show, also while it is not claimed.
  var wanted: Frame?
  var showsCursor: Bool?
  /// Sequences of control bytes are only for terminals that speak them.
  private(set) var speaksANSI = false
  /// The title of the window, once it has one of ours.
  var title: String?
  var hasMouse = false
  /// Bytes that the next frame takes along.
  var asides: [UInt8] = []

  /// Links that the terminal has been told and that nothing has been drawn over.
  var linked: Set<Link> = []
  /// Rows that the terminal knows to go on in the next one.
  var joined: Set<Int> = []
  var isLinkDue = false
  /// Whether links are told; nil leaves it to what is known of the terminal.
  var takesLinks: Bool?

  var reader = KeyReader()
  /// Those who wait for the terminal's answers on widths, and until when.
  var widthWaiters:
    [(until: ContinuousClock.Instant, continuation: CheckedContinuation<Void, Never>)] = []
  var handler: (@MainActor ([Event]) -> Void)?
  var signals: Signals?
  var sources: [Input] = []

  /// The escape delay is how long curses waits for the rest of an escape sequence: by default
  /// 25 ms, and 100 ms over SSH, where sequences arrive in pieces. Without a word on `links` they
  /// are told to terminals that are known to take them.
  public convenience init(escapeDelay: Duration? = nil, links: Bool? = nil) {
    self.init(
      input: STDIN_FILENO, output: STDOUT_FILENO, environment: Self.variables(),
      escapeDelay: escapeDelay, links: links, requiresTerminal: true)
  }

  init(
    input: Int32, output: Int32, environment: [String: String], escapeDelay: Duration? = nil,
    links: Bool? = nil, requiresTerminal: Bool = false
  ) {
    self.input = input
    self.output = output
    self.environment = environment
    self.escapeDelay = escapeDelay
    takesLinks = links
    self.requiresTerminal = requiresTerminal
  }

  public func claim() throws {
    guard !isClaimed else { return }
    if requiresTerminal, isatty(input) == 0 || isatty(output) == 0 {
      throw TerminalError.notATerminal
    }
    if signals == nil { signals = Signals() }
    guard let signals else { throw TerminalError.noDescriptors }
    isUnicode = Locale.adopt(environment)
    var current = termios()
    modes = tcgetattr(input, &current) == 0 ? current : nil
    if screen == nil { try open() }
    signals.start()
    isClaimed = true
    reclaim()
    watch()
  }

  public func restore() {
    guard isClaimed || child != nil else { return }
    if let child {
      dismiss(child)
    } else if let signals {
      signals.giveUpIfStuck(giveBack)
    } else {
      giveBack()
    }
    child = nil
    isClaimed = false
    signals?.stop()
    for source in sources { source.cancel() }
    sources = []
    shown = nil
    showsCursor = nil
  }

  /// The shell's screen and modes, until `reclaim`.
  func giveBack() {
    takeOwedReports()
    endwin()
    send(ControlSequence.farewell(Self.capability))
    if speaksANSI { send(ControlSequence.pasteOff) }
    if hasMouse { send(ControlSequence.mouseOff) }
    if title != nil { send(ControlSequence.titlePop) }
    // An answer of the terminal that came meanwhile is none of the shell's.
    let action = reader.reports.isAwaited(at: .now) ? TCSAFLUSH : TCSADRAIN
    if var modes { tcsetattr(input, action, &modes) }
    signals?.disarm()
    showsCursor = nil
  }

  /// Our own screen and modes, at whatever size the terminal has now.
  func reclaim() {
    reset_prog_mode()
    arm()
    if let title { send(ControlSequence.titlePush + ControlSequence.title(title)) }
    if speaksANSI { send(ControlSequence.leftovers + ControlSequence.pasteOn) }
    if hasMouse {
      defineMouse()
      send(ControlSequence.mouseOn)
    }
    // Leaving switched the keypad off at the terminal; reading a key would switch it on too late.
    curses_set_keypad(keyboard, true)
    isFresh = true
    measure()
    redraw()
  }

  /// Lets a crash give the terminal back as it stands now.
  func arm() {
    signals?.arm(input: input, output: output, bytes: rescue, modes: modes)
  }

  /// Opens the curses screen once; later claims only set its modes again.
  private func open() throws {
    let term = environment["TERM"] ?? ""
    guard !term.isEmpty else { throw TerminalError.unusable(term: term) }
    let outgoing = fdopen(dup(output), "w")
    let incoming = fdopen(dup(input), "r")
    guard let outgoing, let incoming else {
      if let outgoing { fclose(outgoing) }
      if let incoming { fclose(incoming) }
      throw TerminalError.noDescriptors
    }
    guard let (screen, name) = Self.newScreen(term, outgoing, incoming) else {
      fclose(outgoing)
      fclose(incoming)
      throw TerminalError.unusable(term: term)
    }
    if name != term {
      remarks = ["TERM \(term) is unknown here, \(name) stands in; :doctor says how to add it"]
    }
    guard let placing = curses_capability("cup") else {
      endwin()
      delscreen(screen)
      fclose(outgoing)
      fclose(incoming)
      throw TerminalError.unusable(term: term)
    }
    self.screen = screen
    speaksANSI = String(cString: placing).hasPrefix("\u{1B}[")
    outlet = Outlet(
      descriptor: fileno(outgoing), terminal: output,
      wraps: speaksANSI && ControlSequence.toleratesMarks(name))
    configure()
  }

  /// The terminal by its own name, else as the nearest one that is known here.
  private static func newScreen(
    _ term: String, _ outgoing: UnsafeMutablePointer<FILE>, _ incoming: UnsafeMutablePointer<FILE>
  ) -> (OpaquePointer, String)? {
    for name in [term] + StandIn.names(for: term) {
      if let screen = newterm(name, outgoing, incoming) { return (screen, name) }
    }
    return nil
  }

  private func configure() {
    raw()
    noecho()
    nonl()
    // Never leave a frame half drawn because a key is waiting.
    typeahead(-1)
    set_escdelay(Int32(delay / .milliseconds(1)))
    keyboard = newpad(1, 1)
    curses_set_keypad(keyboard, true)
    curses_set_nodelay(keyboard, true)
    curses_set_scroll(curses_screen_window(), false)
    // Rows that moved up together are scrolled by the terminal instead of being sent again.
    curses_set_insert_delete_line(curses_screen_window(), true)
    define_key("\u{1B}[200~", KeyCodes.pasteStart)
    define_key("\u{1B}[201~", KeyCodes.pasteEnd)
    for (sequence, code) in KeyCodes.words { define_key(sequence, code) }
    var colors = 0
    if curses_succeeded(start_color()) { colors = Int(curses_colors()) }
    let isDirect =
      curses_has_flag("RGB") || tigetnum("RGB") > 0 || curses_capability("RGB") != nil
    let palette = Palette(environment: environment, colors: colors, isDirect: isDirect)
    depth = palette.depth
    let hasDefault = curses_succeeded(use_default_colors())
    ink = Ink(
      palette: palette, limit: Int(curses_color_pairs()) - 1, hasDefaultColors: hasDefault)
  }

  private var delay: Duration { escapeDelay ?? .milliseconds(isRemote ? 100 : 25) }

  var isRemote: Bool {
    ["SSH_CONNECTION", "SSH_TTY"].contains { environment[$0]?.isEmpty == false }
  }

  /// What gives the terminal back when nothing else runs any more.
  private var rescue: [UInt8] {
    var bytes = speaksANSI ? ControlSequence.leftovers : []
    if title != nil { bytes += ControlSequence.titlePop }
    for name in ["rmkx", "sgr0", "op", "cnorm", "rmcup"] {
      if let value = Self.capability(name) { bytes += ControlSequence.unpadded(value) }
    }
    let farewell = ControlSequence.farewell(Self.capability)
    // Wherever the cursor was, it goes to the last row.
    if speaksANSI, !farewell.isEmpty { bytes += ControlSequence.bottom }
    return bytes + farewell
  }

  private nonisolated static func capability(_ name: String) -> String? {
    curses_capability(name).map { String(cString: $0) }
  }

  func send(_ bytes: [UInt8]) {
    Outlet.write(bytes, output)
  }

  private static func variables() -> [String: String] {
    let names = [
      "TERM", "NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "LC_ALL", "LC_CTYPE", "LANG", "TMUX", "STY",
    ]
    return names.reduce(into: [:]) { variables, name in
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
  }
}
