import Canvas
import Console
import Fleet
import Support
import WorkerAPI

/// A session on a fake display, with a clock that only the test moves.
@MainActor
struct Station {
  let clock = ManualClock()
  let memory: FakeMemory
  let display: WatchedDisplay
  let transport = ScriptedTransport { _ in .stream(ScriptedStream(nil)) }
  let store: Store
  let session: Session

  /// The server never answers; the memory does.
  init(
    _ state: State = State(), _ recollection: Recollection = Recollection(), isUnicode: Bool = true,
    programs: Programs? = nil
  ) {
    memory = FakeMemory(recollection)
    display = WatchedDisplay(isUnicode: isUnicode)
    let clock = clock
    let now: @Sendable () -> Double = { FleetFixture.now + clock.seconds }
    let runner = Runner(
      ports: Runner.Ports(
        service: Service(transport: transport), memory: memory, downloads: FakeDownloads(),
        reconnect: { PlainReconnect(isActive: $0) }, clock: ManualClock(), now: now, roll: { 0.5 }))
    store = Store(state: state, runner: runner, now: now)
    session = Session(
      store: store, display: display,
      screen: Screen(size: display.size, server: "prod"), clock: clock,
      programs: programs, now: now)
  }

  /// Claims the display and goes on until what the memory knows has been drawn.
  func begin() async throws {
    try session.begin()
    if await memory.recollection.workers.isEmpty {
      await store.idle()
    } else {
      await transport.requested(1)
    }
    await display.presented(2)
  }
}

/// A fake display that can be waited for.
@MainActor
final class WatchedDisplay: Display {
  let fake: FakeDisplay
  private var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

  init(isUnicode: Bool) { fake = FakeDisplay(isUnicode: isUnicode) }

  var size: Size { fake.size }
  var depth: ColorDepth { fake.depth }
  var isUnicode: Bool { fake.isUnicode }
  /// How many frames were presented.
  var count: Int { fake.frames.count }

  func claim() throws { try fake.claim() }
  func copy(_ text: String) async -> CopyRoute { await fake.copy(text) }
  func say(_ news: [Aside]) { fake.say(news) }
  func setMouse(_ isOn: Bool) -> Bool { fake.setMouse(isOn) }
  func redraw() { fake.redraw() }
  func restore() { fake.restore() }
  func suspend() { fake.suspend() }
  func run(_ program: Program) async -> Program.End { await fake.run(program) }
  func listen(_ handler: @escaping @MainActor ([Event]) -> Void) { fake.listen(handler) }

  func present(_ frame: Frame) -> Int {
    let bytes = fake.present(frame)
    let due = waiters.filter { $0.count <= count }
    waiters.removeAll { $0.count <= count }
    for waiter in due { waiter.continuation.resume() }
    return bytes
  }

  /// Returns when so many frames have been presented in all.
  func presented(_ wanted: Int) async {
    guard count < wanted else { return }
    await withCheckedContinuation { waiters.append((wanted, $0)) }
  }
}
