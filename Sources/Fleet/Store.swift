/// Holds the fleet's state, lets only `reduce` change it, and hands effects to the runner.
@MainActor
public final class Store {
  public private(set) var state: State
  /// Called after each change; many changes may be drawn as one. The flag tells that the operator
  /// waits for this one.
  public var onChange: (@MainActor (_ isAwaited: Bool) -> Void)?

  private var waitingForMemory: [CheckedContinuation<Void, Never>] = []
  /// Effects that are not begun yet, in their order, and how many actions are being sent.
  private var pending: [Effect] = []
  private var depth = 0
  private var isStarted = false
  private let runner: Runner
  private let now: @Sendable () -> Double

  /// `now` gives seconds since 1970.
  public init(state: State = State(), runner: Runner, now: @escaping @Sendable () -> Double) {
    self.state = state
    self.runner = runner
    self.now = now
    runner.send = { [weak self] action in self?.send(action) }
    runner.wantsWords = { [weak self] id, answer in
      self?.state.workers[id]?.wantsWords(of: answer) ?? false
    }
  }

  /// Recalls what was kept and starts to follow and to poll; a second time it does nothing, so that
  /// the memory can be read while the terminal is made ready.
  public func start() {
    guard !isStarted else { return }
    isStarted = true
    runner.perform(.recall)
  }

  public func send(_ action: Action) {
    pending += reduce(&state, action, now: now())
    // What changed is drawn before ten thousand polls are planned. What the drawing leads to comes
    // back here; its effects stand behind these.
    depth += 1
    onChange?(action.isAwaited)
    depth -= 1
    if depth == 0 { performPending() }
    guard state.isRecalled, !waitingForMemory.isEmpty else { return }
    for waiter in waitingForMemory { waiter.resume() }
    waitingForMemory = []
  }

  private func performPending() {
    while !pending.isEmpty {
      let effects = pending
      pending = []
      for effect in effects { runner.perform(effect) }
    }
  }

  /// Returns when what was kept is known.
  public func recalled() async {
    guard !state.isRecalled else { return }
    await withCheckedContinuation { waitingForMemory.append($0) }
  }

  /// Ends all work; what was given to the memory before is written first.
  public func stop() async {
    send(.closing)
    await runner.stop()
  }

  /// Returns when no effect is at work but those that wait for time or for the server.
  public func idle() async { await runner.idle() }
}
