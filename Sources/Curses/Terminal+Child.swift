public import Canvas
import Glibc

/// The terminal in the hands of another program, such as an editor.
extension Terminal {
  public func run(_ program: Program) async -> Program.End {
    guard isClaimed, let signals else {
      return .notStarted(reason: "the terminal is not in use here")
    }
    giveBack()
    isClaimed = false
    for source in sources { source.cancel() }
    sources = [Input(descriptor: signals.reader) { [weak self] in self?.readSignals() }]
    let end: Program.End
    switch ChildProcess.start(program, input: input, output: output) {
    case .failure(let failure): end = .notStarted(reason: failure.reason)
    case .success(let process):
      child = process.id
      end = await wait(for: process, signals)
      // The terminal was given back for good meanwhile.
      guard child == process.id else { return end }
      child = nil
    }
    takeBack(after: end, signals)
    return end
  }

  /// A program that stops takes us along, as ctrl-z in a shell stops all of a job.
  private func wait(for process: ChildProcess, _ signals: Signals) async -> Program.End {
    while true {
      switch await process.change {
      case .ended(let end): return end
      case .stopped:
        guard child == process.id else { continue }
        bringForward(getpgrp())
        signals.stopGroup()
        bringForward(process.id)
        kill(-process.id, SIGCONT)
      }
    }
  }

  private func takeBack(after end: Program.End, _ signals: Signals) {
    bringForward(getpgrp())
    let names = signals.drain().intersection([.terminate, .hangup])
    isClaimed = true
    // What it left on when it could not clean up.
    if speaksANSI, end != .exited(0), ControlSequence.toleratesMarks(environment["TERM"] ?? "") {
      send(ControlSequence.wreck)
    }
    reclaim()
    for source in sources { source.cancel() }
    watch()
    deliver(events(of: names))
  }

  /// Ends the program that has the terminal, with half a second to clean up.
  func dismiss(_ child: pid_t) {
    kill(-child, SIGHUP)
    kill(-child, SIGCONT)
    for _ in 0..<50 where kill(-child, 0) == 0 { usleep(10_000) }
    bringForward(getpgrp())
    if speaksANSI { send(ControlSequence.leftovers) }
  }

  /// Gives the keyboard to a process group; to our own with the modes of the shell.
  ///
  /// Whoever is in the background is stopped for doing so, unless it looks away from that signal.
  private func bringForward(_ group: pid_t) {
    signal(SIGTTOU, SIG_IGN)
    tcsetpgrp(input, group)
    if group == getpgrp(), var modes { tcsetattr(input, TCSADRAIN, &modes) }
    signal(SIGTTOU, SIG_DFL)
  }
}
