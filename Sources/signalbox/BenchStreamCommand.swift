import ArgumentParser

/// From the bytes of a stream to the transcript, in memory and on one core.
struct BenchStreamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Decodes and reduces a stream of small text deltas, in memory and on one core.")

  @Option(help: "How many deltas the stream has.")
  var events = 200_000

  @Option(help: "How often it is read; the median counts.")
  var rounds = 5

  func validate() throws {
    guard (1...10_000_000).contains(events) else {
      throw ValidationError("the number of events is from 1 to 10000000")
    }
    guard (1...1000).contains(rounds) else {
      throw ValidationError("the number of rounds is from 1 to 1000")
    }
  }

  func run() throws {
    for figure in BenchStream(events: events, rounds: rounds).figures() {
      Output.line(figure.line)
    }
  }
}
