import ArgumentParser
import Console

/// The key table, from the map that the console uses.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "keys", abstract: "The key table.")

  @Flag(help: "As Markdown.")
  var markdown = false

  func run() {
    let keymap = Keymap.standard
    Output.write(markdown ? keymap.markdown : keymap.text, to: 1)
  }
}
