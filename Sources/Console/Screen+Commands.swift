import Canvas
import Fleet
import Themes
import WorkerAPI

extension Screen {
  /// Carries out a command of the panes; one that cannot be carried out leaves the reason in `remark`.
  mutating func perform(_ command: Command, _ fleet: State, now: Double) -> [Outcome] {
    if fleet.isReadOnly, Self.orders.contains(command) {
      remark = State.readOnlyReason
      return []
    }
    if arrangement(fleet).form == .summary, Self.unseen.contains(command) {
      remark = "too small to see what this changes: make the window larger"
      return []
    }
    switch command {
    case .moveDown, .moveUp, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .top, .bottom:
      return move(command, fleet, now: now)
    case .focus(let pane): return focus(pane, fleet)
    case .focusNext: return cycle(1, fleet)
    case .focusPrevious: return cycle(-1, fleet)
    case .nextTab: return tab(1, fleet)
    case .previousTab: return tab(-1, fleet)
    case .zoomIn: zoom = Zoom(rawValue: zoom.rawValue + 1) ?? .normal
    case .zoomOut: zoom = Zoom(rawValue: zoom.rawValue - 1) ?? .full
    case .fullScreen: zoom = zoom == .full ? .normal : .full
    case .open: return open(fleet)
    case .back: return focus(.workers, fleet)
    case .dismiss where clearOutput(), .dismiss where clearReading(), .leave where clearReading():
      break
    case .leave, .dismiss: return leave(command, fleet)
    case .toggleWrap, .nextTimes, .nextForm, .cleanView: changeReading(command, now: now)
    case .sidewaysLeft, .sidewaysRight: return moveSideways(command, fleet)
    case .nextProblem, .previousProblem: jumpProblem(forward: command == .nextProblem, fleet)
    case .nextTool, .previousTool: jumpTool(forward: command == .nextTool, fleet)
    case .outline: openOutline()
    case .citedSource: return openCitedSource(fleet)
    case .nextCitation: return openNextCitation(fleet)
    case .merge: openMerged(fleet)
    case .selectLines: selectLines()
    case .openEntry: openEntry()
    case .findText: openFind(.search, fleet)
    case .filterLines: openFind(.filter(before: output.filter), fleet)
    case .nextMatch, .previousMatch: stepMatch(forward: command == .nextMatch, fleet)
    case .follow: output.isFollowing ? output.stopFollowing() : output.follow()
    case .nextTurn, .previousTurn: jumpTurn(forward: command == .nextTurn, fleet)
    case .unfold: output.isUnfolded.toggle()
    case .nextUnread, .previousUnread: return jumpUnread(forward: command == .nextUnread, fleet)
    case .previousWorker:
      guard let previous, fleet.workers[previous] != nil else {
        remark = "no worker was selected before"
        return []
      }
      return select(previous, fleet)
    case .rename, .pin, .archive, .forget: return keep(command, fleet)
    case .adoptWorkers: overlays.append(.adopt(AdoptField()))
    case .mark: return mark(command, fleet) + perform(.moveDown, fleet, now: now)
    case .markAll, .unmark: return mark(command, fleet)
    case .takeBack: return [.fleet(.takeBack)]
    case .compare: compare(fleet)
    case .palette: overlays.append(.palette(Palette()))
    case .inspect: return inspect(fleet, now: now)
    case .rerun: return rerun(fleet)
    case .setMark, .jumpToMark:
      if let obstacle = obstacle(to: command, fleet) {
        remark = obstacle
      } else {
        overlays.append(.letter(command == .setMark ? .mark : .jump))
      }
    case .filterList, .showUrgent, .orderList: return list(command, fleet)
    case .newWorker: overlays.append(.composer(Composer(.newWorker, fleet.drafts[.newWorker])))
    case .chooseTemplate: return openTemplate(named: "", fleet)
    case .continueWorker: return openFollowUp(fleet)
    case .newSchedule: return openForm(fleet, now: now)
    case .cancelSchedule: return askToCancel(fleet, now: now)
    case .download: return download(fleet)
    case .stopDownload: return stopDownload(fleet)
    case .markFile: return markFile(fleet, now: now)
    case .attachFile: return attachFiles(fleet)
    case .preview: return openPreview(fleet)
    case .forecast:
      guard let item = agenda(fleet).dropFirst(cursors[.schedules] ?? 0).first else {
        remark = "no schedule is selected"
        return []
      }
      overlays.append(.forecast(worker: item.worker, schedule: item.schedule.id))
    case .toggleAgenda: agendaChoice = !showsAgenda
    case .toggleZone:
      showsUTC.toggle()
      remark = "times in \(shownZone.name(at: now))"
    case .chooseTheme:
      let names = shelf.names
      let index = names.firstIndex(of: theme.name) ?? 0
      overlays.append(.themes(names: names, index: index, before: theme))
    case .showOrders:
      guard !fleet.uncertain.isEmpty else {
        remark = "every order was answered; none is uncertain"
        return []
      }
      overlays.append(.orders(OrderList()))
    case .showSpending: overlays.append(.spending)
    case .showAbsence: return showAbsence(fleet, now: now)
    case .searchAll: openSearch(fleet)
    case .toggleMouse: return [.mouse(!isMouseOn)]
    case .openOutside: return openOutside(fleet, now: now)
    case .copyMenu: return openCopyMenu(fleet)
    case .copy(let subject): return copy(subject, fleet, now: now)
    case .save: return save(fleet, now: now)
    case .commandLine: overlays.append(.command(CommandBox(themes: shelf.names)))
    case .showDoctor: return openDoctor()
    case .showEvents: return openEvents(fleet)
    case .showRequests: overlays.append(.requests(until: nil))
    case .help: overlays.append(.help(HelpBox(in: context)))
    case .showKeys: overlays.append(.help(HelpBox(in: nil)))
    case .record: return [.record(nil)]
    case .replay: remark = "a recording is named behind it: replay FILE"
    case .giveKey: openKeyField(fleet)
    case .showSettings: remark = settings
    case .refresh:
      remark = "asking for everything again"
      listing.round &+= 1
      return [.fleet(.refresh(nil))]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return quit(fleet)
    case .interrupt, .accept, .newline, .nextField, .previousField, .yes, .no, .resend,
      .adopt, .discard, .earlier, .later, .fold, .editElsewhere, .toggleRaw:
      break
    }
    return []
  }

  /// What changes a worker or a file at once, without a box that names it.
  private static let unseen: Set<Command> = [
    .archive, .download, .mark, .markAll, .markFile, .pin, .stopDownload, .takeBack, .unmark,
  ]

  /// Selects a worker and lets the fleet follow it; where it is shown at once, it is read.
  mutating func select(_ id: String?, _ fleet: State) -> [Outcome] {
    guard id != selected else { return [] }
    previous = selected
    selected = id
    output = OutputView()
    textView = OutputView()
    markedFiles = []
    for pane in [Pane.sources, .files, .info] {
      cursors[pane] = 0
      marks[pane] = nil
      scrolls[pane] = Scroll()
    }
    return [.fleet(.watch(id))] + lookedAt(fleet)
  }

  /// The same with the focus on a pane, which decides whether it is read.
  mutating func select(_ id: String?, in pane: Pane, _ fleet: State) -> [Outcome] {
    focus = pane
    let outcomes = select(id, fleet)
    return outcomes + focus(pane, fleet).filter { !outcomes.contains($0) }
  }

  /// Tells the fleet that the selected worker is being read: that it is in the list is not enough.
  func lookedAt(_ fleet: State) -> [Outcome] {
    guard focus != .workers, let selected, fleet.workers[selected]?.known.isUnread == true else {
      return []
    }
    return [.fleet(.read(selected))]
  }

  mutating func focus(_ pane: Pane, _ fleet: State) -> [Outcome] {
    focus = pane
    guard pane != .workers else { return [] }
    detail = pane
    return lookedAt(fleet)
  }

  private mutating func cycle(_ step: Int, _ fleet: State) -> [Outcome] {
    let count = Pane.allCases.count
    let next = (focus.rawValue - 1 + step + count) % count + 1
    return focus(Pane(rawValue: next) ?? .workers, fleet)
  }

  private mutating func tab(_ step: Int, _ fleet: State) -> [Outcome] {
    let panes = Pane.details
    let index = panes.firstIndex(of: detail) ?? 0
    let next = panes[(index + step + panes.count) % panes.count]
    if focus == .workers {
      detail = next
      return []
    }
    return focus(next, fleet)
  }

  private mutating func open(_ fleet: State) -> [Outcome] {
    if focus == .sources { return openCitation(fleet) }
    guard focus == .schedules else {
      guard selected != nil else {
        remark = "no worker is selected; \(startHint)"
        return []
      }
      return focus(.output, fleet)
    }
    guard let item = agenda(fleet).dropFirst(cursors[.schedules] ?? 0).first else { return [] }
    return select(item.worker, in: .output, fleet)
  }

  private mutating func leave(_ command: Command, _ fleet: State) -> [Outcome] {
    if zoom != .normal {
      zoom = .normal
      return []
    }
    if focus != .workers { return focus(.workers, fleet) }
    if command == .dismiss, listing.isNarrowed {
      listing.showsUrgent = false
      remark = "all workers are listed"
      return narrow(by: nil, fleet)
    }
    return command == .leave ? quit(fleet) : []
  }

  /// `text` is what it begins with, unless another draft of it is kept.
  mutating func openFollowUp(_ fleet: State, with text: String = "") -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected] else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    let draft = fleet.drafts[.followUp(worker: selected)]
    var composer = Composer(.followUp(worker: selected, title: worker.title), draft)
    if draft == nil { composer.budget = worker.known.budget }
    if !text.isEmpty, composer.area.text != text {
      guard composer.area.isEmpty else {
        let key = keymap.key(for: .continueWorker)
        remark = "a draft of this follow-up is kept: \(key) opens it, to be sent or emptied first"
        return []
      }
      composer.insert(text)
    }
    composer.update(fleet)
    overlays.append(.composer(composer))
    return text.isEmpty ? [] : [.fleet(.write(composer.draft))]
  }

  private mutating func openForm(_ fleet: State, now: Double) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected] else {
      remark = "no worker is selected; \(startHint)"
      return []
    }
    let draft = fleet.drafts[.schedule(worker: selected)]
    overlays.append(.form(scheduleForm(worker, draft, fleet, now: now)))
    return []
  }

  private mutating func askToCancel(_ fleet: State, now: Double) -> [Outcome] {
    guard let item = agenda(fleet).dropFirst(cursors[.schedules] ?? 0).first else {
      remark = "no schedule is selected"
      return []
    }
    let next = item.schedule.nextRunAt.map {
      "\(Figures.date($0, shownZone, now: now)) \(shownZone.name(at: $0))"
    }
    overlays.append(
      .confirm(
        Confirm(
          title: "Cancel this schedule?",
          lines: [
            "\(item.schedule.kind.words) of \(item.title)",
            "next fire: \(next ?? "not known")",
          ],
          quote: "instruction: \(item.schedule.input)",
          action: .cancelSchedule(
            intent: newKey(), worker: item.worker, schedule: item.schedule.id))))
    return []
  }
}
