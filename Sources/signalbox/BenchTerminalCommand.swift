import ArgumentParser

/// The limits of the console, measured around this very binary.
struct BenchTerminalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "terminal",
    abstract: "What the console takes of terminal, processor and memory, from outside.",
    discussion: """
      The console runs in a pseudo-terminal against a server in a process of its own. The same is \
      measured of 'less +F' and 'lnav' on a file that grows as fast, where they are installed; \
      their keys count from the key to the next byte. It takes some four minutes.
      """)

  @Flag(help: "Shorter times, for a look in between.")
  var quick = false

  @Flag(help: "Only the console, without less and lnav.")
  var alone = false

  @Option(help: "Only rows whose names begin so, such as 'follow'.")
  var only = ""

  func run() async throws {
    Output.line(BenchRow.heading)
    try await BenchTerminal(isQuick: quick, compares: !alone, only: only).run {
      Output.line($0.line)
    }
  }
}
