import Canvas

/// The keys of the panes.
extension Keymap {
  static let panes = workers + output + sources + files + schedules + info

  private static let workers: [Binding] = [
    Binding(.pane(.workers), "enter l right", .open, "read its output", hint: "open"),
    Binding(.pane(.workers), "n", .newWorker, "new worker", hint: "new"),
    Binding(.pane(.workers), "N", .rerun, "rerun: a new worker from this one's input and budget"),
    Binding(
      .pane(.workers), "c", .continueWorker, "continue: follow-up to this worker", hint: "continue"),
    Binding(
      .pane(.workers), "/", .filterList, "filter: text !text s:run b:high cost>2 /regex/",
      hint: "filter"),
    Binding(.pane(.workers), "!", .showUrgent, "only those that need you, or all again"),
    Binding(
      .pane(.workers), "S", .orderList, "sort and group (a cost that grows moves no row)"),
    Binding(.pane(.workers), "r", .rename, "rename it here"),
    Binding(.pane(.workers), "p", .pin, "pin it to the top of its group, or not"),
    Binding(.pane(.workers), "A", .archive, "archive it: never asked for; or take it back"),
    Binding(.pane(.workers), "D", .forget, "forget it (asks first; it keeps running)"),
    Binding(.pane(.workers), "space", .mark, "mark it, or not: p, A and D are for all marked"),
    Binding(.pane(.workers), "*", .markAll, "mark all that are listed"),
    Binding(.pane(.workers), "\\", .unmark, "clear the marks"),
    Binding(.pane(.workers), "B", .merge, "all marked in one view, as their lines come"),
    Binding(.pane(.workers), "a", .adoptWorkers, "adopt workers made elsewhere, by id or address"),
  ]

  private static let output: [Binding] = [
    Binding(
      .pane(.output), "c", .continueWorker, "continue: follow-up to this worker", hint: "continue"),
    Binding(.pane(.output), "F", .follow, "follow on or off (End follows again)", hint: "follow"),
    Binding(
      .pane(.output), "/", .findText, "search words or /regex/; small letters find either case",
      hint: "find"),
    Binding(.pane(.output), "n", .nextMatch, "next match"),
    Binding(.pane(.output), "N", .previousMatch, "previous match"),
    Binding(
      .pane(.output), "&", .filterLines, "only lines with words or /regex/, or with ! those without"
    ),
    Binding(.pane(.output), "v", .selectLines, "select lines: begin a range, end it"),
    Binding(
      .pane(.output), "enter", .openEntry,
      "open or fold one tool call or thought, the cursor's or the first"),
    Binding(.pane(.output), "}", .nextTurn, "next turn"),
    Binding(.pane(.output), "{", .previousTurn, "previous turn"),
    Binding(
      .pane(.output), "x", .unfold, "show or fold reasoning and tool details", hint: "unfold"),
    Binding(.pane(.output), "space", .pageDown, "page down"),
    Binding(.pane(.output), "b", .pageUp, "page up"),
    Binding(.pane(.output), "L", .outline, "outline: turns, headings, tools, errors"),
    Binding(.pane(.output), "e", .nextProblem, "next error or failed tool"),
    Binding(.pane(.output), "E", .previousProblem, "previous error or failed tool"),
    Binding(.pane(.output), ")", .nextTool, "next tool call"),
    Binding(.pane(.output), "(", .previousTool, "previous tool call"),
    Binding(
      .pane(.output), "#", .citedSource, "to the source of the first citation here; again: the next"
    ),
    Binding(
      .pane(.output), ".", .nextCitation, "to the next text that cites the source gone to last"),
    Binding(.pane(.output), "w", .toggleWrap, "break long lines, or let them go on"),
    Binding(.pane(.output), "t", .nextTimes, "times: off, ages, local, UTC"),
    Binding(.pane(.output), "R", .nextForm, "rendered, raw text, raw events, parts as JSON"),
    Binding(.pane(.output), "V", .cleanView, "plain text across the screen, for selecting it"),
    Binding(
      .pane(.output), "h left", .sidewaysLeft, "sideways to the left, then back to the workers"),
    Binding(.pane(.output), "l right", .sidewaysRight, "sideways to the right, where lines go on"),
  ]

  private static let sources: [Binding] = [
    Binding(
      .pane(.sources), "enter l right", .open,
      "to the text that cites it; again, or . in Output: to the next", hint: "cited in"),
    Binding(
      .pane(.sources), "#", .citedSource, "to the source of the next citation in Output's view"),
    Binding(.pane(.sources), "i", .inspect, "inspect: all fields of this source, JSON"),
    Binding(.pane(.sources), "h left", .back, "back to the workers"),
  ]

  private static let files: [Binding] = [
    Binding(.pane(.files), "enter l right", .preview, "look into this file", hint: "look"),
    Binding(.pane(.files), "space", .markFile, "mark it, or not: d, D and a are for all marked"),
    Binding(
      .pane(.files), "d", .download, "download the marked files, or this one", hint: "download"),
    Binding(
      .pane(.files), "D", .stopDownload,
      "stop saving the marked files, or this one (asks first where what came is lost)",
      hint: "stop"),
    Binding(
      .pane(.files), "a", .attachFile, "tell of the marked files, or this one, in a follow-up"),
    Binding(.pane(.files), "i", .inspect, "inspect: all fields of this file, JSON"),
    Binding(.pane(.files), "h left", .back, "back to the workers"),
  ]

  private static let schedules: [Binding] = [
    Binding(
      .pane(.schedules), "n", .newSchedule, "new schedule: once, delay, cron, interval",
      hint: "new schedule"),
    Binding(
      .pane(.schedules), "D", .cancelSchedule, "cancel this schedule (asks first)",
      hint: "cancel it"),
    Binding(
      .pane(.schedules), "i", .forecast, "the next five fires, the cost of a month; r: all fields",
      hint: "next fires"),
    Binding(.pane(.schedules), "a", .toggleAgenda, "all workers or this worker", hint: "all/this"),
    Binding(.pane(.schedules), "enter l right", .open, "go to its worker"),
    Binding(.pane(.schedules), "h left", .back, "back to the workers"),
  ]

  private static let info: [Binding] = [
    Binding(.pane(.info), "h left", .back, "back to the workers")
  ]
}
