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

  /// A built-in name, a name in the configuration's `themes` folder, or the path of a YAML file.
  init(_ name: String?) {
    theme = Self.standard
    guard let name else { return }
    do throws(ThemeError) {
      guard let file = try Self.file(name) else {
        warning = "no theme \"\(name)\"; there are \(ThemeLibrary.names.joined(separator: ", "))"
        return
      }
      let resolved = try ThemeLibrary.resolve(file)
      theme = Theme(resolved)
      isLight = resolved.variant == .light
    } catch {
      warning = "\(error); the theme \(theme.name) is used"
    }
  }

  private static func file(_ name: String) throws(ThemeError) -> ThemeFile? {
    if let builtIn = try ThemeLibrary.file(named: name) { return builtIn }
    let isPath = name.contains("/") || name.hasSuffix(".yaml")
    let path = isPath ? name : "\(Folders.configuration)/themes/\(name).yaml"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let text = String(decoding: data.prefix(ThemeReader.sizeLimit), as: UTF8.self)
    return try ThemeReader.read(text, fileName: path)
  }
}
