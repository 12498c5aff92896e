import Canvas
import Console
import Curses
import Fleet
import FoundationEssentials
import Glibc
import Registry
import WorkerAPI
import WorkerClient

/// The only place where adapters meet.
@MainActor
enum Wiring {
  /// Everything of one console but its display.
  struct Desk {
    var store: Store
    /// Ends what is on the wire.
    var close: @MainActor () -> Void
    /// Begins a recording in a new file, or (nil) ends it; nil where nothing goes over a wire.
    var record: (@MainActor (String?) async -> Void)?
    /// Sends another key from now on; nil reads its place again.
    var renewKey: (@MainActor (String?) async -> Void)?
    /// Where the key came from; nil where none is sent.
    var keyPlace: KeyPlace?
    /// The server as it is asked now, with the key that was given last.
    var current: (@MainActor () -> Endpoint)?
    /// Keeps a copy of the registry every day, and hands over why it could not.
    var keepPrevious: (@Sendable (@Sendable (String) async -> Void) async -> Void)?
    /// The time in which it lives, in seconds since 1970.
    var now: @Sendable () -> Double = wallClock
    /// The server's address; empty where there is none.
    var endpoint = ""
    /// What the header says in place of the link's state.
    var standing: String?
    /// The operator's own editor and pager; nil where no file may be written.
    var programs: Programs?
    var templates: (any TemplateSource)? = TemplateFolder(
      path: "\(Folders.configuration)/templates")
  }

  /// `recorder` writes down what goes over the wire; nil records nothing.
  static func desk(
    endpoint: Endpoint, memory: Registry, stateFolder: String,
    state: State = State(seed: UInt64.random(in: 0 ... .max), zone: .local),
    recorder: Recorder? = nil, key: Station.KeyOrigin? = nil,
    clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @Sendable () -> Double = wallClock
  ) -> Desk {
    let transport = CurlTransport(endpoint: endpoint)
    let tape = Tape(recorder)
    let retrying = RetryingTransport(
      RecordingTransport(TidyTransport(transport), tape: tape), clock: clock, now: now)
    let (scrollback, warnings) = scrollback(in: stateFolder)
    let ports = Runner.Ports(
      service: Service(transport: retrying, now: now), memory: memory,
      downloads: DownloadFolder(path: "\(stateFolder)/downloads"),
      exports: ExportFolder(path: stateFolder), scrollback: scrollback,
      company: memory.attendance,
      reconnect: { ResumeRules(isActive: $0) }, retries: retrying.retries,
      records: retrying.records, clock: clock, now: now)
    let store = Store(state: state, runner: Runner(ports: ports), now: now)
    for warning in warnings { store.send(.say(.warning, warning)) }
    let recording = RecordingDesk(tape: tape, endpoint: endpoint, registry: memory, store: store)
    if let recorder { recording.attend(recorder) }
    return Desk(
      store: store,
      close: {
        transport.close()
        memory.attendance?.leave()
      }, record: recording.record,
      renewKey: key.map {
        KeyDesk(transport: transport, tape: tape, source: $0.readable, store: store).renew
      },
      keyPlace: key?.place, current: { transport.endpoint },
      keepPrevious: { await memory.keepPreviousDaily(clock: clock, $0) }, now: now,
      endpoint: endpoint.base, programs: programs(stateFolder))
  }

  /// The programs that the environment names; their texts are kept below the state folder.
  private static func programs(_ stateFolder: String) -> Programs {
    func variable(_ names: String...) -> String? {
      names.lazy.compactMap { ProcessInfo.processInfo.environment[$0] }
        .first { $0.contains { !$0.isWhitespace } }
    }
    return Programs(
      scratch: ScratchFolder(path: "\(stateFolder)/edit"),
      editor: variable("VISUAL", "EDITOR") ?? "vi", pager: variable("PAGER") ?? "less",
      player: "/proc/\(getpid())/exe replay --")
  }

  /// The transcripts of a state folder; where they cannot be opened the console runs without what is
  /// beyond memory, and says why.
  private static func scrollback(in folder: String) -> (ScrollbackFile?, warnings: [String]) {
    do {
      let file = try ScrollbackFile.open(folder: folder)
      return (file, file.notices)
    } catch {
      return (nil, ["older output is not kept: \(error)"])
    }
  }

  /// Runs the console in this terminal until the operator quits, or until `end` is over.
  static func run(
    _ desk: Desk, look: Look, server: String, subject: Examination.Subject? = nil,
    end: Task<Void, Never>? = nil
  ) async throws {
    let display = Terminal(escapeDelay: look.escapeDelay, links: look.links)
    var screen = Screen(
      size: display.size, theme: look.theme, zone: .local, server: server,
      seed: UInt64.random(in: 0 ... .max))
    screen.keepsTheme = look.isThemeChosen
    screen.isASCIIOnly = look.isASCII
    screen.keymap = look.keymap
    screen.standing = desk.standing
    screen.endpoint = desk.endpoint
    screen.isMouseOn = look.isMouseOn
    screen.keyPlace = desk.keyPlace
    let (shelf, problems) = ThemeFolder.standard.read()
    if !shelf.own.isEmpty { screen.take(shelf) }
    let session = Session(
      store: desk.store, display: display, screen: screen, link: look.link,
      isReduced: look.isReduced, paceNow: wallClock, programs: desk.programs,
      templates: desk.templates, attention: look.attention, now: desk.now)
    session.record = desk.record
    session.renewKey = desk.renewKey
    if let subject {
      session.doctor = {
        let environment = ProcessInfo.processInfo.environment
        let probe = TerminalProbe(environment: environment)
        var subject = subject
        if case .running(_, let state) = subject.place, let endpoint = desk.current?() {
          subject.place = .running(endpoint, state: state)
        }
        let seen = probe.isUnicode && probe.placesCursor ? await display.sampleWidths() : nil
        return await Examination(
          subject: subject, environment: environment, probe: probe, seenWidths: seen
        ).doctor()
      }
    }
    let watch = ThemeWatch(.standard, session, desk.store)
    defer { watch.end() }
    for problem in problems { desk.store.send(.say(.warning, problem)) }
    for warning in look.warnings { desk.store.send(.say(.warning, warning)) }
    let limit = end.map { end in
      Task {
        await end.value
        session.take([.terminate])
      }
    }
    // What reading a thousand workers took is not needed again.
    let tidying = Task {
      await desk.store.idle()
      await Allocator.trim()
      guard !Task.isCancelled else { return }
      await desk.keepPrevious? { await desk.store.send(.say(.warning, $0)) }
    }
    defer {
      tidying.cancel()
      limit?.cancel()
      desk.close()
    }
    do {
      try await session.run()
    } catch let error as TerminalError {
      throw CommandFailure(message: "\(error)", status: CommandFailure.usage)
    }
  }
}

/// How the console looks, from the options and the configuration.
struct Look {
  var theme: Theme
  /// The theme was asked for now; one that was kept earlier does not replace it.
  var isThemeChosen: Bool
  var link: FramePacer.Link
  /// What moves without need stands still.
  var isReduced: Bool
  /// Nil leaves it to the link.
  var escapeDelay: Duration?
  var links: Bool?
  var keymap: Keymap
  var isASCII: Bool
  var isMouseOn: Bool
  var attention: AttentionRules
  var warnings: [String]
}
