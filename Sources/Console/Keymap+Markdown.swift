import Canvas

extension Keymap {
  /// The contexts in the order of the help and of README.
  static let contexts: [Binding.Context] =
    [.everywhere] + Pane.allCases.map(Binding.Context.pane) + [
      .composer, .templates, .preview, .form, .confirm, .typedYes, .renaming, .spending, .requests,
      .doctor, .absence, .search, .command, .palette, .filter, .order, .inspection, .letter,
      .helpFilter,
      .comparison,
      .find, .outline, .merged, .copying,
      .forecast,
      .orders,
      .adoption,
      .keyField,
      .themes,
    ]

  /// The table for README: one section a context.
  public var markdown: String {
    var text = ""
    for context in Self.contexts {
      let rows = bindings.filter { $0.context == context }
      guard !rows.isEmpty else { continue }
      text += "| \(context.name) | |\n|---|---|\n"
      for row in rows {
        let names = row.keys.isEmpty ? [":" + row.command.name] : row.keys.map(\.name)
        let keys = names.map { "`\($0)`" }.joined(separator: " ")
        text += "| \(keys) | \(row.help) |\n"
      }
      text += "\n"
    }
    return String(text.dropLast())
  }

  /// The table as plain lines, for `signalbox keys`: place and action as the configuration names
  /// them, the keys, and what it does.
  public var text: String {
    Self.places.map { context in
      let rows = bindings.filter { $0.context == context }
      let keys = rows.map(\.keyNames.count).max() ?? 0
      let names = rows.map(\.command.name.count).max() ?? 0
      return "\(context.word): \(context.name)\n"
        + rows.map { row in
          "  " + Width.padded(row.keyNames, to: keys) + "  "
            + Width.padded(row.command.name, to: names) + "  \(row.help)\n"
        }.joined()
    }.joined(separator: "\n")
  }
}
