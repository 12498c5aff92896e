import Canvas
import Fleet

extension Screen {
  /// What is done to the selected worker on this side only.
  mutating func keep(_ command: Command, _ fleet: State) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected] else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    let marked = fleet.workers.inOrder(fleet.workers.marked)
    if !marked.isEmpty, command != .rename { return keep(command, all: marked, fleet) }
    switch command {
    case .rename:
      overlays.append(
        .rename(worker: selected, LineField(worker.title, limit: RenameOverlay.limit)))
    case .pin: return [.fleet(.pin(selected, !worker.known.isPinned))]
    case .archive: return [.fleet(.archive(selected, !worker.known.isArchived))]
    case .forget:
      overlays.append(
        .confirm(
          Confirm(
            title: "Forget this worker?",
            lines: [worker.title, "id: \(selected)"],
            consequence: "It leaves this list, with its drafts. On the server it goes on, "
              + "and may go on spending: the service has no call that stops it.",
            brief: "It may keep spending.",
            aside: "'signalbox registry adopt ID' takes it back.",
            action: .forget(selected), yes: "forget it", no: "keep it")))
    default: break
    }
    return []
  }

  /// What is done to all that are marked. Where that is more than a pin, and some of them may be out of
  /// sight, it asks with their number and their names.
  private mutating func keep(_ command: Command, all marked: [String], _ fleet: State) -> [Outcome]
  {
    let list = list(fleet)
    let listed = list.ids.filter(fleet.workers.marked.contains)
    let hidden = marked.filter { list.row(of: $0) == nil }
    let ids = listed + hidden
    let count = Figures.counted(ids.count, "worker")
    let part =
      hidden.isEmpty
      ? "" : listed.isEmpty ? ", not listed" : ", \(hidden.count) of them not listed"
    func ask(
      _ title: String, _ consequence: String, brief: String, _ action: Action, yes: String,
      no: String
    ) {
      let titles = ids.compactMap { id in
        fleet.workers[id].map { $0.title + (list.row(of: id) == nil ? "  (not listed)" : "") }
      }
      overlays.append(
        .confirm(
          Confirm(
            title: "\(title) \(count)\(part)?", names: titles, lines: [],
            consequence: consequence, brief: brief, action: action, yes: yes, no: no)))
    }
    switch command {
    case .pin:
      let isPinned = !ids.allSatisfy { fleet.workers[$0]?.known.isPinned == true }
      let said = "\(isPinned ? "pinned" : "unpinned"): \(count)\(part)"
      return [.fleet(.several(ids.map { .pin($0, isPinned) }, said: said))]
    case .archive:
      let isArchived = !ids.allSatisfy { fleet.workers[$0]?.known.isArchived == true }
      let said =
        isArchived
        ? "archived: \(count); what runs goes on and may spend" : "taken back: \(count)"
      let action = Action.several(ids.map { .archive($0, isArchived) }, said: said)
      guard ids.count > 1 || !hidden.isEmpty else { return [.fleet(action)] }
      ask(
        isArchived ? "Archive" : "Take back",
        isArchived
          ? "What runs goes on and may spend; it is not looked at here."
          : "They are asked for again.",
        brief: isArchived ? "What runs may keep spending." : "", action,
        yes: isArchived ? "archive \(count)" : "take back \(count)",
        no: "leave them")
    case .forget:
      ask(
        "Forget",
        "They leave this list, with their drafts. On the server they go on, "
          + "and may go on spending: the service has no call that stops them.",
        brief: "They may keep spending.",
        .several(
          ids.map { .forget($0) }, said: "forgotten here: \(count); on the server they go on"),
        yes: "forget \(count)", no: "keep them")
    default: break
    }
    return []
  }

  /// Marks and unmarks; the cursor goes on to the next row, so that several are marked in a row.
  mutating func mark(_ command: Command, _ fleet: State) -> [Outcome] {
    switch command {
    case .markAll:
      let ids = list(fleet).ids
      remark = ids.isEmpty ? "no worker is listed" : nil
      return ids.isEmpty ? [] : [.fleet(.mark(ids, true))]
    case .unmark:
      let ids = fleet.workers.inOrder(fleet.workers.marked)
      remark = ids.isEmpty ? "none is marked" : nil
      return ids.isEmpty ? [] : [.fleet(.mark(ids, false))]
    default:
      guard let selected, let worker = fleet.workers[selected] else {
        remark = "no worker is selected; \(startHint)"
        return []
      }
      return [.fleet(.mark([selected], !worker.known.isMarked))]
    }
  }

  mutating func rename(
    _ worker: String, _ field: inout LineField, _ key: Key, _ command: Command?
  ) -> [Outcome] {
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept:
      overlays.removeLast()
      return [.fleet(.rename(worker, Sanitise.line(field.text)))]
    default: field.type(key)
    }
    overlays[overlays.count - 1] = .rename(worker: worker, field)
    return []
  }
}
