import ArgumentParser
import Fleet
import Registry
import WorkerAPI

extension RegistryCommand {
  struct AdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "adopt", abstract: "Make workers known that were not created here.",
      discussion: """
        Each argument is an id, a worker's address (http or https), a file, or - for standard input. \
        With a slash in it, or where a file of that name exists, it is a file. Files have an id or \
        an address a line; blank lines and lines that begin with # are passed over. At most \
        \(AdoptList.limit) at once; when one is wrong, none is adopted.
        """)

    @Argument(help: "Ids, addresses, files, or - for standard input.")
    var source: [String]

    @OptionGroup var place: Place

    @Flag(help: "The result as JSON.")
    var json = false

    func run() async throws {
      let list = AdoptList(source)
      guard list.problems.isEmpty else {
        throw CommandFailure(
          message: list.problems.joined(separator: "\nsignalbox: ")
            + "\nsignalbox: none was adopted",
          status: CommandFailure.failed)
      }
      let (registry, ids, now) = (try place.open(), list.ids, wallClock())
      let added = try await CommandFailure.naming {
        try await registry.revise { local in
          let known = Set(local.workers.map(\.id))
          let added = ids.filter { !known.contains($0) }
          let workers = added.map {
            KnownWorker(id: $0, instruction: "", budget: .standard, addedAt: now)
          }
          return (workers.map(Memo.worker), added)
        }
      }
      if json {
        let known = Set(ids).subtracting(added)
        let answer: JSON = [
          "adopted": .array(added.map(JSON.string)),
          "known": .array(ids.filter(known.contains).map(JSON.string)),
        ]
        Output.line(answer.text)
      } else {
        Output.line("\(added.count) adopted, \(ids.count - added.count) known already")
      }
    }
  }
}
