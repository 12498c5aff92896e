import ArgumentParser
import Console
import Themes

/// The themes that can be chosen, and how well they are read.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "The themes: the program's and your own.",
    subcommands: [List.self, Check.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The names, your own last.")

    func run() {
      let (shelf, problems) = ThemeFolder.standard.read()
      for entry in shelf.entries {
        Output.line(Sanitise.line(entry.theme.name) + (entry.isOwn ? "  (your own)" : ""))
      }
      for problem in problems { Output.error("signalbox: \(Sanitise.line(problem))") }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The contrast of each role; status 1 when one is too low to be read.",
      discussion: """
        Words need 4.5 to 1 on every ground they may stand on, rules and what may recede 3 to 1 \
        (WCAG 2.2). Where only the terminal knows the colours, no figure is given.
        """)

    @Argument(help: "The themes to look at (default: all).")
    var names: [String] = []

    @Flag(help: "Only what is too low.")
    var low = false

    func run() throws {
      let (own, found) = ThemeFolder.standard.resolved()
      var themes = try ThemeLibrary.names.compactMap { name in
        try ThemeLibrary.file(named: name).map { try ThemeLibrary.resolve($0) }
      }
      themes = themes.filter { theme in !own.contains { $0.name == theme.name } } + own
      let problems = found.filter { problem in
        names.isEmpty || names.contains { problem.hasPrefix("\($0).yaml:") }
      }
      let unknown = names.first { name in
        !themes.contains { $0.name == name } && !problems.contains { $0.hasPrefix("\(name).yaml:") }
      }
      if let unknown {
        let known = themes.map(\.name)
        let advice = Nearest.name(to: unknown, in: known).map { "did you mean \($0)?" }
        throw CommandFailure(
          message: "no theme \"\(Sanitise.line(unknown))\"; "
            + (advice ?? "there are \(known.joined(separator: ", "))"),
          status: CommandFailure.usage)
      }
      var isSound = problems.isEmpty
      for theme in themes where names.isEmpty || names.contains(theme.name) {
        let audit = ThemeAudit(theme)
        isSound = isSound && audit.isSound
        Output.line(Sanitise.line(theme.name) + (audit.isSound ? "" : "  too low"))
        for entry in audit.entries where entry.isLow || !low { Output.line(Self.row(entry)) }
      }
      for problem in problems { Output.error("signalbox: \(Sanitise.line(problem))") }
      if !isSound { throw ExitCode(CommandFailure.failed) }
    }

    private static func row(_ entry: ThemeAudit.Entry) -> String {
      let name = Sanitise.line(entry.role)
      let lead = (entry.isLow ? "! low  " : "+ ok   ") + name
      let gap = String(repeating: " ", count: max(1, 32 - lead.count))
      guard let ratio = entry.ratio else { return "  \(lead)\(gap)    -" }
      let hundredths = Int((ratio * 100).rounded(.down))
      let rest = hundredths % 100
      let figure = "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
      let blank = String(repeating: " ", count: max(0, 5 - figure.count))
      return "  \(lead)\(gap)\(blank)\(figure)" + (entry.isLow ? "  needs \(entry.needed)" : "")
    }
  }
}
