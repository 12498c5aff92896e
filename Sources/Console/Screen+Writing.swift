import Canvas
public import Fleet

/// What is written goes on elsewhere: in the operator's editor, or in another form.
extension Screen {
  /// The form of a worker's next schedule, with the moments that are kept beside its draft.
  func scheduleForm(
    _ worker: WorkerState, _ draft: Draft?, _ fleet: State, now: Double
  ) -> ScheduleForm {
    var form = ScheduleForm(worker, draft, zone: zone, now: now)
    if let moments = fleet.preferences[ScheduleForm.preference(of: worker.id)] {
      form.takeMoments(moments, zone: zone, now: now)
    }
    return form
  }

  /// The schedule form in place of a follow-up, with its text; the follow-up keeps its own draft.
  ///
  /// A form in which something else was written stays as it is, and so does the follow-up then.
  mutating func handToForm(_ composer: Composer, _ fleet: State, now: Double) -> [Outcome] {
    overlays[overlays.count - 1] = .composer(composer)
    let kept: [Outcome] = [.fleet(.write(composer.draft))]
    guard let worker = composer.worker.flatMap({ fleet.workers[$0] }) else {
      remark = "this worker is not in the list any more"
      return kept
    }
    let subject = Draft.Subject.schedule(worker: worker.id)
    let own = fleet.drafts[subject]
    guard composer.hasText else {
      overlays[overlays.count - 1] = .form(scheduleForm(worker, own, fleet, now: now))
      return kept
    }
    let text = composer.area.text
    // The form begins with the worker's instruction, which nobody typed there.
    if let own, ![text, worker.known.instruction].contains(own.text),
      own.text.contains(where: { !$0.isWhitespace })
    {
      let key = keymap.key(for: .newSchedule, in: .schedules)
      remark = "the schedule form already holds a draft; \(key) in Schedules opens it"
      return kept
    }
    let handed = Draft(
      subject: subject, text: text, cursor: composer.area.cursor, budget: composer.budget)
    let form = scheduleForm(worker, handed, fleet, now: now)
    overlays[overlays.count - 1] = .form(form)
    remark = "the follow-up keeps its draft"
    return kept + [.fleet(.write(form.draft))]
  }

  /// Hands what stands in the open field to the operator's editor.
  func editElsewhere() -> [Outcome] {
    switch overlays.last {
    case .composer(let composer):
      [.handOver(Handover(.edit, composer.area.text, name: "instruction.md"))]
    case .form(let form):
      [.handOver(Handover(.edit, form.area.text, name: "instruction.md"))]
    default: []
    }
  }

  /// Takes in what came of a text that was handed over.
  public mutating func takeBack(
    _ result: Handover.Return, _ fleet: State, now: Double
  ) -> [Outcome] {
    remark = nil
    switch result {
    case .closed: return []
    case .failed(let reason):
      remark = reason
      return []
    case .edited(let text): return takeEdited(text)
    }
  }

  /// One step for undo.
  private mutating func takeEdited(_ text: String) -> [Outcome] {
    let text = Handover.taken(text)
    switch overlays.last {
    case .composer(var composer):
      composer.area.replaceAll(with: text)
      composer.field = .text
      overlays[overlays.count - 1] = .composer(composer)
      return [.fleet(.write(composer.draft))]
    case .form(var form):
      form.area.replaceAll(with: text)
      form.field = .text
      overlays[overlays.count - 1] = .form(form)
      return [.fleet(.write(form.draft))]
    default: return []
    }
  }
}
