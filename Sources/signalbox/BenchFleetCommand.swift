import ArgumentParser

/// A large fleet: what the store, the registry and the drawing take.
struct BenchFleetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Runs the console on a registry of many workers, some of them running.")

  @Option(help: "How many workers the registry knows.")
  var workers = 10_000

  @Option(help: "How many of them run.")
  var running = 200

  @Option(help: "Seconds of steady work that are measured.")
  var seconds = 20.0

  func validate() throws {
    guard (1...100_000).contains(workers), (0...workers).contains(running) else {
      throw ValidationError("workers are from 1 to 100000, running ones no more than that")
    }
    guard (1...3600).contains(seconds) else {
      throw ValidationError("the time is from 1 to 3600 seconds")
    }
  }

  @MainActor
  func run() async throws {
    let bench = BenchFleet(workers: workers, running: running, seconds: seconds)
    for figure in try await bench.figures() { Output.line(figure.line) }
  }
}
