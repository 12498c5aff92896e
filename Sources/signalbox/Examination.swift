import Canvas
import Console
import Curses
import FoundationEssentials
import Registry
import WorkerAPI
import WorkerClient

/// Looks at everything that `doctor` tells of; changes nothing.
struct Examination: Sendable {
  /// Which server and which folder are looked at.
  enum Place: Sendable {
    /// What the options, the environment and the configuration lead to.
    case options(StationOptions, baseURL: String?)
    /// Those of a console that runs.
    case running(Endpoint, state: String)
  }

  /// What is examined: a place, and the configuration that led there.
  struct Subject: Sendable {
    var place: Place
    var configuration: ConfigurationOptions
  }

  var subject: Subject
  var environment: [String: String]
  /// Taken by the caller: the terminal database must not be looked at beside curses.
  var probe: TerminalProbe
  /// Columns of the samples as the terminal draws them; nil where it does not tell.
  var seenWidths: [Int?]?

  @concurrent
  func doctor() async -> Doctor {
    var facts = Doctor.Facts()
    let read = Result { try subject.configuration.read() }
    look(at: &facts, (try? read.get())?.settings ?? Settings())
    facts.tmux = Tmux.examine(environment)
    facts.isInScreen = facts.tmux == nil && environment["STY"]?.isEmpty == false
    facts.files.append(file(read))
    do {
      switch subject.place {
      case .options(let options, let baseURL):
        let (_, station) = try options.read(baseURL: baseURL)
        facts.files += files(in: station.state)
        facts.server = await server(station)
      case .running(let endpoint, let state):
        facts.files += files(in: state)
        facts.server.key = endpoint.key == nil ? "none" : "given"
        await ask(endpoint, &facts.server)
      }
    } catch {
      facts.server.key = "none"
      facts.server.reach = .notAsked((error as? CommandFailure)?.message ?? "\(error)")
    }
    facts.versions = [
      Doctor.Version("signalbox", Signalbox.version),
      Doctor.Version("ncurses", TerminalProbe.version),
      Doctor.Version("libcurl", CurlTransport.libraryVersion),
      Doctor.Version("SQLite", Registry.engineVersion),
    ]
    return Doctor(facts)
  }

  private func look(at facts: inout Doctor.Facts, _ settings: Settings) {
    facts.terminal.term = probe.term
    facts.terminal.standIn = probe.standIn
    facts.terminal.placesCursor = probe.placesCursor
    facts.terminal.colors = probe.colors
    facts.terminal.isDirect = probe.isDirect
    facts.terminal.isColorRefused = environment["NO_COLOR"]?.isEmpty == false
    facts.terminal.isThere = probe.size != nil
    if let size = probe.size {
      facts.terminal.columns = size.columns
      facts.terminal.rows = size.rows
    }
    facts.terminal.isRemote = LookOptions.isRemote
    facts.terminal.escapeDelay = settings.escapeDelay ?? (LookOptions.isRemote ? 100 : 25)
    facts.terminal.takesLinks = settings.links ?? probe.takesLinks
    facts.terminal.areLinksSet = settings.links != nil
    facts.text.locale = probe.locale
    facts.text.isUnicode = probe.isUnicode
    facts.text.isReplaced = probe.isLocaleReplaced
    let ours = TerminalProbe.ourWidths
    facts.text.widths = TerminalProbe.samples.indices.map { index in
      Doctor.Sample(
        name: TerminalProbe.samples[index].name, ours: ours[index], library: probe.widths[index],
        terminal: seenWidths?[index])
    }
  }

  private func server(_ station: Station) async -> Doctor.Server {
    var server = Doctor.Server()
    server.key =
      switch station.key {
      case .environment: "from HANDINGER_API_KEY"
      case .source(.environment(let name)): "from the variable \(name)"
      case .source(.file(let path)): "from the file \(path)"
      case .source(.command): "from a command"
      case .none: "none"
      }
    server.address = station.baseURL.isEmpty ? Endpoint.defaultBase : station.baseURL
    do {
      await ask(try station.endpoint(environment: environment), &server)
    } catch {
      server.reach = .notAsked((error as? CommandFailure)?.message ?? "\(error)")
    }
    return server
  }

  /// There is no call that only asks whether somebody is there: a worker that does not exist is looked
  /// up, which costs nothing.
  private func ask(_ endpoint: Endpoint, _ server: inout Doctor.Server) async {
    server.address = endpoint.base
    let transport = CurlTransport(endpoint: endpoint)
    defer { transport.close() }
    let start = ContinuousClock.now
    do {
      let answer = try await transport.send(
        TransportRequest(
          method: .get, target: .path(Route.retrieve(worker: "signalbox-doctor").path),
          bodyLimit: 1 << 20, isRetried: false))
      let took = (ContinuousClock.now - start) / .milliseconds(1)
      server.reach = .answered(status: answer.head.status, milliseconds: Int(took.rounded()))
      // The header has whole seconds: half of one is the best guess.
      server.skew = answer.head["date"].flatMap(HTTPDate.parse).map { $0 + 0.5 - wallClock() }
    } catch {
      server.reach = .failed(error.description)
    }
  }
}
