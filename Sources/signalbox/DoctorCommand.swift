import ArgumentParser
import Console
import Curses
import FoundationEssentials
import WorkerAPI

/// One page on what the console stands on.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Terminal, colours, widths, tmux, server, clock and files, with advice.",
    discussion: "Ends with 1 when something is bad. The API key is never shown.")

  @Flag(help: "One JSON document.")
  var json = false

  @Option(help: "The server's address, in place of HANDINGER_BASE_URL.")
  var baseURL: String?

  @OptionGroup var stationOptions: StationOptions

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let probe = TerminalProbe(environment: environment)
    let doctor = await Examination(
      subject: Examination.Subject(
        place: .options(stationOptions, baseURL: baseURL),
        configuration: stationOptions.configurationOptions), environment: environment, probe: probe,
      seenWidths: probe.isUnicode && probe.placesCursor
        ? CursorProbe.widths(isRemote: LookOptions.isRemote) : nil
    ).doctor()
    Output.write(json ? Sanitise.json(doctor.json.text) + "\n" : doctor.text, to: 1)
    if doctor.isBad { throw ExitCode(CommandFailure.failed) }
  }
}
