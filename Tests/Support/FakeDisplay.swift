public import Canvas

/// A display made of memory: keeps the frames and lets a test press keys.
@MainActor
public final class FakeDisplay: Display {
  /// The frames that are kept; the oldest go first.
  public static let frameLimit = 1_000

  public private(set) var size: Size
  public var depth: ColorDepth
  public var isUnicode: Bool
  public private(set) var frames: [Frame] = []
  public private(set) var isClaimed = false
  public private(set) var suspensions = 0
  public private(set) var redraws = 0
  /// What every frame is said to take.
  public var bytes = 0
  /// The programs that had the terminal.
  public private(set) var programs: [Program] = []
  /// What a program does; the standard one ends at once and well.
  public var plays: @MainActor (Program) async -> Program.End = { _ in .exited(0) }
  /// What was said beside the frames, oldest first.
  public private(set) var news: [Aside] = []
  /// Reports of the mouse; there are none where it has no mouse.
  public private(set) var isMouseOn = false
  public var hasMouse = true
  /// What was handed to the clipboard, oldest first.
  public private(set) var copies: [String] = []
  /// The way that texts take.
  public var copyRoute = CopyRoute.terminal(.bare)
  /// Thrown by the next claim.
  public var refusal: (any Error)?
  private var handler: (@MainActor ([Event]) -> Void)?
  private var watchers: [Watcher] = []

  private struct Watcher {
    var isWanted: @MainActor (String) -> Bool
    var continuation: CheckedContinuation<String, Never>
  }

  public init(
    size: Size = Size(columns: 80, rows: 24), depth: ColorDepth = .indexed256,
    isUnicode: Bool = true
  ) {
    self.size = size
    self.depth = depth
    self.isUnicode = isUnicode
  }

  /// The last frame that was presented.
  public var frame: Frame? { frames.last }
  /// What a person reads on the screen.
  public var text: String { frames.last?.text ?? "" }

  public func claim() throws {
    if let refusal {
      self.refusal = nil
      throw refusal
    }
    isClaimed = true
  }

  @discardableResult
  public func present(_ frame: Frame) -> Int {
    if frames.count == Self.frameLimit { frames.removeFirst() }
    frames.append(frame)
    let text = frame.text
    for (index, watcher) in watchers.enumerated().reversed() where watcher.isWanted(text) {
      watchers.remove(at: index).continuation.resume(returning: text)
    }
    return bytes
  }

  /// Waits for the first frame, from the one on the screen on, that a person would call right.
  ///
  /// The test's time limit is the bound.
  @discardableResult
  public func wait(until isWanted: @escaping @MainActor (String) -> Bool) async -> String {
    if isWanted(text) { return text }
    return await withTaskCancellationHandler {
      await withCheckedContinuation {
        watchers.append(Watcher(isWanted: isWanted, continuation: $0))
        if Task.isCancelled { giveUp() }
      }
    } onCancel: {
      Task { @MainActor in giveUp() }
    }
  }

  /// A time limit that is over says what was on the screen instead.
  private func giveUp() {
    guard !watchers.isEmpty else { return }
    print("the time is over; the screen showed:\n\(text)")
    for watcher in watchers { watcher.continuation.resume(returning: text) }
    watchers = []
  }

  @discardableResult
  public func wait(for words: String) async -> String {
    await wait { $0.contains(words) }
  }

  public func say(_ news: [Aside]) { self.news += news.suffix(Self.frameLimit) }

  public func setMouse(_ isOn: Bool) -> Bool {
    guard hasMouse else { return false }
    isMouseOn = isOn
    return true
  }

  public func copy(_ text: String) async -> CopyRoute {
    copies.append(text)
    return copyRoute
  }

  public func redraw() { redraws += 1 }

  public func restore() { isClaimed = false }

  /// Only counts: a test says with `send(.resumed)` when the process goes on.
  public func suspend() { suspensions += 1 }

  public func run(_ program: Program) async -> Program.End {
    programs.append(program)
    isClaimed = false
    let end = await plays(program)
    isClaimed = true
    return end
  }

  public func listen(_ handler: @escaping @MainActor ([Event]) -> Void) {
    self.handler = handler
  }

  /// Delivers one batch, as one read of the terminal would.
  public func send(_ events: [Event]) {
    guard !events.isEmpty else { return }
    handler?(events)
  }

  public func send(_ event: Event) { send([event]) }

  /// Presses keys one after the other, each its own batch: `press("j j enter ctrl-d")`.
  ///
  /// A word that names no key is typed character by character.
  public func press(_ script: String) {
    for word in script.split(separator: " ") {
      if let key = Key(name: String(word)) {
        send(.key(key))
      } else {
        type(String(word))
      }
    }
  }

  public func press(_ keys: Key...) {
    for key in keys { send(.key(key)) }
  }

  /// Types text; a newline is Enter.
  public func type(_ text: String) {
    for character in text {
      send(.key(character == "\n" ? .enter : .character(character)))
    }
  }

  public func paste(_ text: String) { send(.paste(text)) }

  public func resize(columns: Int, rows: Int) {
    size = Size(columns: columns, rows: rows)
    send(.resize(size))
  }
}
