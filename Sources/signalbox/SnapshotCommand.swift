import ArgumentParser
import Canvas
import Console
import FoundationEssentials
import Themes
import WorkerServer

/// One frame without a terminal, from scenarios that are played at once.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "One frame of the console as text or SVG, without a terminal.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, svg }

  @Option(help: "A scenario to show; may be given several times (default: the demo's cast).")
  var scenario: [String] = []

  @Option(help: "Seconds of scenario time.")
  var at = 30.0

  @Option(help: "COLUMNSxROWS.")
  var size = "120x40"

  @Option(help: "A theme's name, or a YAML file.")
  var theme: String?

  @Option(help: "Keys to press first, by their names, such as 'j j enter'.")
  var keys = ""

  @Option(help: "text or svg.")
  var format = Format.text

  @Option(help: "Decides what the scenarios say.")
  var seed: UInt64 = 1

  @Flag(help: "The same screen in every theme on one sheet, as SVG.")
  var gallery = false

  @Flag(help: "Frames, lines and signs in ASCII; texts stay as they are.")
  var ascii = false

  @Option(help: "Where to write it (default: standard output).")
  var output: String?

  func run() throws {
    let choice = ThemeChoice(theme ?? "dark")
    if let warning = choice.warning { throw failure(warning, CommandFailure.usage) }
    let picture = gallery ? try sheet() : picture(try frame(choice), choice)
    guard let output else { return Output.write(picture, to: 1) }
    guard FileManager.default.createFile(atPath: output, contents: Data(picture.utf8)) else {
      throw failure("cannot write \(output)", CommandFailure.failed)
    }
  }

  private func picture(_ frame: Frame, _ choice: ThemeChoice) -> String {
    switch format {
    case .text: frame.text + "\n"
    case .svg: Picture.svg(frame, paper: choice.isLight ? .light : .dark)
    }
  }

  private func frame(_ choice: ThemeChoice) throws -> Frame {
    var rehearsal = try Rehearsal(
      cast: try cast, at: at, size: try parsedSize, theme: choice.theme, isUnicode: !ascii)
    for name in keys.split(separator: " ") {
      guard let key = Key(name: String(name)) else {
        throw failure(
          "no key is called \"\(name)\"; try j, enter, ctrl-d, f1", CommandFailure.usage)
      }
      rehearsal.press(key)
    }
    return rehearsal.frame
  }

  /// Three samples side by side fit a page.
  private func sheet() throws -> String {
    let samples = try ThemeLibrary.names.map { name in
      let choice = ThemeChoice(name, own: nil)
      return Picture.Sample(
        title: name, frame: try frame(choice), paper: choice.isLight ? .light : .dark)
    }
    return Picture.gallery(samples, columns: 3)
  }

  private var parsedSize: Size {
    get throws {
      let parts = size.split(separator: "x").compactMap { Int($0) }
      guard parts.count == 2, parts.allSatisfy({ (1...1000).contains($0) }) else {
        throw failure("a size is COLUMNSxROWS, such as 120x40", CommandFailure.usage)
      }
      return Size(columns: parts[0], rows: parts[1])
    }
  }

  private var cast: [Part] {
    get throws {
      guard !scenario.isEmpty else { return Cast.demo(seed: seed) }
      return try scenario.enumerated().map { index, name in
        guard Scenario(rawValue: name) != nil else {
          let names = Scenario.allCases.map(\.rawValue).joined(separator: ", ")
          throw failure("no scenario \"\(name)\"; there are \(names)", CommandFailure.usage)
        }
        return Part(
          title: name, instruction: "Run the scenario \(name).", scenario: name,
          startedSecondsAgo: 0, seed: seed &+ UInt64(index))
      }
    }
  }

  private func failure(_ message: String, _ status: Int32) -> CommandFailure {
    CommandFailure(message: message, status: status)
  }
}
