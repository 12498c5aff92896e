public import Canvas

/// One row of the key table: dispatch, the hint line, the help and README all read it.
public struct Binding: Hashable, Sendable {
  /// Where a binding holds; an overlay's context shuts out all others.
  public enum Context: Hashable, Sendable {
    case everywhere
    case pane(Pane)
    /// The line on which words are typed that the output is searched for.
    case find
    case merged
    case outline
    case composer, templates, preview, form, confirm, help, themes, orders, adoption, forecast,
      typedYes, spending, renaming, keyField, requests, doctor, absence, search, command,
      comparison, filter,
      order, copying, palette, inspection, letter, helpFilter
  }

  public var context: Context
  public var keys: [Key]
  public var command: Command
  /// What it does, for the help.
  public var help: String
  /// One or two words for the hint line; nil keeps it off.
  public var hint: String?

  init(
    _ context: Context, _ keys: String, _ command: Command, _ help: String, hint: String? = nil
  ) {
    self.context = context
    self.keys = keys.split(separator: " ").compactMap { Key(name: String($0)) }
    self.command = command
    self.help = help
    self.hint = hint
  }

  /// The keys as they are written in the help: `j down`.
  public var keyNames: String { keys.map(\.name).joined(separator: " ") }
}

extension Binding.Context {
  public var name: String {
    switch self {
    case .everywhere: "Everywhere"
    case .pane(let pane): "\(pane.name) (\(pane.rawValue))"
    case .composer: "Composer"
    case .templates: "Templates"
    case .preview: "A look into a file"
    case .form: "Schedule form"
    case .confirm: "Confirm"
    case .typedYes: "Confirm by a typed yes"
    case .spending: "What was spent"
    case .absence: "While you were away"
    case .requests: "Requests"
    case .doctor: "Doctor"
    case .search: "Search"
    case .command: "Command line"
    case .outline: "Outline of the output"
    case .merged: "Several workers in one"
    case .find: "Search or filter the output"
    case .palette: "Palette"
    case .inspection: "All fields"
    case .letter: "A letter for a mark"
    case .filter: "Filter of the list"
    case .order: "Order of the list"
    case .copying: "Copy menu"
    case .renaming: "Renaming a worker"
    case .help: "Help"
    case .helpFilter: "Help, looked through"
    case .comparison: "Two texts compared"
    case .themes: "Themes"
    case .forecast: "What a schedule will do"
    case .orders: "Orders without an answer"
    case .adoption: "Adopting a worker"
    case .keyField: "Another API key"
    }
  }
}
