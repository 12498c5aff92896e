import Canvas
import Fleet

extension Session {
  /// Gives a text and the terminal to a program; the fleet goes on, and no frame is drawn until it
  /// is back.
  func handOver(_ handover: Handover) {
    guard !isLent else { return }
    isLent = true
    lending = Task { [self] in
      let result = await run(handover)
      isLent = false
      lending = nil
      guard !isOver else { return }
      takeBack(result)
    }
  }

  private func run(_ handover: Handover) async -> Handover.Return {
    guard let programs else { return .failed(reason: "no program can be opened from here") }
    let scratch = programs.scratch
    let line = programs.line(for: handover.purpose)
    let path: String
    do {
      path = try await scratch.put(handover.text, as: handover.name)
    } catch {
      return .failed(reason: "\(error)")
    }
    let end = await display.run(Program(line: line, arguments: [path]))
    guard let trouble = end.trouble(with: line) else {
      return await collect(handover, path, scratch)
    }
    // What was written before it failed is the operator's; a text as it was is not worth keeping.
    let isSame = (try? await scratch.text(of: path)) == handover.text
    if handover.purpose == .page || isSame {
      await scratch.remove(path)
      return .failed(reason: trouble)
    }
    return .failed(reason: "kept in \(path), for \(trouble)")
  }

  private func collect(
    _ handover: Handover, _ path: String, _ scratch: any Scratch
  ) async -> Handover.Return {
    guard handover.purpose == .edit else {
      await scratch.remove(path)
      return .closed
    }
    do {
      let text = try await scratch.text(of: path)
      // A tab takes four blanks in a field.
      guard TextArea.holds(Handover.taken(text)) else {
        return .failed(
          reason: "kept in \(path), for it is longer than 1 MiB; the text here is as it was")
      }
      // The console ends: the text stays where it is.
      if !isOver { await scratch.remove(path) }
      return .edited(text)
    } catch {
      return .failed(reason: "the text is as it was: \(error)")
    }
  }
}

extension Session {
  /// The console goes on meanwhile, as beside an editor.
  func replay(_ path: String) {
    guard !isLent else { return }
    guard let player = programs?.player, !player.isEmpty else {
      return store.send(.answer(.warning, "no recording can be played from here"))
    }
    isLent = true
    lending = Task { [self] in
      let end = await display.run(Program(line: player, arguments: [path]))
      isLent = false
      lending = nil
      guard !isOver else { return }
      takeBack(
        end == .exited(0)
          ? .closed
          : .failed(reason: "not played: 'signalbox replay \(Sanitise.line(path))' says why"))
    }
  }

  func record(to path: String?) {
    guard let record else {
      return store.send(.answer(.warning, "nothing goes over a wire here"))
    }
    Task { await record(path) }
  }
}

extension Program.End {
  /// Why what it did does not count; nil when it ended well. A shell tells of a kill by its status.
  func trouble(with line: String) -> String? {
    let name = Sanitise.line(line)
    return switch self {
    case .exited(0): nil
    case .exited(127): "\(name) was not found; the text is as it was"
    case .exited(let status) where status > 128:
      "\(name) was killed by signal \(status - 128); the text is as it was"
    case .exited(let status): "\(name) ended with status \(status); the text is as it was"
    case .killed(let signal): "\(name) was killed by signal \(signal); the text is as it was"
    case .notStarted(let reason): "\(name) did not start: \(reason)"
    }
  }
}
