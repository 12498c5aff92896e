extension TmuxTerminal {
  /// Lets tmux walk over what is shown: only it knows in which column it drew what.
  public func copyMode() throws { try command("copy-mode") }

  /// The column of a character's first place in a row; -1 where it is not there.
  public func column(ofFirst character: Character, row: Int) throws -> Int {
    try walk(to: row)
    if try value("#{copy_cursor_line}").hasPrefix(String(character)) { return 0 }
    try command("send-keys", "-X", "jump-forward", String(character))
    let column = try value("#{copy_cursor_x}")
    return column == "0" ? -1 : Int(column) ?? -1
  }

  /// The column of the last character of a row.
  public func lastColumn(row: Int) throws -> Int {
    try walk(to: row)
    try command("send-keys", "-X", "end-of-line")
    return Int(try value("#{copy_cursor_x}")) ?? -1
  }

  private func walk(to row: Int) throws {
    try command("send-keys", "-X", "top-line")
    try command("send-keys", "-X", "start-of-line")
    if row > 0 { try command("send-keys", "-X", "-N", "\(row)", "cursor-down") }
    try command("send-keys", "-X", "start-of-line")
  }

  /// Colours that are on the screen, as their SGR numbers.
  public var colors: Set<Int> {
    get throws {
      let text = try command("capture-pane", "-p", "-e")
      var found: Set<Int> = []
      for sequence in text.split(separator: "\u{1B}[").dropFirst() {
        let numbers = sequence.prefix { $0.isNumber || $0 == ";" || $0 == ":" }
        for number in numbers.split(whereSeparator: { $0 == ";" || $0 == ":" }) {
          guard let number = Int(number), 30...49 ~= number || 90...107 ~= number,
            number != 39, number != 49
          else { continue }
          found.insert(number)
        }
      }
      return found
    }
  }
}
