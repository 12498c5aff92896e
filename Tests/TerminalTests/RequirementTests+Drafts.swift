import Fleet
import Foundation
import Registry
import Support
import Testing
import WorkerAPI

extension BinaryTests.RequirementTests {
  /// What can happen to a console while a text is half written.
  enum Blow: String, CaseIterable, Sendable {
    case terminate = "SIGTERM"
    case interrupt = "SIGINT"
    case hangUp = "SIGHUP"
    case crash = "SIGSEGV"
    case kill = "SIGKILL"
    case dropped = "the terminal goes"
    case resized = "a resize"
    case refused = "an order that fails"
    case escape = "Esc"
    case elsewhere = "another pane"

    /// The program cannot save anything any more.
    var comesUnseen: Bool { [.crash, .kill, .resized, .escape, .elsewhere].contains(self) }

    var signal: Int32? {
      switch self {
      case .terminate: SIGTERM
      case .interrupt: SIGINT
      case .hangUp: SIGHUP
      case .crash: SIGSEGV
      case .kill: SIGKILL
      default: nil
      }
    }
  }

  enum Box: String, CaseIterable, Sendable {
    case newWorker = "a new worker"
    case followUp = "a follow-up"
    case schedule = "a schedule"

    /// Keys from the list to the text.
    var keys: [String] {
      switch self {
      case .newWorker: ["n"]
      case .followUp: ["c"]
      case .schedule: ["5", "n", "\t", "\t"]
      }
    }

    /// What the box says when it is open.
    var words: String {
      switch self {
      case .newWorker: "New worker"
      case .followUp: "Continue: "
      case .schedule: "Schedule: "
      }
    }

    var subject: Draft.Subject {
      switch self {
      case .newWorker: .newWorker
      case .followUp: .followUp(worker: "wrk_1")
      case .schedule: .schedule(worker: "wrk_1")
      }
    }
  }

  @Test(
    "requirement 12: a half-written text is there at the next start, with its cursor",
    arguments: Blow.allCases, Box.allCases)
  func keepsDraft(_ blow: Blow, _ box: Box) async throws {
    let workshop = try Workshop()
    let state = "\(workshop.folder)/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    do {
      let registry = try Registry.open(folder: state)
      try await registry.keep([
        .worker(
          KnownWorker(
            id: "wrk_1", title: "Bridges", instruction: "", budget: .standard, addedAt: 1))
      ])
    }
    let text = "Count the lights of the harbour"
    let terminal = try open(box, state)
    terminal.write("\u{1B}[200~\(text)\u{1B}[201~")
    try terminal.read(until: "harbour")
    // Back to the beginning of the last word.
    for _ in 0..<7 {
      terminal.write("\u{1B}[D")
      _ = terminal.readings(for: 0.02)
    }
    let draft = Draft(subject: box.subject, text: text, cursor: text.count - 7, budget: .standard)
    // Kept within a second, where nobody tells the program of its end; the time is what is promised.
    if blow.comesUnseen { _ = terminal.readings(for: 1) }
    switch blow {
    case .terminate, .interrupt, .hangUp, .crash, .kill: terminal.signal(blow.signal ?? 0)
    case .dropped: terminal.close()
    case .resized:
      terminal.resize(columns: 70, rows: 20)
      _ = terminal.readings(for: 0.3)
      terminal.signal(SIGKILL)
    case .refused:
      terminal.write("\r")
      try terminal.read(until: "not sent")
      _ = terminal.readings(for: 1)
      terminal.signal(SIGKILL)
    case .escape:
      terminal.write("\u{1B}")
      try terminal.read(until: "kept")
      terminal.signal(SIGKILL)
    case .elsewhere:
      terminal.write("\u{1B}")
      _ = terminal.readings(for: 0.4)
      terminal.write("2")
      _ = terminal.readings(for: 0.2)
      terminal.signal(SIGKILL)
    }
    #expect(terminal.ends(within: 1))
    let kept = try await Registry.open(folder: state).recall()
    #expect(kept.drafts.filter { !$0.text.isEmpty } == [draft])

    let second = try open(box, state)
    second.write("\u{1B}[200~bright \u{1B}[201~")
    _ = second.readings(for: 0.3)
    second.signal(SIGTERM)
    #expect(second.ends(within: 1))
    let again = try await Registry.open(folder: state).recall()
    #expect(
      again.drafts.filter { !$0.text.isEmpty }.map(\.text)
        == ["Count the lights of the bright harbour"])
  }

  /// A console whose server is not there, with a box open.
  private func open(_ box: Box, _ state: String) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      ["--state", state],
      environment: ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": "http://127.0.0.1:9"])
    try terminal.read(until: "Bridges")
    for key in box.keys {
      terminal.write(key)
      _ = terminal.readings(for: 0.1)
    }
    return terminal
  }
}
