import ArgumentParser
import Fleet
import Registry
import WorkerClient

/// The console from a recording, without a network.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "The console from a recording that --record made.")

  @Argument(help: "The recording.")
  var file: String

  @Option(help: "Seconds of the recording in one second, 0.1 to 1000.")
  var speed = 1.0

  @OptionGroup var configurationOptions: ConfigurationOptions
  @OptionGroup var lookOptions: LookOptions

  @MainActor
  func run() async throws {
    guard (0.1...1000).contains(speed) else {
      throw CommandFailure(
        message: "--speed \(speed): it goes from 0.1 to 1000", status: CommandFailure.usage)
    }
    let recording: Recording
    do {
      recording = try Recording(path: file)
    } catch {
      throw CommandFailure(message: "\(error)", status: CommandFailure.usage)
    }
    let configuration = try configurationOptions.read()
    try configuration.refuseFatal()
    guard Output.isTerminal else {
      throw CommandFailure(
        message: "the console needs a terminal on standard input and output",
        status: CommandFailure.usage)
    }
    let folder = try Folders.throwAway()
    defer { Folders.remove(folder) }
    let replay = try Replay(
      recording, memory: .inMemory(), clock: ScaledClock(speed: speed),
      downloads: "\(folder)/downloads")
    try await replay.remember()
    let playing = Task { await replay.play() }
    defer { playing.cancel() }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    var desk = replay.desk
    desk.standing = "REPLAY x\(speed.formattedShort)"
    try await Wiring.run(
      desk, look: lookOptions.look(configuration, preferred: nil), server: name)
  }
}

extension Double {
  /// Without a point where it is whole.
  fileprivate var formattedShort: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
