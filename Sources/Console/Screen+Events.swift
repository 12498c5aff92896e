public import Canvas
public import Fleet

extension Screen {
  /// Takes one event in; the fleet is what the operator was looking at.
  public mutating func handle(_ event: Event, _ fleet: State, now: Double) -> [Outcome] {
    switch event {
    case .key(let key):
      let read = acknowledge(fleet)
      return read + handle(key, fleet, now: now)
    case .paste(let text): return paste(text, fleet, now: now)
    case .mouse(let mouse): return handle(mouse, fleet, now: now)
    case .resize(let size):
      self.size = size
      return []
    case .resumed: return [.redraw]
    case .hangup, .terminate: return [.quit]
    }
  }

  /// A worker that finished while nobody sat here counts as read with the first key in its panes.
  private func acknowledge(_ fleet: State) -> [Outcome] {
    overlays.isEmpty ? lookedAt(fleet) : []
  }

  private mutating func handle(_ key: Key, _ fleet: State, now: Double) -> [Outcome] {
    remark = nil
    let command = keymap.command(for: key, in: context)
    guard canShowOverlay || (command != .accept && command != .yes) else { return [] }
    wasAskedToQuit = wantsToQuit
    wantsToQuit = false
    if let command, Keymap.throughout.contains(command), !overlays.isEmpty {
      return perform(command, fleet, now: now)
    }
    if command == .editElsewhere { return editElsewhere() }
    if command == .chooseTemplate, context == .composer { return openTemplates() }
    switch overlays.last {
    case .composer(var composer):
      composer.update(fleet)
      composer.obstacle = obstacle(composer.worker, fleet, now: now)
      let step = composer.handle(key, command, width: ComposerOverlay.width(in: size))
      return finish(composer, step, fleet, now: now)
    case .preview(let box): return preview(box, command, fleet)
    case .templates(let box): return templates(box, key, command)
    case .form(var form):
      form.obstacle = obstacle(form.worker, fleet, now: now)
      let step = form.handle(
        key, command, width: FormOverlay.textWidth(in: size), zone: zone, now: now,
        needsReview: FormOverlay.needsReview(in: size))
      return finish(form, step)
    case .confirm(var confirm):
      let isGiven = confirm.takeTyped(key, command)
      overlays[overlays.count - 1] = .confirm(confirm)
      guard isGiven || command == .no else { return [] }
      overlays.removeLast()
      guard isGiven else { return [] }
      return (confirm.allows.map { [.fleet(.allow(intent: $0))] } ?? [])
        + [.fleet(confirm.action)]
    case .help(var box): return help(&box, key, command)
    case .comparison(let comparison): return scroll(comparison, command)
    case .themes: return pickTheme(command)
    case .forecast(let worker, let schedule):
      return forecast(worker, schedule, command, fleet, now: now)
    case .spending:
      if command == .dismiss { overlays.removeLast() }
      return []
    case .absence(let worker):
      return walk(worker, fleet, command, now: now)
    case .doctor(let doctor, let scroll):
      return self.scroll(doctor, scroll, command)
    case .requests(let end):
      return scroll(end, fleet.requests, command)
    case .adopt(var field):
      return adopt(&field, key, command, fleet, now: now)
    case .key(var field): return giveKey(&field, key, command)
    case .search(var box):
      return search(&box, key, command, fleet)
    case .command(var box):
      return commandLine(&box, key, command, fleet, now: now)
    case .merged: return walkMerged(command, fleet, now: now)
    case .outline(let index): return walkOutline(index, command)
    case .find(var box):
      return find(&box, key, command)
    case .copying: return copyMenu(command, fleet, now: now)
    case .rename(let worker, var field):
      return rename(worker, &field, key, command)
    case .palette(var box): return palette(&box, key, command, fleet, now: now)
    case .inspection(var inspected): return inspection(&inspected, command, fleet, now: now)
    case .letter(let purpose): return letter(purpose, key, command, fleet)
    case .filter(var box): return filter(&box, key, command, fleet)
    case .order(let menu): return order(menu, command)
    case .orders(var list):
      let step = list.handle(key, command, fleet, now: now)
      overlays[overlays.count - 1] = .orders(list)
      return finish(step)
    case nil: break
    }
    guard let command else {
      let help = keymap.key(for: .help)
      remark = "\(key.name) does nothing here; \(help) shows the keys"
      return []
    }
    if command == .interrupt {
      if wasAskedToQuit { return [.quit] }
      wantsToQuit = true
      remark = "ctrl-c again quits; workers go on and keep spending"
      if let words = fleet.breaksOff { remark = "ctrl-c again quits; \(words)" }
      return []
    }
    settleCursors(fleet)
    return perform(command, fleet, now: now)
  }

  /// The ceiling that stands against an order for a worker, as a sentence.
  private func obstacle(_ worker: String?, _ fleet: State, now: Double) -> String? {
    Governor(fleet, worker: worker, now: now).obstacle?.sentence(in: fleet)
  }

  /// What cannot be read at this size cannot be answered either.
  private var canShowOverlay: Bool { overlays.isEmpty || size.columns >= 20 && size.rows >= 5 }

  /// Pasted text goes into the field that is open; elsewhere it does nothing, whatever it holds.
  private mutating func paste(_ text: String, _ fleet: State, now: Double) -> [Outcome] {
    remark = nil
    wantsToQuit = false
    switch overlays.last {
    case .composer(var composer):
      let step = composer.paste(text)
      return finish(composer, step, fleet, now: now)
    case .templates(var box):
      remark = box.paste(text)
      overlays[overlays.count - 1] = .templates(box)
      return []
    case .form(var form):
      form.paste(text, zone: zone, now: now)
      return finish(form, .edited)
    case .adopt(var field):
      field.paste(text)
      overlays[overlays.count - 1] = .adopt(field)
      return []
    case .key(var field):
      field.field.paste(text)
      field.problem = nil
      overlays[overlays.count - 1] = .key(field)
      return []
    case .search(var box):
      let before = box.search
      box.field.paste(text)
      return change(box, before)
    case .command(var box):
      box.field.paste(text)
      box.problem = nil
      overlays[overlays.count - 1] = .command(box)
      return []
    case .find(var box):
      box.field.paste(text)
      change(&box)
      return []
    case .rename(let worker, var field):
      field.paste(text)
      overlays[overlays.count - 1] = .rename(worker: worker, field)
      return []
    case .help(var box) where box.isTyping:
      box.query.paste(text)
      overlays[overlays.count - 1] = .help(box)
      return []
    case .palette(var box):
      box.field.paste(text)
      box.index = 0
      overlays[overlays.count - 1] = .palette(box)
      return []
    case .filter(var box):
      box.field.paste(text)
      return filter(box, fleet)
    case .orders(var list) where list.adoption != nil:
      list.paste(text)
      overlays[overlays.count - 1] = .orders(list)
      return []
    default:
      remark =
        "pasted text was ignored: \(keymap.key(for: .newWorker)) opens a new worker to paste into"
      return []
    }
  }

  private mutating func finish(
    _ composer: Composer, _ step: Composer.Step, _ fleet: State, now: Double
  ) -> [Outcome] {
    switch step {
    case .edited:
      overlays[overlays.count - 1] = .composer(composer)
      return [.fleet(.write(composer.draft))]
    case .closed:
      overlays.removeLast()
      if !composer.area.text.isEmpty { remark = "draft kept" }
      return [.fleet(.write(composer.draft))]
    case .schedule: return handToForm(composer, fleet, now: now)
    case .send:
      overlays.removeLast()
      let key = newKey()
      let consent: [Outcome] = composer.obstacle == nil ? [] : [.fleet(.allow(intent: key))]
      switch composer.purpose {
      case .newWorker:
        return consent + [
          .fleet(.create(intent: key, input: composer.area.text, budget: composer.budget))
        ]
      case .followUp(let worker, _):
        return consent + [
          .fleet(
            .continueWorker(
              intent: key, worker: worker, input: composer.area.text, budget: composer.budget))
        ]
      }
    }
  }

  private mutating func finish(_ form: ScheduleForm, _ step: ScheduleForm.Step) -> [Outcome] {
    let name = ScheduleForm.preference(of: form.worker)
    let kept: [Outcome] = [
      .fleet(.write(form.draft)), .fleet(.prefer(name: name, value: form.moments)),
    ]
    switch step {
    case .edited:
      overlays[overlays.count - 1] = .form(form)
      return kept
    case .closed:
      overlays.removeLast()
      if !form.area.isEmpty { remark = "draft kept" }
      return kept
    case .send(let request):
      overlays.removeLast()
      let key = newKey()
      let consent: [Outcome] = form.obstacle == nil ? [] : [.fleet(.allow(intent: key))]
      return consent + [
        .fleet(.schedule(intent: key, worker: form.worker, request)),
        .fleet(.prefer(name: name, value: "")),
      ]
    }
  }

  private mutating func finish(_ step: OrderList.Step) -> [Outcome] {
    switch step {
    case .stays: return []
    case .closed: overlays.removeLast()
    case .ask(let confirm): overlays.append(.confirm(confirm))
    case .act(let action): return [.fleet(action)]
    }
    return []
  }

  private mutating func pickTheme(_ command: Command?) -> [Outcome] {
    guard case .themes(let names, var index, let before) = overlays.last else { return [] }
    switch command {
    case .moveDown: index = min(index + 1, names.count - 1)
    case .moveUp: index = max(index - 1, 0)
    case .accept:
      overlays.removeLast()
      return [.fleet(.prefer(name: "theme", value: theme.name))]
    case .dismiss:
      overlays.removeLast()
      theme = before
      return []
    default: return []
    }
    overlays[overlays.count - 1] = .themes(names: names, index: index, before: before)
    theme = shelf.theme(named: names[index]) ?? theme
    return []
  }
}
