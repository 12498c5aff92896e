import ArgumentParser
import Curses

/// The root of the command line; without a subcommand it is the console.
struct Signalbox: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "signalbox",
    abstract: "The operator console for AI workers, in a terminal, over SSH.",
    discussion: """
      Without a subcommand it opens the console against the server that HANDINGER_BASE_URL names, \
      with the key in HANDINGER_API_KEY. 'signalbox demo' needs neither.
      """,
    version: version,
    subcommands: [
      ConsoleCommand.self, DemoCommand.self, ServeCommand.self, ReplayCommand.self,
      WatchCommand.self,
      SnapshotCommand.self, DecodeCommand.self, RegistryCommand.self, ConfigCommand.self,
      DoctorCommand.self, KeysCommand.self,
      ThemesCommand.self,
      BenchCommand.self,
    ],
    defaultSubcommand: ConsoleCommand.self)
}

@main
enum Main {
  @MainActor
  static func main() async {
    Allocator.settle()
    do {
      var command = try Signalbox.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      leave(0)
    } catch let failure as CommandFailure {
      Output.error("signalbox: \(failure.message)")
      leave(failure.status)
    } catch {
      let code = Signalbox.exitCode(for: error)
      let message = Signalbox.fullMessage(for: error)
      if !message.isEmpty { code == .success ? Output.line(message) : Output.error(message) }
      // The conventions of the command line reserve 2 for wrong usage.
      leave(code == .validationFailure ? CommandFailure.usage : code.rawValue)
    }
  }
}

/// An end that is no success, with a sentence for standard error.
struct CommandFailure: Error {
  static let failed: Int32 = 1
  static let usage: Int32 = 2

  var message: String
  var status: Int32
}
