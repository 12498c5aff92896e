public import Canvas
public import Fleet
import WorkerAPI

/// Joins store, screen and display: events in, frames out, until the operator quits.
@MainActor
public final class Session {
  public internal(set) var screen: Screen
  /// Looks at terminal, link, server and files; nil where nobody can.
  public var doctor: (@MainActor () async -> Doctor)?
  /// Begins or ends a recording and says so; nil where nothing goes over a wire.
  public var record: (@MainActor (String?) async -> Void)?
  /// Sends another key; nil where none is sent.
  public var renewKey: (@MainActor (String?) async -> Void)?
  let store: Store
  let display: any Display
  let programs: Programs?
  private let clock: any Clock<Duration>
  private let now: @Sendable () -> Double
  private let paceNow: @Sendable () -> Double
  private var pacer: FramePacer
  /// Seconds in which ages and clocks are counted.
  private let step: Double
  /// Bytes of text that are laid out at once while a frame is not due yet, in about a millisecond.
  private static let layoutStep = 4 << 10
  private var frameTask: Task<Void, Never>?
  /// Bytes of text that there were at the last layout.
  private var laidOut = 0
  private var tickTask: Task<Void, Never>?
  private var examination: Task<Void, Never>?
  private var ending: CheckedContinuation<Void, Never>?
  private(set) var isOver = false
  /// A program of the operator's has the terminal.
  var isLent = false
  var attention = Attention()
  /// When a key was pressed last; nothing is watched before the first one.
  private(set) var lastKeyAt = -Double.infinity
  var lending: Task<Void, Never>?
  private let templates: (any TemplateSource)?
  private var loading: Task<Void, Never>?

  /// `now` gives the seconds since 1970 that the screen shows; `paceNow` those that `clock` sleeps,
  /// where a replay makes them differ.
  /// With reduced motion, ages are counted in steps of ten seconds.
  public init(
    store: Store, display: any Display, screen: Screen, link: FramePacer.Link = .local,
    isReduced: Bool = false,
    clock: any Clock<Duration> = ContinuousClock(), paceNow: (@Sendable () -> Double)? = nil,
    programs: Programs? = nil, templates: (any TemplateSource)? = nil,
    attention rules: AttentionRules = AttentionRules(),
    now: @escaping @Sendable () -> Double
  ) {
    self.store = store
    self.display = display
    self.screen = screen
    self.clock = clock
    self.now = now
    self.paceNow = paceNow ?? now
    self.programs = programs
    attention.rules = rules
    pacer = FramePacer(link)
    step = isReduced ? 10 : 1
    self.templates = templates
  }

  /// Runs until the operator quits or the terminal goes away; the display is given back by then.
  public func run() async throws {
    try begin()
    if !isOver { await withCheckedContinuation { ending = $0 } }
    await end()
  }

  /// Claims the display and draws the first frame.
  public func begin() throws {
    try display.claim()
    screen.size = display.size
    screen.isUnicode = display.isUnicode && !screen.isASCIIOnly
    screen.adapt(to: display.depth)
    store.onChange = { [weak self] in self?.changed(isUrgent: $0) }
    display.listen { [weak self] events in self?.take(events) }
    if screen.isMouseOn { screen.isMouseOn = display.setMouse(true) }
    store.start()
    for remark in display.remarks { store.send(.say(.warning, Sanitise.line(remark))) }
    loadTemplates()
    draw()
  }

  /// Gives the display back, then waits until what was typed is kept.
  public func end() async {
    isOver = true
    frameTask?.cancel()
    tickTask?.cancel()
    loading?.cancel()
    examination?.cancel()
    display.restore()
    await lending?.value
    await store.stop()
  }

  public func take(_ events: [Event]) {
    for event in events {
      // What was typed after the key that quits is meant for nobody here.
      guard !isOver else { return }
      // A key that came along with the one that opened an editor was meant for the editor.
      if isLent, event != .terminate, event != .hangup { continue }
      switch event {
      case .key, .paste, .mouse:
        lastKeyAt = now()
        store.send(.present)
      default: break
      }
      let outcomes = screen.handle(event, store.state, now: now())
      for outcome in outcomes { carryOut(outcome) }
    }
    changed(isUrgent: true)
  }

  private func carryOut(_ outcome: Outcome) {
    switch outcome {
    case .fleet(let action): store.send(action)
    case .copy(let clip): Task { await copy(clip) }
    case .mouse(let isOn): setMouse(isOn)
    case .quit: quit()
    case .suspend: display.suspend()
    case .redraw: display.redraw()
    case .examine: examine()
    case .handOver(let handover): handOver(handover)
    case .loadTemplates: loadTemplates()
    case .record(let path): record(to: path)
    case .renewKey(let key):
      if let renewKey { Task { await renewKey(key) } }
    case .replay(let path): replay(path)
    }
  }

  /// The terminal is ours again.
  func takeBack(_ result: Handover.Return) {
    screen.size = display.size
    for outcome in screen.takeBack(result, store.state, now: now()) { carryOut(outcome) }
    // Not by the pacer: a frame that was due meanwhile was left out, and it still waits for it.
    draw()
  }

  /// The list that is open shows them as soon as they are read.
  private func loadTemplates() {
    guard let templates else { return }
    loading?.cancel()
    loading = Task { [weak self] in
      let set = await templates.load()
      guard let self, !Task.isCancelled, set != screen.templates else { return }
      screen.templates = set
      if screen.context == .templates { changed(isUrgent: true) }
    }
  }

  private func examine() {
    examination?.cancel()
    examination = doctor.map { doctor in
      Task { [weak self] in
        let found = await doctor()
        guard let self, !Task.isCancelled else { return }
        screen.show(found)
        changed(isUrgent: true)
      }
    }
  }

  /// Takes the themes as they are now.
  public func take(_ shelf: ThemeShelf) {
    screen.take(shelf)
    changed(isUrgent: true)
  }

  private func quit() {
    isOver = true
    ending?.resume()
    ending = nil
  }

  func changed(isUrgent: Bool) {
    guard !isOver, !isLent else { return }
    if let delay = pacer.request(at: paceNow(), isUrgent: isUrgent) {
      frameTask?.cancel()
      if delay <= 0 { return draw() }
      frameTask = Task { [weak self, clock] in
        guard (try? await clock.sleep(for: .seconds(delay))) != nil else { return }
        self?.draw()
      }
    }
    layAhead()
  }

  /// Lays out what comes before the frame that shows it, so that a key does not wait for all of it.
  private func layAhead() {
    guard abs(screen.textSize(store.state) - laidOut) >= Self.layoutStep else { return }
    for outcome in prepare() { carryOut(outcome) }
  }

  private func prepare() -> [Outcome] {
    laidOut = screen.textSize(store.state)
    defer { letGo() }
    return screen.prepare(store.state)
  }

  /// Frees lines that are not shown any more where no key waits for it.
  private func letGo() {
    let gone = screen.output.takeGone()
    guard !gone.isEmpty else { return }
    Task.detached(priority: .background) { _ = gone }
  }

  private func draw() {
    guard !isOver, !isLent else { return }
    let moment = now()
    // Before the work: what changes while it is drawn asks for a frame of its own.
    frameTask?.cancel()
    pacer.drew(at: paceNow())
    // What the fleet is told may select another worker's stream; its answer is drawn in this frame.
    for outcome in prepare() { carryOut(outcome) }
    _ = prepare()
    display.say(asides(at: moment))
    let bytes = display.present(
      render(View(fleet: store.state, screen: screen, now: shown(moment))))
    pacer.wrote(bytes, wait: display.wait)
    scheduleTick(moment)
    if screen.isLooking { changed(isUrgent: false) }
  }

  /// The moment whose ages are shown.
  private func shown(_ moment: Double) -> Double {
    step > 1 ? (moment / step).rounded(.down) * step : moment
  }

  /// Ages and clocks move once a second while something runs or is down, else with the minute.
  private func scheduleTick(_ moment: Double) {
    tickTask?.cancel()
    let isLively = store.state.isLively(at: moment)
    let delay =
      attention.isWaiting
      ? 1 : isLively ? step : 60 - moment.truncatingRemainder(dividingBy: 60) + 0.05
    tickTask = Task { [weak self, clock] in
      guard (try? await clock.sleep(for: .seconds(delay))) != nil else { return }
      self?.changed(isUrgent: false)
    }
  }
}

extension State {
  /// Figures on the screen change with every second: a run goes on, the link is down, or a schedule
  /// fires within two minutes.
  func isLively(at now: Double) -> Bool {
    if case .down = link { return true }
    return !workers.active.isEmpty
      || workers.scheduled.contains { id in
        workers[id]?.schedules?.value.contains {
          ($0.nextRunAt.map { now < $0 && $0 <= now + 120 }) ?? false
        } ?? false
      }
  }
}
