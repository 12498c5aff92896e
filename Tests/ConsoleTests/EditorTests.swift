import Canvas
import Console
import Fleet
import Support
import Testing

@MainActor
@Suite("An editor of the operator's own", .timeLimit(.minutes(1)))
struct EditorTests {
  let scratch = FakeScratch()
  let station: Station

  init() {
    station = Station(
      programs: Programs(scratch: scratch, editor: "vim -u NONE", pager: "less"))
  }

  /// Opens the composer with a text in it, and the editor; answers when it is over.
  private func edit(
    _ text: String, _ plays: @escaping @MainActor (Program) async -> Program.End
  ) async throws {
    try await station.begin()
    station.display.fake.press("n")
    station.display.fake.paste(text)
    station.display.fake.plays = plays
    let count = station.display.count
    station.display.fake.press("ctrl-g")
    await station.display.presented(count + 1)
  }

  private var composer: Composer? {
    if case .composer(let composer) = station.session.screen.overlays.last { composer } else { nil }
  }

  @Test("gets the text in a file, and what it wrote comes back as one edit")
  func edits() async throws {
    let scratch = scratch
    try await edit("Count the bridges") { program in
      await scratch.write("Count the bridges of Prague\n", to: program.arguments[0])
      return .exited(0)
    }
    #expect(
      station.display.fake.programs
        == [Program(line: "vim -u NONE", arguments: ["/scratch/1/instruction.md"])])
    #expect(composer?.area.text == "Count the bridges of Prague")
    #expect(composer?.area.cursor == 27)
    #expect(await scratch.files.isEmpty)
    #expect(
      station.store.state.drafts[.newWorker]?.text == "Count the bridges of Prague")
    station.display.fake.press("ctrl-_")
    #expect(composer?.area.text == "Count the bridges")
    await station.session.end()
  }

  @Test("that ends badly leaves the text as it was, and says so")
  func fails() async throws {
    for (end, words) in [
      (Program.End.exited(1), "vim -u NONE ended with status 1; the text is as it was"),
      (.exited(127), "vim -u NONE was not found; the text is as it was"),
      (.killed(signal: 9), "vim -u NONE was killed by signal 9; the text is as it was"),
      (.notStarted(reason: "no memory"), "vim -u NONE did not start: no memory"),
    ] {
      let test = EditorTests()
      try await test.edit("Count") { _ in end }
      #expect(test.composer?.area.text == "Count")
      #expect(test.station.display.fake.text.hasSuffix("> \(words)"))
      #expect(await test.scratch.files.isEmpty)
      await test.station.session.end()
    }
  }

  @Test("that was killed after it saved keeps its file, and the message names it")
  func keepsFile() async throws {
    let scratch = scratch
    try await edit("Count") { program in
      await scratch.write("Count twice", to: program.arguments[0])
      return .killed(signal: 9)
    }
    #expect(composer?.area.text == "Count")
    let remark = station.session.screen.remark
    #expect(remark?.hasPrefix("kept in /scratch/1/instruction.md, for ") == true)
    #expect(await scratch.files == ["/scratch/1/instruction.md": "Count twice"])
    await station.session.end()
  }

  @Test("has the terminal alone: the fleet goes on, nothing is drawn, and no key counts")
  func isAlone() async throws {
    let station = station
    var seen: [Int] = []
    try await edit("Count") { _ in
      seen.append(station.display.count)
      station.store.send(.say(.info, "the fleet goes on"))
      station.display.fake.send([
        .key(.escape), .key(.character("q")), .resize(.init(columns: 9, rows: 9)),
      ])
      seen.append(station.display.count)
      return .exited(0)
    }
    #expect(seen.count == 2 && seen[0] == seen[1])
    #expect(composer?.area.text == "Count")
    #expect(station.store.state.notice?.text == "the fleet goes on")
    await station.session.end()
  }

  @Test("leaves no frame behind that was due while it had the terminal")
  func drawsAgain() async throws {
    let station = station
    try await station.begin()
    station.display.fake.press("n")
    // The first change is drawn at once; the second waits for its turn.
    station.store.send(.say(.info, "one"))
    station.store.send(.say(.info, "two"))
    let (over, ending) = AsyncStream.makeStream(of: Void.self)
    station.display.fake.plays = { _ in
      station.clock.advance(by: 5)
      for await _ in over {}
      return .exited(0)
    }
    let count = station.display.count
    station.display.fake.press("ctrl-g")
    // The frame that was due finds the terminal given away.
    while station.clock.sleeps.contains(where: { $0 < 1 }) { await Task.yield() }
    ending.finish()
    await station.display.presented(count + 1)
    station.display.fake.press("x")
    #expect(station.display.fake.text.contains(" x "))
    await station.session.end()
  }

  @Test("does not hold up the end of the console, which leaves its file")
  func ends() async throws {
    let station = station
    let scratch = scratch
    try await station.begin()
    station.display.fake.press("n")
    station.display.fake.paste("Count")
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let (over, ending) = AsyncStream.makeStream(of: Void.self)
    station.display.fake.plays = { program in
      await scratch.write("Count twice", to: program.arguments[0])
      starting.finish()
      for await _ in over {}
      return .killed(signal: 1)
    }
    station.display.fake.press("ctrl-g")
    for await _ in started {}
    station.display.fake.send(.terminate)
    ending.finish()
    await station.session.end()
    #expect(await scratch.files == ["/scratch/1/instruction.md": "Count twice"])
    #expect(station.store.state.drafts[.newWorker]?.text == "Count")
  }

  @Test("that cannot be given a file is not started")
  func hasNoFile() async throws {
    await scratch.fail(with: FakeMemory.Failure("the disk is full"))
    try await edit("Count") { _ in .exited(0) }
    #expect(station.display.fake.programs.isEmpty)
    #expect(station.display.fake.text.hasSuffix("> the disk is full"))
    await station.session.end()
  }

  @Test("leaves what is too long for a field in its file, and says where it is")
  func tooLong() async throws {
    let text = String(repeating: "a\tb\tc\td\n", count: 100_000)
    let scratch = scratch
    try await edit("Count") { program in
      await scratch.write(text, to: program.arguments[0])
      return .exited(0)
    }
    #expect(await scratch.files == ["/scratch/1/instruction.md": text])
    #expect(
      station.display.fake.text.hasSuffix(
        "> kept in /scratch/1/instruction.md, for it is longer than 1 MiB; the text here…"
      ))
    #expect(station.store.state.drafts[.newWorker]?.text == "Count")
    await station.session.end()
  }

  @Test("writes the instruction of a schedule too")
  func editsSchedule() {
    var bench = Bench()
    bench.press("5 n")
    bench.press("ctrl-g")
    guard case .handOver(let handover)? = bench.outcomes.last else {
      Issue.record("nothing was handed over")
      return
    }
    #expect(handover.purpose == .edit && handover.name == "instruction.md")
    bench.takeBack(.edited("Again\n\n"))
    #expect(
      bench.actions.last.map { if case .write(let draft) = $0 { draft.text } else { "" } }
        == "Again\n")
  }
}
