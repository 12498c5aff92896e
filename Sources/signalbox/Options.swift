import ArgumentParser
import Console
import FoundationEssentials
import Registry
import WorkerClient

/// Options of everything that shows the console.
struct LookOptions: ParsableArguments {
  @Option(help: "A theme's name, or a YAML file.")
  var theme: String?

  @Flag(help: "At most four frames a second, for a slow link.")
  var slow = false

  @Flag(help: "Frames, lines and signs in ASCII; texts stay as they are.")
  var ascii = false

  /// `preferred` is the theme of the profile, else of the file.
  func look(_ configuration: Configuration, preferred: String?) -> Look {
    let choice = ThemeChoice(theme ?? preferred)
    return Look(
      theme: choice.theme, isThemeChosen: theme != nil,
      link: slow || configuration.settings.isSlow ? .slow : Self.isRemote ? .remote : .local,
      isReduced: configuration.settings.isReduced,
      escapeDelay: configuration.settings.escapeDelay.map { .milliseconds($0) },
      links: configuration.settings.links,
      keymap: configuration.settings.keymap,
      isASCII: ascii || configuration.settings.isASCII,
      isMouseOn: configuration.settings.isMouseOn, attention: configuration.settings.attention,
      warnings: [configuration.headline, choice.warning].compactMap(\.self))
  }
}

extension LookOptions {
  /// The terminal is at the other end of an SSH connection.
  static var isRemote: Bool {
    let environment = ProcessInfo.processInfo.environment
    return ["SSH_CONNECTION", "SSH_TTY"].contains { environment[$0]?.isEmpty == false }
  }
}

/// Whether what goes over the wire is written down.
struct RecordOptions: ParsableArguments {
  @Option(help: "Write all that goes over the wire to a new file, without the key.")
  var record: String?

  /// Nil where it is not asked for; throws where the file is there or cannot be made.
  func recorder(of endpoint: Endpoint, knowing registry: Registry) async throws -> Recorder? {
    guard let record else { return nil }
    return try await Recorder(path: record, of: endpoint, knowing: registry)
  }
}

/// Where the settings come from.
struct ConfigurationOptions: ParsableArguments {
  @Option(help: "The configuration file (default: ~/.config/signalbox/config.yaml).")
  var config: String?

  private var named: String? {
    let named = config ?? ProcessInfo.processInfo.environment["SIGNALBOX_CONFIG"]
    return named.flatMap { $0.isEmpty ? nil : $0 }
  }

  var path: String { named ?? "\(Folders.configuration)/config.yaml" }

  /// Throws `CommandFailure` where a file that was asked for cannot be read.
  func read() throws -> Configuration {
    try Configuration(path: path, isRequired: named != nil)
  }
}

/// Which server, and where what is known of it is kept.
struct StationOptions: ParsableArguments {
  @Option(help: "A server by its name in the configuration.")
  var profile: String?

  @Option(help: "The folder of the registry, in place of SIGNALBOX_STATE.")
  var state: String?

  @OptionGroup var configurationOptions: ConfigurationOptions

  /// The configuration, and the server that follows from it and from the environment.
  func read(baseURL: String? = nil) throws -> (Configuration, Station) {
    let configuration = try configurationOptions.read()
    try configuration.refuseFatal()
    let station = try Station(
      configuration.settings,
      Station.Flags(baseURL: baseURL, state: state, profile: profile),
      environment: ProcessInfo.processInfo.environment)
    return (configuration, station)
  }
}
