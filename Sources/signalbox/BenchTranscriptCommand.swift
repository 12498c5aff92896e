import ArgumentParser

/// A transcript beyond what memory holds: what keeping, reading and searching it takes.
struct BenchTranscriptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcript",
    abstract: "Runs the console on one worker that writes a long log, then keys while it goes on.")

  @Option(help: "How many lines of 200 bytes it has written when keys are measured.")
  var lines = 1_000_000

  func validate() throws {
    guard (200_000...5_000_000).contains(lines) else {
      throw ValidationError("the number of lines is from 200000 to 5000000")
    }
  }

  @MainActor
  func run() async throws {
    for figure in try await BenchTranscript(lines: lines).figures() { Output.line(figure.line) }
  }
}
