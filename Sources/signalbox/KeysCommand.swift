import ArgumentParser
import Console

/// The key table, from the map that the console uses.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "The key table, with the keys of the configuration.")

  @Flag(help: "As Markdown.")
  var markdown = false

  @OptionGroup var configurationOptions: ConfigurationOptions

  func run() throws {
    let configuration = try configurationOptions.read()
    for warning in configuration.warnings { Output.error("signalbox: \(warning)") }
    let keymap = configuration.settings.keymap
    Output.write(markdown ? keymap.markdown : keymap.text, to: 1)
  }
}
