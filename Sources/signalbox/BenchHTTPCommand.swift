import ArgumentParser

/// The same over HTTP: the embedded server, libcurl, the decoder and the transcript.
struct BenchHTTPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "http",
    abstract: "Sends a stream of small text deltas through the embedded server and libcurl.",
    discussion: """
      Server and client share this process, so that time and memory are those of both. 'curl -sN' \\
      reads the same stream beside it, and a consumer ten times slower than that shows how much the \\
      server runs ahead. The transcript keeps 2 MiB of text, so that a longer stream needs no more \
      memory.
      """)

  @Option(help: "How many deltas the stream has.")
  var events = 200_000

  @Option(help: "How often it is read; the median counts.")
  var rounds = 3

  func validate() throws {
    guard (1000...10_000_000).contains(events) else {
      throw ValidationError("the number of events is from 1000 to 10000000")
    }
    guard (1...1000).contains(rounds) else {
      throw ValidationError("the number of rounds is from 1 to 1000")
    }
  }

  func run() async throws {
    try await BenchHTTP(events: events, rounds: rounds).run { Output.line($0.line) }
  }
}
