import Canvas
import Fleet
import WorkerAPI

extension Screen {
  /// A text for the clipboard; what is not there leaves the reason in `remark`.
  mutating func copy(_ subject: Clip.Subject, _ fleet: State, now: Double) -> [Outcome] {
    switch clip(subject, fleet, now: now) {
    case .success(let clip): return [.copy(clip)]
    case .failure(let missing):
      remark = missing.reason
      return []
    }
  }

  /// Lines that are selected in the output are taken at once; else the choices are shown.
  mutating func openCopyMenu(_ fleet: State) -> [Outcome] {
    guard focus == .output, let lines = selectedLines(fleet) else {
      overlays.append(.copying)
      return []
    }
    output.selection = nil
    return [.copy(Clip(what: "the selected lines", text: Sanitise.export(lines)))]
  }

  mutating func copyMenu(_ command: Command?, _ fleet: State, now: Double) -> [Outcome] {
    switch command {
    case .copy(let subject):
      overlays.removeLast()
      return copy(subject, fleet, now: now)
    case .dismiss: overlays.removeLast()
    default: break
    }
    return []
  }

  /// Why there is nothing to copy.
  struct Missing: Error {
    var reason: String
  }

  func clip(_ subject: Clip.Subject, _ fleet: State, now: Double) -> Result<Clip, Missing> {
    func found(_ what: String, _ text: String?, else reason: String) -> Result<Clip, Missing> {
      guard let text, !text.isEmpty else { return .failure(Missing(reason: reason)) }
      return .success(Clip(what: what, text: Sanitise.export(text)))
    }
    if subject == .line, focus != .output {
      return found("the row", row(fleet, now: now), else: "no row is selected")
    }
    guard let selected, let worker = fleet.workers[selected] else {
      return .failure(Missing(reason: "no worker is selected; \(startHint)"))
    }
    if let events = events(fleet) {
      switch subject {
      case .line:
        return found("the event", event(in: events)?.words, else: "no event is here")
      case .output: return found(events.title, events.text, else: "no event has come yet")
      default: break
      }
    }
    switch subject {
    case .line: return found("the message", message(of: worker), else: "no message is here")
    case .output:
      let isCut = worker.transcript.isCutOff
      return found(
        isCut ? "the end of the output (what came before is not in memory)" : "the output",
        worker.transcript.text, else: "this worker has written nothing yet")
    case .block:
      return found("the code block", block(of: worker), else: "there is no code block")
    case .id: return found("the id", identity(fleet) ?? selected, else: "")
    case .url: return found("the address", address(worker), else: "no address is known here")
    case .email:
      return found(
        "the e-mail address", worker.email,
        else: "its e-mail address is not known yet; ctrl-r asks for it")
    case .command: return found("the curl command", curl(worker), else: "")
    }
  }

  /// The row under the cursor, uncut.
  private func row(_ fleet: State, now: Double) -> String? {
    let rows = PaneText.rows(focus, View(fleet: fleet, screen: self, now: now))
    let chosen: [[String]] =
      switch focus {
      case .workers: rows.filter { row in row.contains { $0 == selected } }
      case .info: rows
      default: Array(rows.dropFirst(cursors[focus] ?? 0).prefix(1))
      }
    return PaneText.table(chosen)[...].trimmingSuffix { $0 == "\n" }
  }

  /// The schedule's under the cursor of its pane.
  private func identity(_ fleet: State) -> String? {
    guard focus == .schedules else { return nil }
    return agenda(fleet).dropFirst(cursors[.schedules] ?? 0).first?.schedule.id
  }

  /// The page or file under the cursor of its pane, else where the server answers for the worker.
  private func address(_ worker: WorkerState) -> String? {
    switch focus {
    case .sources: worker.sources.dropFirst(cursors[.sources] ?? 0).first?.url
    case .files: worker.files.dropFirst(cursors[.files] ?? 0).first?.url
    default: base + Route.retrieve(worker: worker.id).path
    }
  }

  /// What asks for the same as the pane shows; the key stays in the shell's environment.
  private func curl(_ worker: WorkerState) -> String {
    func line(_ options: String, _ route: Route, isOwn: Bool = true) -> String {
      "curl \(options) -H \"Authorization: Bearer $HANDINGER_API_KEY\" \(quoted(route.path))"
    }
    switch focus {
    case .output: return line("-sSN", .stream(worker: worker.id))
    case .schedules: return line("-sS", .schedules(worker: worker.id))
    case .files:
      guard let file = worker.files.dropFirst(cursors[.files] ?? 0).first else { break }
      if let name = file.filename { return line("-sSOL", .file(worker: worker.id, path: name)) }
      // Another server must not get the key.
      return "curl -sSOL \(Self.quoted(Sanitise.line(file.url)))"
    case .workers, .sources, .info: break
    }
    return line("-sS", .retrieve(worker: worker.id))
  }

  private func quoted(_ path: String) -> String {
    base == Self.unknownBase ? "\"\(base)\"\(Self.quoted(path))" : Self.quoted(base + path)
  }

  /// One word of a shell, whatever is in it.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}

extension Screen {
  /// What stands for the server's address where it is not known.
  static let unknownBase = "$HANDINGER_BASE_URL"

  var base: String { endpoint.isEmpty ? Self.unknownBase : endpoint }
}
