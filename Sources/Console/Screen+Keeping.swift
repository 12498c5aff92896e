import Canvas
import Fleet

extension Screen {
  /// What is done to the selected worker on this side only.
  mutating func keep(_ command: Command, _ fleet: State) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected] else {
      remark = "no worker is selected; n starts one"
      return []
    }
    switch command {
    case .rename:
      overlays.append(.rename(worker: selected, TextArea(text: worker.title)))
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

  mutating func rename(
    _ worker: String, _ area: inout TextArea, _ key: Key, _ command: Command?
  ) -> [Outcome] {
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .accept:
      overlays.removeLast()
      return [.fleet(.rename(worker, Sanitise.line(area.text)))]
    default: break
    }
    if case .character(let character) = key {
      if area.text.count < RenameOverlay.limit { _ = area.insert(String(character)) }
    } else {
      _ = area.edit(key, width: 10_000)
    }
    overlays[overlays.count - 1] = .rename(worker: worker, area)
    return []
  }
}
