import ArgumentParser
import Console
import Themes

/// The themes that come with the program.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "The built-in themes.")

  func run() {
    for name in ThemeLibrary.names { Output.line(name) }
  }
}
