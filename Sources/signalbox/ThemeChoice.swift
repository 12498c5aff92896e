import Console
import FoundationEssentials
import Themes

/// A theme by name or by file; one that cannot be used gives the default and a sentence.
struct ThemeChoice {
  var theme: Theme
  var warning: String?
  /// Made for a light terminal.
  var isLight = false

  static let standard = ThemeLibrary.names.first.flatMap(Theme.builtIn) ?? .plain

  /// A name, where the operator's own themes come before the built-in ones, or the path of a YAML
  /// file; without a folder there are only built-in names.
  init(_ name: String?, own folder: ThemeFolder? = .standard) {
    theme = Self.standard
    guard let name else { return }
    do throws(ThemeError) {
      guard let resolved = try Self.resolved(name, folder) else {
        let own = folder?.files().files.map(\.name) ?? []
        let known = ThemeLibrary.names + own.filter { !ThemeLibrary.names.contains($0) }
        warning = "no theme \"\(name)\"; there are \(known.joined(separator: ", "))"
        return
      }
      theme = Theme(resolved)
      isLight = resolved.variant == .light
    } catch {
      warning = "\(error); the theme \(theme.name) is used"
    }
  }

  private static func resolved(
    _ name: String, _ folder: ThemeFolder?
  ) throws(ThemeError) -> ResolvedTheme? {
    let files = folder?.files().files ?? []
    if let own = files.first(where: { $0.name == name }) {
      return try ThemeFolder.resolve(own, among: files)
    }
    if let builtIn = try ThemeLibrary.file(named: name) { return try ThemeLibrary.resolve(builtIn) }
    // What is wrong with a file of that name is said when it is read again.
    let isPath = name.contains("/") || name.hasSuffix(".yaml")
    guard let path = isPath ? name : folder.map({ "\($0.path)/\(name).yaml" }),
      let data = FileManager.default.contents(atPath: path)
    else { return nil }
    let text = String(decoding: data.prefix(ThemeReader.sizeLimit), as: UTF8.self)
    return try ThemeFolder.resolve(try ThemeReader.read(text, fileName: path), among: files)
  }
}
