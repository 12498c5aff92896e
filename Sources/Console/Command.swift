/// What the operator wants, whatever key says it.
public enum Command: Hashable, Sendable {
  case moveDown, moveUp, halfPageDown, halfPageUp, pageDown, pageUp, top, bottom
  case focus(Pane), focusNext, focusPrevious, nextTab, previousTab
  case zoomIn, zoomOut, fullScreen
  /// Into the detail of what is selected.
  case open
  /// Out of it; at the top level it quits.
  case back, leave
  /// Lines for copying, and the details of one entry.
  case selectLines, openEntry
  /// How the output is laid out, and what in it is gone to.
  case toggleWrap, sidewaysLeft, sidewaysRight, nextTimes, nextForm, cleanView
  /// The output of all that are marked in one.
  case merge
  case nextProblem, previousProblem, nextTool, previousTool, outline
  /// From a citation to its source, and to the next text that cites it.
  case citedSource, nextCitation
  /// Words in the lines of the output.
  case findText, nextMatch, previousMatch, filterLines
  case follow, nextTurn, previousTurn, unfold
  case nextUnread, previousUnread, previousWorker
  /// What is done to the selected worker on this side only.
  case rename, pin, archive, forget
  case mark, markAll, unmark
  /// Undoes the last thing that was done on this side only.
  case takeBack
  /// What the worker says now beside what it said before.
  case compare
  /// Takes workers into the list that were made elsewhere.
  case adoptWorkers
  case newWorker, continueWorker, newSchedule, cancelSchedule, download, stopDownload
  /// Marks a file, and tells of files in the next follow-up.
  case markFile, attachFile
  /// What of this place goes to the clipboard.
  case copyMenu
  /// Out of the console: an address for the browser, a text for the pager.
  case openOutside
  case toggleMouse
  /// What goes over the wire, into a file and from one.
  case record, replay
  /// Another key for the server.
  case giveKey
  /// How the view is set.
  case showSettings
  case copy(Clip.Subject)
  /// The view that has the focus, as a file.
  case save
  case toggleAgenda, toggleZone
  /// What the selected schedule will do.
  case forecast
  /// The orders whose fate is not known.
  case showOrders
  /// What was spent, and the ceilings.
  case showSpending
  /// What changed while nobody looked.
  case showAbsence
  /// What is wrong with terminal, link, server and files.
  case showDoctor
  /// What was sent, and how it ended; a worker's events as they come.
  case showRequests, showEvents
  /// Words in all that is kept.
  case searchAll
  /// A command by its name.
  case commandLine
  /// All actions by their names.
  case palette
  /// All fields of the selected worker, and as raw JSON.
  case inspect, toggleRaw
  /// A new worker from this one's input.
  case rerun
  /// Places that letters go back to.
  case setMark, jumpToMark
  /// Which workers are listed, and in which order.
  case filterList, showUrgent, orderList
  case chooseTheme, help, showKeys, refresh, redraw, suspend, quit
  /// ctrl-c: closes what is open, else asks for a second press.
  case interrupt

  // In overlays.
  case accept, dismiss, newline, nextField, previousField
  case yes, no
  /// Through what was written before; within a text, through its rows.
  case earlier, later
  case resend, adopt, discard
  /// In the operator's own editor.
  case editElsewhere
  /// A look into a file, and what folds in it.
  case preview, fold
  case chooseTemplate
}
