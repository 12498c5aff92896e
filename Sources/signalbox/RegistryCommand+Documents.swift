import ArgumentParser
import Console
import Fleet
import Registry
import WorkerAPI

extension RegistryCommand {
  struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write workers, drafts and orders as one JSON document.",
      discussion: """
        No key is in it. Theme and other preferences stay here. A running console is not disturbed.
        """)

    @OptionGroup var place: Place

    @Option(help: "The file to write, for this user only (default: standard output).")
    var output = "-"

    func run() async throws {
      let folder = try place.folder()
      let recollection = try await CommandFailure.naming {
        try await Registry.read(folder: folder).recall()
      }
      for notice in recollection.notices { Output.error("signalbox: \(notice)") }
      let text =
        Sanitise.json(RegistryDocument(recollection).json(exportedAt: wallClock()).pretty()) + "\n"
      do {
        try WholeFile.write(Array(text.utf8), path: output)
      } catch {
        let name = output == "-" ? "standard output" : output
        throw CommandFailure(
          message: "cannot write \(name): \(error.reason)", status: CommandFailure.failed)
      }
    }
  }

  struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Read an export into a registry that is empty.",
      discussion: "All of it is read or nothing. 'merge' adds to a registry that has entries.")

    @Argument(help: "The exported file, or - for standard input.")
    var file: String

    @OptionGroup var place: Place

    @Flag(help: "The result as JSON.")
    var json = false

    func run() async throws {
      let document = try RegistryCommand.document(file)
      let registry = try place.open()
      try await CommandFailure.naming { try await registry.fill(document.memos) }
      let counts = [
        ("workers", document.workers.count), ("drafts", document.drafts.count),
        ("intents", document.intents.count),
      ]
      if json {
        Output.line(JSON.object(JSONObject(counts.map { ($0.0, .integer($0.1)) })).text)
      } else {
        Output.line("read " + counts.map { "\($0.1) \($0.0)" }.joined(separator: ", "))
      }
      RegistryCommand.warnOfOrders(document.intents.count)
    }
  }

  struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Add what is unknown here from an export.",
      discussion: """
        Titles and drafts that are here stay; of two last answers the newer one counts. A console \
        that runs meanwhile shows what was added when it starts again.
        """)

    @Argument(help: "The exported file, or - for standard input.")
    var file: String

    @OptionGroup var place: Place

    @Flag(help: "The result as JSON.")
    var json = false

    func run() async throws {
      let document = try RegistryCommand.document(file)
      let registry = try place.open()
      let merge = try await CommandFailure.naming {
        try await registry.revise { local in
          let merge = RegistryMerge(document, into: local)
          return (merge.memos, merge)
        }
      }
      let tallies = [
        ("workers", merge.workers), ("drafts", merge.drafts), ("intents", merge.intents),
      ]
      if json {
        Output.line(JSON.object(JSONObject(tallies.map { ($0.0, $0.1.json) })).text)
      } else {
        for (name, tally) in tallies { Output.line("\(name): \(tally.sentence)") }
      }
      RegistryCommand.warnOfOrders(merge.intents.added)
    }
  }
}

extension RegistryMerge.Tally {
  fileprivate var json: JSON {
    [
      "added": .integer(added), "updated": .integer(updated), "kept": .integer(kept),
      "skipped": .integer(skipped),
    ]
  }

  fileprivate var sentence: String {
    "\(added) added, \(updated) updated, \(kept) kept as here, \(skipped) skipped as the same"
  }
}
