import Fleet
import FoundationEssentials
import WorkerClient

/// The server that a console works with, and where it keeps what it knows of it.
///
/// A flag counts before the environment, that before a profile, that before the top level of the
/// file. But a key goes only to the server that it was given for: a profile's own address and key
/// count before the environment's, and the file's key goes only to the file's address.
struct Station {
  var baseURL: String
  var key: KeyOrigin
  var state: String
  var theme: String?
  var ceilings: Ceilings
  var profile: String?

  /// Where the key is to come from.
  enum KeyOrigin: Equatable {
    case source(KeySource)
    case environment
    case none(reason: String)
  }

  /// What was asked for on the command line.
  struct Flags: Equatable {
    var baseURL: String?
    var state: String?
    var profile: String?
  }

  init(_ settings: Settings, _ flags: Flags, environment: [String: String]) throws {
    func variable(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let name = flags.profile ?? settings.profile
    let own = name.flatMap { settings.profiles[$0] }
    if let name, own == nil {
      let names = settings.profiles.keys.sorted().joined(separator: ", ")
      throw CommandFailure(
        message: "no profile \"\(name)\" in the configuration; there are "
          + (names.isEmpty ? "none" : names), status: CommandFailure.usage)
    }
    if let name, flags.baseURL != nil, own?.key != nil {
      throw CommandFailure(
        message: "--base-url with the profile \(name): its key would go to another server",
        status: CommandFailure.usage)
    }
    profile = name
    let top = settings.server
    let outer = variable("HANDINGER_BASE_URL")
    baseURL = flags.baseURL ?? own?.baseURL ?? outer ?? top.baseURL ?? ""
    if let source = own?.key {
      key = .source(source)
    } else if let name, let address = own?.baseURL, flags.baseURL == nil, address != outer {
      key = .none(
        reason: "the profile \(name) has an address of its own and no key: give it one, "
          + "by key: with env, file or command")
    } else if variable("HANDINGER_API_KEY") != nil {
      key = .environment
    } else if let source = top.key, baseURL == top.baseURL ?? "" {
      key = .source(source)
    } else {
      key = .none(
        reason: "no API key: set HANDINGER_API_KEY to one, or name where it is in the "
          + "configuration, or try 'signalbox demo', which needs none")
    }
    let home = Folders.expanded(top.state ?? Folders.standardState)
    state =
      flags.state ?? variable("SIGNALBOX_STATE")
      ?? own?.state.map(Folders.expanded) ?? name.map { "\(home)/profiles/\($0)" } ?? home
    theme = own?.theme ?? top.theme
    ceilings = own?.ceilings ?? top.ceilings ?? Ceilings()
  }

  /// Asks for the key and puts the address together; throws `CommandFailure`.
  func endpoint(environment: [String: String]) throws -> Endpoint {
    var environment = environment
    environment["HANDINGER_BASE_URL"] = baseURL
    switch key {
    case .environment: break
    case .source(let source):
      do {
        environment["HANDINGER_API_KEY"] = try source.read(environment: environment)
      } catch let fault as KeySource.Fault {
        throw CommandFailure(message: fault.description, status: CommandFailure.usage)
      }
    case .none(let reason):
      throw CommandFailure(message: reason, status: CommandFailure.usage)
    }
    do {
      var endpoint = try Endpoint(environment: environment)
      endpoint.version = Signalbox.version
      return endpoint
    } catch {
      throw CommandFailure(message: "\(error)", status: CommandFailure.usage)
    }
  }
}
