import ArgumentParser
import FoundationEssentials
import WorkerAPI

/// What the configuration says, and what is wrong with it.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "The configuration: check it, show an example, tell its path.",
    subcommands: [Check.self, Example.self, Path.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Names line and reason of what is wrong; status 2 when it is an error.")

    @OptionGroup var configurationOptions: ConfigurationOptions

    @Flag(help: "One JSON document.")
    var json = false

    func run() throws {
      let environment = ProcessInfo.processInfo.environment
      let configuration = try configurationOptions.read()
      let findings = configuration.findings + configuration.prospects(environment)
      let errors = findings.count { $0.severity == .error }
      if json {
        let list = findings.map { finding -> JSON in
          [
            "line": .integer(finding.line), "severity": .string(finding.severity.rawValue),
            "message": .string(finding.text),
          ]
        }
        let document: JSON = [
          "file": .string(configuration.path), "errors": .integer(errors),
          "findings": .array(list),
        ]
        Output.line(document.pretty())
      } else {
        for finding in findings {
          Output.line(
            "\(finding.severity.rawValue): \(finding.description(in: configuration.path))")
        }
        if errors == 0 { Output.line("\(configuration.path): no errors") }
      }
      guard errors == 0 else { throw ExitCode(CommandFailure.usage) }
    }
  }

  struct Example: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A documented config.yaml with every setting commented out.")

    func run() { Output.write(ConfigExample.text, to: 1) }
  }

  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The path of the file that is read.")

    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() { Output.line(configurationOptions.path) }
  }
}

extension Configuration {
  /// What would fail later: a theme that is not there, a key that cannot be had. No command is run.
  func prospects(_ environment: [String: String]) -> [Finding] {
    let servers =
      [("", settings.server)]
      + settings.profiles.sorted { $0.key < $1.key }.map { ("profiles.\($0.key).", $0.value) }
    return servers.flatMap { prefix, server -> [Finding] in
      var found: [(String, String)] = []
      if let warning = server.theme.flatMap({ ThemeChoice($0).warning }) {
        found.append(("\(prefix)theme", warning))
      }
      switch server.key {
      case .environment(let name) where environment[name]?.isEmpty ?? true:
        found.append(("\(prefix)key", "the environment has no \(name)"))
      case .file(let path):
        if let objection = KeySource.objection(toFile: path) {
          found.append(("\(prefix)key", "\(path): \(objection)"))
        }
      case .environment, .command, nil: break
      }
      return found.map { name, text in
        Finding(line: lines[name] ?? 1, severity: .warning, text: "\(name): \(text)")
      }
    }
  }
}
