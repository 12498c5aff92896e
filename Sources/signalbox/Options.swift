import ArgumentParser
import FoundationEssentials

/// Options of everything that shows the console.
struct LookOptions: ParsableArguments {
  @Option(help: "A theme's name, or a YAML file.")
  var theme: String?

  @Flag(help: "At most four frames a second, for a slow link.")
  var slow = false

  @Flag(help: "Only ASCII on the screen.")
  var ascii = false

  func look(_ configuration: Configuration) -> Look {
    let choice = ThemeChoice(theme ?? configuration.theme)
    return Look(
      theme: choice.theme, isThemeChosen: theme != nil, isSlow: slow || configuration.isSlow,
      isASCII: ascii || configuration.isASCII,
      warnings: configuration.warnings + [choice.warning].compactMap(\.self))
  }
}

/// Where the settings come from.
struct ConfigurationOptions: ParsableArguments {
  @Option(help: "The configuration file (default: ~/.config/signalbox/config.yaml).")
  var config: String?

  var configuration: Configuration {
    let named = config ?? ProcessInfo.processInfo.environment["SIGNALBOX_CONFIG"]
    let path = named.flatMap { $0.isEmpty ? nil : $0 }
    return Configuration(
      path: path ?? "\(Folders.configuration)/config.yaml", isRequired: path != nil)
  }
}
