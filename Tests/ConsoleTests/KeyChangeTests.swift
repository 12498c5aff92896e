import Canvas
import Testing

@testable import Console

@Suite("Keys of the configuration")
struct KeyChangeTests {
  private let standard = Keymap.standard

  private func problems(_ changes: KeyChange...) -> [String] {
    let (keymap, problems) = standard.changed(by: changes)
    #expect(keymap == standard)
    return problems.map { "\($0.line): \($0.text)" }
  }

  @Test("a command gets the keys that are named in that place, and loses the others there")
  func changes() {
    let (keymap, problems) = standard.changed(by: [
      KeyChange("everywhere", "refresh", ["ctrl-r", "f6"], line: 2),
      KeyChange("workers", "pin", ["P"], line: 4),
      KeyChange("output", "refresh", ["f7"], line: 6),
    ])
    #expect(problems == [])
    #expect(keymap.command(for: .function(6), in: .pane(.info)) == .refresh)
    #expect(keymap.command(for: .function(5), in: .pane(.info)) == nil)
    #expect(keymap.command(for: .character("P"), in: .pane(.workers)) == .pin)
    #expect(keymap.command(for: .character("p"), in: .pane(.workers)) == nil)
    #expect(keymap.command(for: .function(7), in: .pane(.output)) == .refresh)
    #expect(keymap.command(for: .control("r"), in: .pane(.output)) == .refresh)
    #expect(keymap.bindings.count == standard.bindings.count + 1)
  }

  @Test("a key that hides an action that has no other one there is a warning")
  func hides() {
    let (keymap, problems) = standard.changed(by: [
      KeyChange("workers", "pin", ["y"], line: 3),
      KeyChange("everywhere", "refresh", ["e"], line: 5),
    ])
    #expect(
      problems == [
        KeyProblem(
          line: 3, text: "keys.workers: copy has no key left there, y is pin", isWarning: true),
        KeyProblem(
          line: 5, text: "keys.output: refresh has no key left there, e is next-problem",
          isWarning: true),
      ])
    #expect(keymap.command(for: .character("y"), in: .pane(.workers)) == .pin)
  }

  @Test("two commands that change keys do not clash")
  func swaps() {
    let (keymap, problems) = standard.changed(by: [
      KeyChange("workers", "rename", ["p"], line: 1), KeyChange("workers", "pin", ["r"], line: 2),
    ])
    #expect(problems == [])
    #expect(keymap.command(for: .character("p"), in: .pane(.workers)) == .rename)
    #expect(keymap.command(for: .character("r"), in: .pane(.workers)) == .pin)
  }

  @Test("a clash names both actions and the line, and the standard keys stay")
  func clash() {
    #expect(
      problems(KeyChange("workers", "pin", ["r"], line: 7))
        == ["7: keys.workers: r is both rename (as standard) and pin (line 7)"])
    #expect(
      problems(
        KeyChange("workers", "rename", ["f6"], line: 3),
        KeyChange("workers", "pin", ["f6"], line: 9))
        == ["9: keys.workers: f6 is both rename (line 3) and pin (line 9)"])
  }

  @Test("what is not known is named with its line and the nearest name")
  func unknown() {
    #expect(
      problems(KeyChange("wrokers", "pin", ["P"], line: 2))
        == ["2: keys: no place is called \"wrokers\"; did you mean workers?"])
    #expect(
      problems(KeyChange("workers", "pinn", ["P"], line: 3))
        == ["3: keys.workers.pinn: no action of that name there; did you mean pin?"])
    #expect(
      problems(KeyChange("workers", "pin", ["pgdwn"], line: 4))
        == ["4: keys.workers.pin: pgdwn: no such key; did you mean pgdn?"])
    #expect(
      problems(KeyChange("workers", "pin", [], line: 5)) == ["5: keys.workers.pin: no key is named"]
    )
  }

  @Test(
    "keys that something else needs are refused with the reason",
    arguments: [
      ("ctrl-a", "it is the prefix of screen"), ("ctrl-b", "it is the prefix of tmux"),
      ("ctrl-s", "terminals and links take it for flow control"),
      ("ctrl-q", "terminals and links take it for flow control"),
      ("alt-p", "Alt is sent as two keys, which links split"),
      ("M-p", "Alt is sent as two keys, which links split"),
      ("shift-up", "terminals do not agree on Shift with other keys than tab"),
      ("ctrl-z", "it stays the key that suspends"), ("ctrl-i", "terminals send tab for it"),
      ("esc", "it only leaves and closes, so that it never costs anything"),
      ("ctrl-c", "it only leaves and closes, so that it never costs anything"),
    ])
  func reserved(_ key: String, _ reason: String) {
    #expect(
      problems(KeyChange("workers", "pin", [key], line: 1))
        == ["1: keys.workers.pin: \(key): \(reason)"])
  }

  @Test("a letter is text where text is typed")
  func text() {
    #expect(
      problems(KeyChange("composer", "accept", ["x"], line: 1))
        == ["1: keys.composer.accept: x: it is text there"])
    let (_, problems) = standard.changed(by: [KeyChange("help", "dismiss", ["x"], line: 1)])
    #expect(problems == [])
  }

  @Test("the standard table binds nothing that the configuration could not")
  func standardKeys() {
    let refused = standard.bindings.flatMap { binding in
      binding.keys.compactMap { key in
        Keymap.objection(to: key, for: binding.command, in: binding.context).map {
          "\(binding.context.word) \(key.name): \($0)"
        }
      }
    }
    #expect(refused == [])
  }

  @Test("every action has one name in its place, and every place has a name")
  func names() {
    #expect(Command.halfPageDown.name == "half-page-down")
    #expect(Command.focus(.output).name == "output")
    #expect(Command.searchAll.name == "search")
    #expect(Binding.Context.typedYes.word == "typed-yes")
    #expect(Set(Keymap.places.map(\.word)).count == Keymap.places.count)
    #expect(standard.bindings.filter { !Keymap.places.contains($0.context) } == [])
    var seen: [String: Command] = [:]
    for binding in standard.bindings {
      let place = "\(binding.context.word) \(binding.command.name)"
      #expect(seen[place] == nil || seen[place] == binding.command, "\(place)")
      seen[place] = binding.command
      #expect(binding.command.name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" })
    }
  }

  @Test("hostile names are shown without what could drive a terminal")
  func hostile() {
    let found = problems(KeyChange("\u{1B}]0;x\u{07}", "pin", ["\u{9B}31m"], line: 1))
    let scalars = found.joined().unicodeScalars
    #expect(scalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  @Test("the help and the hints show the keys as they are")
  func live() {
    var bench = Bench()
    bench.screen.keymap =
      standard.changed(by: [
        KeyChange("everywhere", "help", ["f3"], line: 1),
        KeyChange("workers", "pin", ["P"], line: 2),
      ]).keymap
    bench.press("f3")
    #expect(bench.text.contains("P               pin it"))
    #expect(bench.text.contains("Keys: Workers"))
    bench.press("esc")
    #expect(bench.rows[22].contains("f3 help"))
    bench.press("%")
    #expect(bench.rows[23] == "> % does nothing here; f3 shows the keys")
  }
}
