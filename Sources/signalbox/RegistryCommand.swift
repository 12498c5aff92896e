import ArgumentParser
import Fleet
import Registry
import WorkerAPI

/// The console's list of workers as data: between hosts, from lists of ids, and its soundness.
struct RegistryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry", abstract: "The local registry as JSON; adopt workers by their ids.",
    subcommands: [
      ExportCommand.self, ImportCommand.self, MergeCommand.self, AdoptCommand.self,
      CheckCommand.self,
    ])

  /// Bytes of a document that import and merge read.
  static let sizeLimit = 256 << 20

  /// Where the registry is, and how a result is given.
  struct Place: ParsableArguments {
    @OptionGroup var stationOptions: StationOptions

    func folder() throws -> String { try stationOptions.read().1.state }

    /// Opens it for changes; what the opening has to say goes to standard error.
    func open() throws -> Registry {
      let folder = try folder()
      let registry = try CommandFailure.naming { try Registry.open(folder: folder) }
      if let refusal = registry.refusal {
        throw CommandFailure(message: refusal.description, status: CommandFailure.failed)
      }
      for notice in registry.notices { Output.error("signalbox: \(notice)") }
      return registry
    }
  }

  /// The document in a file or on standard input.
  static func document(_ path: String) throws -> RegistryDocument {
    let name = path == "-" ? "standard input" : path
    do {
      return try RegistryDocument(WholeFile.read(path: path, limit: sizeLimit))
    } catch let failure as WholeFile.Failure {
      throw CommandFailure(message: "\(name): \(failure.reason)", status: CommandFailure.failed)
    } catch let fault as RegistryDocument.Fault {
      throw CommandFailure(
        message: "\(name): \(fault); nothing was changed", status: CommandFailure.failed)
    }
  }

  /// What is said when orders came along: they are uncertain until the operator decides.
  static func warnOfOrders(_ count: Int) {
    guard count > 0 else { return }
    let (orders, them) = count == 1 ? ("1 order", "it") : ("\(count) orders", "them")
    Output.error(
      """
      signalbox: \(orders) without an answer came along: whether the server has \(them), and whether \
      the other host has had an answer since, cannot be known here. The console shows \(them) with ?.
      """)
  }
}

extension CommandFailure {
  /// The status where there is nothing to look at (commands.md).
  static let notFound: Int32 = 4

  /// Gives the registry's own sentence and status.
  static func naming<Answer>(_ work: () throws -> Answer) throws -> Answer {
    do {
      return try work()
    } catch {
      throw named(error)
    }
  }

  static func naming<Answer: Sendable>(
    _ work: @Sendable () async throws -> Answer
  ) async throws -> Answer {
    do {
      return try await work()
    } catch {
      throw named(error)
    }
  }

  private static func named(_ error: any Error) -> CommandFailure {
    if case .missing? = error as? RegistryError {
      return CommandFailure(message: "\(error)", status: notFound)
    }
    return error as? CommandFailure ?? CommandFailure(message: "\(error)", status: failed)
  }
}
