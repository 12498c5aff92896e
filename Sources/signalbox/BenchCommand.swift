import ArgumentParser

/// The figures of speed; each subcommand prints `name value unit`, a figure a line.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures how fast this build is on this machine.",
    subcommands: [
      BenchStreamCommand.self, BenchHTTPCommand.self, BenchFleetCommand.self,
      BenchTranscriptCommand.self, BenchFrameCommand.self, BenchTerminalCommand.self,
      BenchCastCommand.self,
    ])
}
