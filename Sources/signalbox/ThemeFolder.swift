import Console
import FoundationEssentials
import Themes

/// The operator's own themes: the YAML files of a folder.
struct ThemeFolder: Sendable {
  /// Files that are read; further ones are named.
  static let fileLimit = 200

  var path: String

  static var standard: ThemeFolder { ThemeFolder(path: "\(Folders.configuration)/themes") }

  /// What can be used, and what is wrong with the rest, each with file and line.
  func read() -> (shelf: ThemeShelf, problems: [String]) {
    let (themes, problems) = resolved()
    let entries = themes.map {
      ThemeShelf.Entry(theme: Theme($0), variant: $0.variant, isOwn: true)
    }
    return (ThemeShelf(own: entries), problems)
  }

  func resolved() -> (themes: [ResolvedTheme], problems: [String]) {
    let (files, unread) = self.files()
    var problems = unread
    var themes: [ResolvedTheme] = []
    for file in files {
      do throws(ThemeError) {
        themes.append(try Self.resolve(file, among: files))
      } catch {
        problems.append("\(error)")
      }
    }
    return (themes, problems)
  }

  /// A theme may inherit one of the others or a built-in one, also that of its own name.
  static func resolve(
    _ file: ThemeFile, among files: [ThemeFile]
  ) throws(ThemeError) -> ResolvedTheme {
    try ThemeLibrary.resolve(file) { name throws(ThemeError) in
      if let own = files.first(where: { $0.name == name && $0 != file }) { return own }
      return try ThemeLibrary.file(named: name)
    }
  }

  /// What can be read, in the order of the files' names.
  func files() -> (files: [ThemeFile], problems: [String]) {
    var problems: [String] = []
    var files: [ThemeFile] = []
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
    if names.count > Self.fileLimit {
      problems.append("\(path): only the first \(Self.fileLimit) themes are read")
    }
    for name in names.prefix(Self.fileLimit) {
      do {
        files.append(try file(name))
      } catch {
        problems.append("\(error)")
      }
    }
    return (files, problems)
  }

  private func file(_ name: String) throws(ThemeError) -> ThemeFile {
    guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else {
      throw ThemeError(fileName: name, reason: "cannot be read")
    }
    let text = String(decoding: data.prefix(ThemeReader.sizeLimit + 1), as: UTF8.self)
    return try ThemeReader.read(text, fileName: name)
  }
}
