public import Canvas

/// The key table; two commands on one key in one context would be an error that a test finds.
public struct Keymap: Hashable, Sendable {
  public var bindings: [Binding]

  public static let standard = Keymap(bindings: panes + everywhere + overlays)

  /// The command for a key: the context's own bindings first, then those for everywhere.
  public func command(for key: Key, in context: Binding.Context) -> Command? {
    if let own = bindings.first(where: { $0.context == context && $0.keys.contains(key) }) {
      return own.command
    }
    guard case .pane = context else { return nil }
    return bindings.first { $0.context == .everywhere && $0.keys.contains(key) }?.command
  }

  /// What the hint line shows in a context.
  func hints(in context: Binding.Context) -> [Binding] {
    let own = bindings.filter { $0.context == context && $0.hint != nil }
    guard case .pane = context else { return own }
    return own + bindings.filter { $0.context == .everywhere && $0.hint != nil }
  }

  /// Keys with two commands in one context, as sentences; empty in a sound table.
  public var clashes: [String] {
    var seen: [String: Binding] = [:]
    var found: [String] = []
    for binding in bindings {
      for key in binding.keys {
        let place = "\(binding.context.name): \(key.name)"
        if let other = seen[place] {
          found.append("\(place) is both \(other.help) and \(binding.help)")
        }
        seen[place] = binding
      }
    }
    return found
  }

  private static let panes: [Binding] = [
    Binding(.pane(.workers), "enter l right", .open, "read its output", hint: "open"),
    Binding(.pane(.workers), "n", .newWorker, "new worker", hint: "new"),
    Binding(
      .pane(.workers), "c", .continueWorker, "continue: follow-up to this worker", hint: "continue"),
    Binding(.pane(.workers), "r", .rename, "rename it here"),
    Binding(.pane(.workers), "p", .pin, "pin it to the top of its group, or not"),
    Binding(.pane(.workers), "A", .archive, "archive it: never asked for; or take it back"),
    Binding(.pane(.workers), "D", .forget, "forget it (asks first; it keeps running)"),
    Binding(.pane(.workers), "space", .mark, "mark it, or not: p, A and D are for all marked"),
    Binding(.pane(.workers), "*", .markAll, "mark all that are listed"),
    Binding(.pane(.workers), "\\", .unmark, "clear the marks"),
    Binding(.pane(.workers), "a", .adoptWorkers, "adopt workers made elsewhere, by id or address"),
    Binding(.pane(.workers), "u", .nextUnread, "next unread worker"),
    Binding(.pane(.workers), "U", .previousUnread, "previous unread worker"),
    Binding(
      .pane(.output), "c", .continueWorker, "continue: follow-up to this worker", hint: "continue"),
    Binding(.pane(.output), "F", .follow, "follow on or off (End follows again)", hint: "follow"),
    Binding(.pane(.output), "}", .nextTurn, "next turn"),
    Binding(.pane(.output), "{", .previousTurn, "previous turn"),
    Binding(
      .pane(.output), "x", .unfold, "show or fold reasoning and tool details", hint: "unfold"),
    Binding(.pane(.output), "space", .pageDown, "page down"),
    Binding(.pane(.output), "b", .pageUp, "page up"),
    Binding(.pane(.output), "h left", .back, "back to the workers"),
    Binding(.pane(.sources), "h left", .back, "back to the workers"),
    Binding(.pane(.files), "d enter", .download, "download this file", hint: "download"),
    Binding(.pane(.files), "h left", .back, "back to the workers"),
    Binding(
      .pane(.schedules), "n", .newSchedule, "new schedule: once, delay, cron, interval",
      hint: "new schedule"),
    Binding(
      .pane(.schedules), "D", .cancelSchedule, "cancel this schedule (asks first)",
      hint: "cancel it"),
    Binding(
      .pane(.schedules), "i", .forecast, "the next five fires, and the cost of a month",
      hint: "next fires"),
    Binding(.pane(.schedules), "a", .toggleAgenda, "all workers or this worker", hint: "all/this"),
    Binding(.pane(.schedules), "enter l right", .open, "go to its worker"),
    Binding(.pane(.schedules), "h left", .back, "back to the workers"),
    Binding(.pane(.info), "h left", .back, "back to the workers"),
  ]

  private static let everywhere: [Binding] = [
    Binding(.everywhere, "j down", .moveDown, "down"),
    Binding(.everywhere, "k up", .moveUp, "up"),
    Binding(.everywhere, "g home", .top, "to the top"),
    Binding(.everywhere, "G end", .bottom, "to the bottom"),
    Binding(.everywhere, "ctrl-d", .halfPageDown, "half a page down"),
    Binding(.everywhere, "ctrl-u", .halfPageUp, "half a page up"),
    Binding(.everywhere, "pgdn", .pageDown, "page down"),
    Binding(.everywhere, "pgup", .pageUp, "page up"),
    Binding(.everywhere, "1", .focus(.workers), "focus Workers"),
    Binding(.everywhere, "2 0", .focus(.output), "focus Output"),
    Binding(.everywhere, "3", .focus(.sources), "focus Sources"),
    Binding(.everywhere, "4", .focus(.files), "focus Files"),
    Binding(.everywhere, "5", .focus(.schedules), "focus Schedules"),
    Binding(.everywhere, "6", .focus(.info), "focus Info"),
    Binding(.everywhere, "tab", .focusNext, "next pane"),
    Binding(.everywhere, "shift-tab", .focusPrevious, "previous pane"),
    Binding(.everywhere, "]", .nextTab, "next tab of the detail panes"),
    Binding(.everywhere, "[", .previousTab, "previous tab of the detail panes"),
    Binding(.everywhere, "+", .zoomIn, "zoom: normal, half, full", hint: "zoom"),
    Binding(.everywhere, "_", .zoomOut, "zoom out"),
    Binding(.everywhere, "f", .fullScreen, "full screen on or off"),
    Binding(.everywhere, "-", .previousWorker, "back to the previous worker"),
    Binding(.everywhere, "ctrl-n", .newWorker, "new worker"),
    Binding(.everywhere, "s", .newSchedule, "schedule this worker", hint: "schedule"),
    Binding(.everywhere, "O", .showOrders, "orders without an answer: again, adopt, discard"),
    Binding(.everywhere, "$", .showSpending, "what was spent, and the ceilings"),
    Binding(.everywhere, "W", .showAbsence, "while you were away: what changed"),
    Binding(.everywhere, "ctrl-f", .searchAll, "search everything, or this worker from Output"),
    Binding(.everywhere, ":", .commandLine, "command by its name, such as search"),
    Binding(.everywhere, "@", .showRequests, "requests: what was sent, and how it ended"),
    Binding(.everywhere, "Z", .toggleZone, "times in UTC or local"),
    Binding(.everywhere, "T", .chooseTheme, "choose a theme", hint: "theme"),
    Binding(.everywhere, "ctrl-r f5", .refresh, "refresh now", hint: "refresh"),
    Binding(.everywhere, "ctrl-l", .redraw, "draw the screen again"),
    Binding(.everywhere, "ctrl-z", .suspend, "suspend"),
    Binding(.everywhere, "? f1", .help, "help for this pane", hint: "help"),
    Binding(.everywhere, "esc", .dismiss, "leave zoom or the detail"),
    Binding(.everywhere, "q", .leave, "back; at top level quit", hint: "quit"),
    Binding(.everywhere, "f10", .quit, "quit"),
    Binding(.everywhere, "ctrl-c", .interrupt, "quit, after a second press"),
  ]

  private static let overlays: [Binding] = [
    Binding(.composer, "enter", .accept, "send (high: twice; unlimited: type yes)", hint: "send"),
    Binding(.composer, "up", .earlier, "in an empty field: what was sent before"),
    Binding(.composer, "down", .later, "in an empty field: back again"),
    Binding(.composer, "ctrl-j", .newline, "new line", hint: "new line"),
    Binding(.composer, "tab", .nextField, "text or budget", hint: "budget"),
    Binding(.composer, "shift-tab", .previousField, "budget or text"),
    Binding(
      .composer, "esc ctrl-c", .dismiss, "close and keep the draft", hint: "close, keep draft"),
    Binding(.form, "enter", .accept, "create the schedule", hint: "create"),
    Binding(.form, "tab", .nextField, "next field", hint: "next field"),
    Binding(.form, "shift-tab", .previousField, "previous field"),
    Binding(.form, "ctrl-j", .newline, "new line in the instruction"),
    Binding(.form, "esc ctrl-c", .dismiss, "close and keep the draft", hint: "close, keep draft"),
    Binding(.confirm, "y", .yes, "yes", hint: "yes"),
    Binding(.confirm, "n esc q ctrl-c", .no, "no", hint: "no"),
    Binding(.typedYes, "enter", .accept, "go on, once yes is typed", hint: "go on"),
    Binding(.typedYes, "esc ctrl-c", .no, "no", hint: "no"),
    Binding(.renaming, "enter", .accept, "take this name", hint: "take it"),
    Binding(.renaming, "esc ctrl-c", .dismiss, "leave the name as it was", hint: "leave it"),
    Binding(.spending, "esc q $ enter ctrl-c", .dismiss, "close", hint: "close"),
    Binding(
      .absence, "enter l right", .accept, "go there; W comes back to the next", hint: "go there"),
    Binding(.absence, "j down", .moveDown, "next"),
    Binding(.absence, "k up", .moveUp, "previous"),
    Binding(.absence, "esc q W ctrl-c", .dismiss, "close", hint: "close"),
    Binding(.search, "enter", .accept, "go there", hint: "go there"),
    Binding(.search, "down ctrl-n", .moveDown, "next find"),
    Binding(.search, "up ctrl-p", .moveUp, "the find before"),
    Binding(.search, "tab", .nextField, "all workers, or this one", hint: "all/this"),
    Binding(.search, "esc ctrl-c", .dismiss, "close", hint: "close"),
    Binding(.requests, "k up", .moveUp, "older", hint: "older"),
    Binding(.requests, "j down", .moveDown, "newer", hint: "newer"),
    Binding(.requests, "pgup b ctrl-u", .pageUp, "a page older"),
    Binding(.requests, "pgdn space ctrl-d", .pageDown, "a page newer"),
    Binding(.requests, "g home", .top, "the oldest that is kept"),
    Binding(.requests, "G end F", .bottom, "the newest, and follow"),
    Binding(.requests, "esc q @ enter ctrl-c", .dismiss, "close", hint: "close"),
    Binding(.help, "j down", .moveDown, "down", hint: "scroll"),
    Binding(.help, "k up", .moveUp, "up"),
    Binding(.help, "pgdn space ctrl-d", .pageDown, "page down"),
    Binding(.help, "pgup b ctrl-u", .pageUp, "page up"),
    Binding(.help, "esc q ? f1 enter ctrl-c", .dismiss, "close", hint: "close"),
    Binding(.themes, "j down", .moveDown, "next theme", hint: "try"),
    Binding(.themes, "k up", .moveUp, "previous theme"),
    Binding(.themes, "enter", .accept, "keep this theme", hint: "keep"),
    Binding(.themes, "esc q ctrl-c", .dismiss, "back to the theme before", hint: "back"),
    Binding(.forecast, "esc q i enter ctrl-c", .dismiss, "close", hint: "close"),
    Binding(.orders, "r", .resend, "send it again under its key (asks first)", hint: "send again"),
    Binding(.orders, "a", .adopt, "adopt: name the worker that it became", hint: "adopt"),
    Binding(.orders, "D", .discard, "discard the note of it (asks first)", hint: "discard"),
    Binding(.orders, "j down", .moveDown, "next order"),
    Binding(.orders, "k up", .moveUp, "previous order"),
    Binding(.orders, "esc q O ctrl-c", .dismiss, "close", hint: "close"),
    Binding(.adoption, "enter", .accept, "adopt that worker", hint: "adopt"),
    Binding(.adoption, "esc ctrl-c", .dismiss, "leave the field", hint: "back"),
    Binding(.command, "enter", .accept, "do it", hint: "do it"),
    Binding(.command, "tab", .nextField, "complete the name", hint: "complete"),
    Binding(.command, "up ctrl-p", .earlier, "the command before", hint: "earlier"),
    Binding(.command, "down ctrl-n", .later, "the command after"),
    Binding(.command, "esc ctrl-c", .dismiss, "leave the line", hint: "back"),
  ]
}
