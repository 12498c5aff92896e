import Canvas
import Testing

struct KeyTests {
  @Test("Every key has a name that reads back as the same key")
  func roundTrip() {
    var keys: [Key] = [
      .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right,
      .home, .end, .pageUp, .pageDown, .wordLeft, .wordRight, .wordBackspace, .wordDelete,
    ]
    keys += (1...63).map { .function($0) }
    keys += #"abcdefghijklmnopqrstuvwxyz\]^_"#.map { .control($0) }
    keys += " !~Aaé日-".map { .character($0) }
    #expect(keys.map { Key(name: $0.name) } == keys)
  }

  @Test(
    "Other spellings are understood",
    arguments: [
      ("Enter", .enter), ("return", .enter), ("ESC", .escape), ("escape", .escape),
      ("PgDn", .pageDown), ("pagedown", .pageDown), ("del", .delete), ("Ctrl-D", .control("d")),
      ("space", .character(" ")), (" ", .character(" ")), ("backtab", .backTab),
      ("F5", .function(5)),
      ("f", .character("f")), ("G", .character("G")),
    ] as [(String, Key)])
  func spellings(name: String, key: Key) {
    #expect(Key(name: name) == key)
  }

  @Test(
    "What is no key is refused",
    arguments: ["", "ctrl-", "ctrl-1", "ctrl-dd", "f0", "f64", "f01", "fx", "nonsense", "\u{1B}"])
  func refused(name: String) {
    #expect(Key(name: name) == nil)
  }
}
