import Canvas
import Console
import Fleet
import Support
import Testing

@MainActor
@Suite("Recording and replaying from the command line", .timeLimit(.minutes(1)))
struct RecordingKeysTests {
  private func typed(_ line: String, _ station: Station) {
    station.display.fake.press(":")
    station.display.fake.type(line)
    station.display.fake.press("enter")
  }

  @Test("a recording is played by a console of its own that has the terminal")
  func replays() async throws {
    let station = Station(
      programs: Programs(scratch: FakeScratch(), editor: "vi", pager: "less", player: "me replay"))
    try await station.begin()
    station.display.fake.plays = { _ in .exited(2) }
    typed("replay a b.jsonl", station)
    await station.display.fake.wait(for: "> not played: 'signalbox replay a b.jsonl' says why")
    station.display.fake.plays = { _ in .exited(0) }
    typed("replay c.jsonl", station)
    await station.display.fake.wait { !$0.contains("not played") && !$0.contains("Command") }
    #expect(
      station.display.fake.programs == [
        Program(line: "me replay", arguments: ["a b.jsonl"]),
        Program(line: "me replay", arguments: ["c.jsonl"]),
      ])
    typed("replay", station)
    #expect(station.display.fake.text.hasSuffix("> a recording is named behind it: replay FILE"))
    await station.session.end()
  }

  @Test("where nothing is to play it, or nothing goes over a wire, that is said")
  func cannot() async throws {
    let station = Station()
    try await station.begin()
    typed("replay x", station)
    #expect(station.display.fake.text.hasSuffix("> no recording can be played from here"))
    typed("record x", station)
    #expect(station.display.fake.text.hasSuffix("> nothing goes over a wire here"))
    await station.session.end()
  }

  @Test("the header says REC while what goes over the wire is written down")
  func records() async throws {
    let station = Station()
    var asked: [String?] = []
    let store = station.store
    station.session.record = { path in
      asked.append(path)
      store.send(.recording(path != nil))
    }
    try await station.begin()
    for (line, isOn) in [("record night.jsonl", true), ("record", false)] {
      typed(line, station)
      await station.display.fake.wait { $0.hasPrefix("signalbox  prod  REC  ") == isOn }
    }
    #expect(asked == ["night.jsonl", nil])
    await station.session.end()
  }
}
