import Canvas
public import Fleet

extension Screen {
  /// Brings what is kept from frame to frame up to the fleet: the selection and the output's lines.
  ///
  /// Answers what the fleet must be told, such as the worker that is now on the screen.
  public mutating func prepare(_ fleet: State) -> [Outcome] {
    var outcomes: [Outcome] = []
    isLooking = false
    keepList(fleet)
    if selected.map({ fleet.workers[$0] == nil }) ?? true, let first = firstChoice(fleet) {
      outcomes += select(first, fleet)
    }
    if let name = fleet.preferences["theme"], name != keptTheme {
      if !(keepsTheme && keptTheme == nil) { theme = shelf.theme(named: name) ?? theme }
      keptTheme = name
    }
    recallCommands(fleet)
    if let word = fleet.preferences[WorkerOrder.preference], word != keptOrder {
      listing.order = WorkerOrder(word: word) ?? listing.order
      keptOrder = word
    }
    if let text = fleet.preferences["split"], text != keptSplit {
      keptSplit = text
      if grip == nil { split = Split(text) ?? split }
    }
    if let newest = fleet.newest, newest != seenNewest {
      seenNewest = newest
      outcomes += select(newest, fleet)
    }
    if case .composer(var composer) = overlays.last {
      composer.update(fleet)
      overlays[overlays.count - 1] = .composer(composer)
    }
    askForKey(fleet)
    layPreview(fleet)
    if case .orders = overlays.last, fleet.uncertain.isEmpty { overlays.removeLast() }
    keepList(fleet)
    let list = list(fleet)
    let arrangement = arrangement(fleet)
    if let rect = arrangement.panes[.workers], let selected {
      workerScroll.reveal(list, selected, height: rect.height - 1)
    }
    if arrangement.panes[.sources] != nil, let worker = selected.flatMap({ fleet.workers[$0] }) {
      citations.update(worker.transcript, worker.sources)
      arrivals.update(worker)
    }
    if arrangement.panes[.files] != nil { outcomes += seekParts(fleet) }
    merged?.update(fleet)
    settleCursors(fleet)
    outcomes += tapEvents(fleet)
    for pane in [Pane.sources, .files, .schedules] {
      let count = itemCount(pane, fleet)
      scrolls[pane, default: Scroll()].reveal(
        index: cursors[pane] ?? 0, of: count, height: (arrangement.panes[pane]?.height ?? 2) - 1)
    }
    guard let selected, let worker = fleet.workers[selected],
      let rect = arrangement.panes[.output]
    else { return outcomes }
    output.height = max(0, rect.height - 1)
    return outcomes + showOutput(of: worker, fleet, width: rect.width)
  }

  /// Bytes of running text that the workers on the screen have sent.
  func textSize(_ fleet: State) -> Int {
    ((merged?.workers ?? []) + (selected.map { [$0] } ?? [])).reduce(0) {
      $0 + (fleet.workers[$1]?.transcript.receivedBytes ?? 0)
    }
  }

  /// The worker that a fresh screen shows: one that runs, else the first of the list.
  private func firstChoice(_ fleet: State) -> String? {
    let ids = list(fleet).ids
    return ids.first { fleet.workers.standing(of: $0) == .running } ?? ids.first
  }
}
