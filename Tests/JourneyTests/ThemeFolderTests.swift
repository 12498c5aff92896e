import Canvas
import Fleet
import Foundation
import Support
import Testing

@testable import Console
@testable import signalbox

@Suite("The operator's own themes")
struct ThemeFolderTests {
  private let workshop: Workshop
  private let folder: ThemeFolder

  init() throws {
    workshop = try Workshop()
    folder = ThemeFolder(path: "\(workshop.folder)/themes")
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
  }

  private func write(_ name: String, _ yaml: String) throws {
    try yaml.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  @Test("own themes come after the program's, and may inherit both kinds")
  func reads() throws {
    try write("night.yaml", "name: night\nvariant: dark\ninherits: nord\npalette:\n  accent: red\n")
    try write("later.yaml", "name: later\nvariant: light\ninherits: night\n")
    try write("notes.txt", "no theme")
    let (shelf, problems) = folder.read()
    #expect(problems == [])
    #expect(shelf.names.prefix(2) == ["terminal", "dark"])
    #expect(shelf.names.suffix(2) == ["later", "night"])
    #expect(shelf.theme(named: "night")?[.accent].foreground == .ansi(1))
    #expect(shelf.theme(named: "later")?[.accent].foreground == .ansi(1))
    #expect(shelf.entries.count { $0.isOwn } == 2)
  }

  @Test("an own theme is chosen by its name, also one that inherits another of them")
  func chosen() throws {
    try write("a.yaml", "name: night\nvariant: dark\ninherits: nord\npalette:\n  accent: red\n")
    try write("b.yaml", "name: later\nvariant: light\ninherits: night\n")
    let choice = ThemeChoice("later", own: folder)
    #expect(choice.warning == nil && choice.isLight && choice.theme.name == "later")
    #expect(choice.theme[.accent].foreground == .ansi(1))
    #expect(ThemeChoice("\(folder.path)/b.yaml", own: folder).theme == choice.theme)
    let none = ThemeChoice("lader", own: folder)
    #expect(none.warning?.hasSuffix(", night, later") == true && none.theme.name != "later")
    #expect(ThemeChoice("later", own: nil).warning?.contains("no theme \"later\"") == true)
  }

  @Test("a folder that is made while the console runs is watched from then on")
  @MainActor
  func madeLater() async throws {
    let journey = try await Journey()
    let late = ThemeFolder(path: "\(journey.folder)/themes")
    let watch = ThemeWatch(late, journey.session, journey.store)
    try FileManager.default.createDirectory(
      atPath: late.path, withIntermediateDirectories: true)
    for name in ["one", "two"] {
      try "name: \(name)\nvariant: dusk\n".write(
        toFile: "\(late.path)/\(name).yaml", atomically: true, encoding: .utf8)
      await journey.display.wait { _ in
        journey.store.state.notice?.text.contains("\(name).yaml") == true
      }
    }
    watch.end()
    await journey.end()
  }

  @Test("an own theme of a built-in's name takes its place, and may inherit it")
  func replaces() throws {
    try write("nord.yaml", "name: nord\nvariant: dark\ninherits: dark\npalette:\n  accent: red\n")
    let (shelf, problems) = folder.read()
    #expect(problems == [])
    #expect(shelf.names.count { $0 == "nord" } == 1)
    #expect(shelf.theme(named: "nord")?[.accent].foreground == .ansi(1))
  }

  @Test("what is broken is named with file and line, and the others can be chosen")
  func broken() throws {
    try write("good.yaml", "name: good\nvariant: dark\ninherits: dark\n")
    try write("bad.yaml", "name: bad\nvariant: dark\nroles:\n  accent: blu\n")
    try write("worse.yaml", "name: [\n")
    let (shelf, problems) = folder.read()
    #expect(shelf.names.last == "good")
    #expect(problems.count == 2)
    #expect(problems.contains("bad.yaml:4: roles.accent: unknown colour \"blu\""))
    #expect(problems.contains { $0.hasPrefix("worse.yaml:") })
  }

  @Test("a folder that is not there holds none")
  func absent() {
    let (shelf, problems) = ThemeFolder(path: "\(workshop.folder)/none").read()
    #expect(shelf == .builtIn && problems == [])
  }
}
