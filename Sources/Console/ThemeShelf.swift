public import Themes

/// The themes that can be chosen now, in the order of the menu: those of the program, then the
/// operator's own.
public struct ThemeShelf: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public var theme: Theme
    public var variant: ThemeFile.Variant
    /// It comes from the operator's folder.
    public var isOwn: Bool

    public init(theme: Theme, variant: ThemeFile.Variant, isOwn: Bool) {
      self.theme = theme
      self.variant = variant
      self.isOwn = isOwn
    }
  }

  /// Those of the operator's folder.
  public let own: [Entry]

  /// An own theme of a built-in's name takes its place.
  public init(own: [Entry] = []) { self.own = own }

  public static let builtIn = ThemeShelf()

  /// All of them; the built-in ones are read when they are asked for, because a start needs only one.
  public var entries: [Entry] {
    let mine = Set(own.map(\.theme.name))
    return Self.standard.filter { !mine.contains($0.theme.name) } + own
  }

  public var names: [String] {
    let mine = own.map(\.theme.name)
    return ThemeLibrary.names.filter { !mine.contains($0) } + mine
  }

  func theme(named name: String) -> Theme? {
    own.first { $0.theme.name == name }?.theme ?? Theme.builtIn(name)
  }

  private static let standard: [Entry] = ThemeLibrary.names.compactMap { name in
    guard let file = try? ThemeLibrary.file(named: name),
      let resolved = try? ThemeLibrary.resolve(file)
    else { return nil }
    return Entry(theme: Theme(resolved), variant: resolved.variant, isOwn: false)
  }
}

extension Screen {
  /// Takes the themes as they are now; the one in use is drawn as it became.
  public mutating func take(_ shelf: ThemeShelf) {
    self.shelf = shelf
    if let fresh = shelf.theme(named: theme.name) { theme = fresh }
    guard case .themes(_, let index, let before) = overlays.last else { return }
    let names = shelf.names
    let place = names.firstIndex(of: theme.name) ?? min(index, names.count - 1)
    overlays[overlays.count - 1] = .themes(
      names: names, index: place, before: shelf.theme(named: before.name) ?? before)
  }
}
