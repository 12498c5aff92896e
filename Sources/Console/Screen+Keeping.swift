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
            lines: [
              worker.title, "id: \(selected)",
              "It leaves this list, with its drafts. On the server it goes on,",
              "and may go on spending: the service has no call that stops it.",
              "'signalbox registry adopt ID' takes it back.",
            ],
            action: .forget(selected), yes: "forget it", no: "keep it")))
    default: break
    }
    return []
  }

  /// What is done to all that are marked; forgetting asks first, with their number.
  private mutating func keep(_ command: Command, all ids: [String], _ fleet: State) -> [Outcome] {
    let count = ids.count == 1 ? "1 worker" : "\(ids.count) workers"
    switch command {
    case .pin:
      let isPinned = !ids.allSatisfy { fleet.workers[$0]?.known.isPinned == true }
      return [
        .fleet(
          .several(
            ids.map { .pin($0, isPinned) }, said: "\(isPinned ? "pinned" : "unpinned"): \(count)"))
      ]
    case .archive:
      let isArchived = !ids.allSatisfy { fleet.workers[$0]?.known.isArchived == true }
      let said =
        isArchived
        ? "archived: \(count); what runs goes on and may spend" : "taken back: \(count)"
      return [.fleet(.several(ids.map { .archive($0, isArchived) }, said: said))]
    case .forget:
      let titles = ids.prefix(3).compactMap { fleet.workers[$0]?.title }
      let more = ids.count > titles.count ? ["and \(ids.count - titles.count) more"] : []
      overlays.append(
        .confirm(
          Confirm(
            title: "Forget \(count)?",
            lines: titles + more + [
              "They leave this list, with their drafts. On the server they go on,",
              "and may go on spending: the service has no call that stops them.",
            ],
            action: .several(
              ids.map { .forget($0) }, said: "forgotten here: \(count); on the server they go on"),
            yes: "forget \(count)", no: "keep them")))
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
