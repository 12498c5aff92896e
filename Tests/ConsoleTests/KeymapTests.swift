import Canvas
import Support
import Testing

@testable import Console

@Suite("The key table")
struct KeymapTests {
  private let keymap = Keymap.standard

  @Test("the key of a command is one that works in that pane")
  func keys() {
    let keys = Pane.allCases.map { Keymap.standard.key(for: .newWorker, in: $0) }
    #expect(keys == ["n", "ctrl-n", "ctrl-n", "ctrl-n", "ctrl-n", "ctrl-n"])
    var bench = Bench(FleetFixture.empty)
    bench.press("2")
    #expect(bench.text.contains(" ctrl-n starts one."))
  }

  @Test("no key has two meanings in one context")
  func clashes() {
    #expect(keymap.clashes == [])
  }

  @Test("a clash is named with both meanings")
  func namesClash() {
    let broken = Keymap(bindings: [
      Binding(.help, "j", .moveDown, "down"), Binding(.help, "j k", .moveUp, "up"),
    ])
    #expect(broken.clashes == ["Help: j is both down and up"])
  }

  @Test("every command of the panes has a key there, and every one of a box in it")
  func reachable() {
    let panes: [Command] =
      [
        .moveDown, .moveUp, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .top, .bottom,
        .focusNext, .focusPrevious, .nextTab, .previousTab, .zoomIn, .zoomOut, .fullScreen, .open,
        .back, .leave, .follow, .nextTurn, .previousTurn, .unfold, .nextUnread, .previousUnread,
        .previousWorker, .newWorker, .continueWorker, .newSchedule, .cancelSchedule, .download,
        .stopDownload, .markFile, .attachFile,
        .forecast, .toggleAgenda, .toggleZone, .showOrders, .showSpending, .showRequests,
        .showAbsence, .searchAll, .commandLine, .copyMenu, .save, .openOutside, .toggleMouse,
        .rename,
        .pin, .archive, .filterList, .showUrgent, .orderList, .palette, .inspect, .rerun, .setMark,
        .jumpToMark,
        .forget, .mark, .adoptWorkers, .markAll, .unmark, .chooseTheme, .help,
        .refresh, .redraw,
        .suspend,
        .quit,
        .interrupt, .dismiss,
      ] + Pane.allCases.map(Command.focus)
    let bound = Set(
      keymap.bindings.filter {
        if case .pane = $0.context { true } else { $0.context == .everywhere }
      }.map(\.command))
    #expect(panes.filter { !bound.contains($0) } == [])
    let inBoxes: [(Binding.Context, [Command])] = [
      (.composer, [.accept, .newline, .earlier, .later, .nextField, .previousField, .dismiss]),
      (.form, [.accept, .newline, .nextField, .previousField, .dismiss]),
      (.confirm, [.yes, .no]), (.typedYes, [.accept, .no]), (.spending, [.dismiss]),
      (.copying, [.dismiss] + Clip.Subject.allCases.map(Command.copy)),
      (.search, [.accept, .moveDown, .moveUp, .nextField, .dismiss]),
      (.command, [.accept, .nextField, .earlier, .later, .dismiss]),
      (.renaming, [.accept, .dismiss]), (.absence, [.accept, .moveDown, .moveUp, .dismiss]),
      (.requests, [.moveDown, .moveUp, .pageDown, .pageUp, .top, .bottom, .dismiss]),
      (.doctor, [.moveDown, .moveUp, .pageDown, .pageUp, .refresh, .dismiss]),
      (
        .help,
        [.moveDown, .moveUp, .pageDown, .pageUp, .top, .bottom, .findText, .dismiss]
      ),
      (.themes, [.moveDown, .moveUp, .accept, .dismiss]),
      (.forecast, [.toggleRaw, .dismiss]), (.filter, [.accept, .moveDown, .moveUp, .dismiss]),
      (.palette, [.accept, .moveDown, .moveUp, .pageDown, .pageUp, .dismiss]),
      (
        .inspection,
        [.toggleRaw, .refresh, .moveDown, .moveUp, .pageDown, .pageUp, .top, .bottom, .dismiss]
      ), (.letter, [.dismiss]), (.helpFilter, [.accept, .moveDown, .moveUp, .dismiss]),
      (.order, [.moveDown, .moveUp, .nextField, .accept, .dismiss]),
      (.orders, [.resend, .adopt, .discard, .moveDown, .moveUp, .dismiss]),
      (.adoption, [.accept, .dismiss]),
    ]
    for (context, commands) in inBoxes {
      let bound = Set(keymap.bindings.filter { $0.context == context }.map(\.command))
      #expect(commands.filter { !bound.contains($0) } == [], "\(context.name)")
    }
  }

  @Test("keys of tmux, screen and flow control are left alone")
  func leftAlone() {
    let taken = Set(keymap.bindings.flatMap(\.keys))
    let reserved = "absq\\".map { Key.control($0) }
    #expect(reserved.filter(taken.contains) == [])
  }

  @Test("every binding but those of names alone has a key that could be read from its name")
  func readable() {
    #expect(
      keymap.bindings.filter { $0.keys.isEmpty }.map(\.command) == [
        .showDoctor, .showEvents, .showKeys, .showSettings, .giveKey, .record, .replay,
      ])
    let names = keymap.bindings.flatMap(\.keys).map(\.name)
    #expect(names.compactMap(Key.init(name:)).map(\.name) == names)
  }

  @Test("an overlay shuts the keys of the panes out")
  func shutsOut() {
    #expect(keymap.command(for: .character("q"), in: .pane(.output)) == .leave)
    #expect(keymap.command(for: .character("q"), in: .composer) == nil)
    #expect(keymap.command(for: .character("n"), in: .pane(.schedules)) == .newSchedule)
    #expect(keymap.command(for: .character("n"), in: .confirm) == .no)
  }

  @Test("suspending, drawing anew, help and the end hold in every box, by keys that are no text")
  func throughout() {
    for context in Keymap.contexts where context != .everywhere {
      #expect(keymap.command(for: .control("z"), in: context) == .suspend)
      #expect(keymap.command(for: .control("l"), in: context) == .redraw)
      #expect(keymap.command(for: .function(10), in: context) == .quit)
      #expect(keymap.command(for: .function(1), in: context) == .help)
    }
    #expect(keymap.command(for: .character("?"), in: .composer) == nil)
  }

  @Test("where no text is typed, ? is help too, and the hint line says so")
  func helpInBoxes() {
    for (keys, context) in [
      ("1 i", Binding.Context.inspection), ("@", .requests), ("$", .spending), ("T", .themes),
      ("4 enter", .preview), ("5 D", .confirm), ("1 S", .order),
    ] {
      var bench = Bench()
      bench.press(keys)
      #expect(bench.rows[22].hasSuffix("  ? help"), "\(context): \(bench.rows[22])")
      let before = bench.screen.overlays
      bench.press("?")
      #expect(bench.screen.overlays == before + [.help(HelpBox(in: context))])
      #expect(!bench.rows[22].contains("? help"))
      bench.press("?")
      #expect(bench.screen.overlays == before)
    }
    var bench = Bench()
    bench.press("n ?")
    #expect(bench.screen.context == .composer && !bench.rows[22].contains("? help"))
  }

  @Test("the table for README is Markdown, a section a context")
  func markdown() {
    let lines = keymap.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.prefix(3) == ["| Everywhere | |", "|---|---|", "| `j` `down` | down |"])
    #expect(lines.allSatisfy { $0.isEmpty || $0.hasPrefix("|") && $0.hasSuffix("|") })
    #expect(lines.count { $0.hasPrefix("| `") } == keymap.bindings.count - helpCount)
    Snapshot.check(keymap.markdown, "keys-markdown")
  }

  @Test("the table as text has the keys, the action's name and its help, a line for each binding")
  func text() {
    let lines = keymap.text.split(separator: "\n")
    #expect(lines.first == "everywhere: Everywhere")
    #expect(lines.contains("workers: Workers (1)"))
    #expect(lines.contains { $0.split(separator: " ").prefix(3) == ["ctrl-r", "f5", "refresh"] })
    #expect(lines.count { $0.hasPrefix("  ") } == keymap.bindings.count)
  }

  /// The help's own keys are on its hint line.
  private var helpCount: Int { keymap.bindings.count { $0.context == .help } }
}
