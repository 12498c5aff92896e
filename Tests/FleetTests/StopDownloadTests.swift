import Support
import Testing
import WorkerAPI

@testable import Fleet

@Suite("A download that is stopped")
struct StopDownloadTests {
  private static let file = WorkerFile(filename: "x.md", mediaType: "", url: "u", size: 9)
  private static let stop = Action.stopDownloads(worker: "a", files: ["x.md", "y.md", "z.md"])

  /// One that runs, of which four bytes came.
  private static func running() -> Desk {
    var desk = Desk(("a", .done))
    _ = desk.send(.download(worker: "a", file), at: 101)
    _ = desk.send(.downloading(worker: "a", file: "x.md", Arrival(bytes: 4, of: 9)), at: 102)
    return desk
  }

  private static func stopped(_ kept: PartialFile?) -> Action {
    .downloadStopped(worker: "a", file: "x.md", kept: kept)
  }

  @Test("is stopping until its folder says what is left; only what runs is stopped")
  func stopping() throws {
    var desk = Self.running()
    desk["a"].downloads["y.md"] = .begun(bytes: 1, of: 2)
    let progress = try #require(desk["a"].downloads["x.md"]?.progress)
    #expect(desk.send(Self.stop, at: 103).names == ["stop download a x.md"])
    #expect(
      desk["a"].downloads == ["x.md": .stopping(progress), "y.md": .begun(bytes: 1, of: 2)])
    #expect(desk.send(Self.stop, at: 104) == [])
    #expect(desk.send(.download(worker: "a", Self.file), at: 104) == [])
  }

  @Test(
    "says what is kept, and stands so whatever comes late",
    arguments: [
      (
        PartialFile(bytes: 4, tag: "t"), .begun(bytes: 4, of: 9),
        "x.md stopped at 4 B of 9 B; saving it again goes on from there"
      ), (nil, nil, "x.md stopped; nothing of it is kept"),
    ] as [(PartialFile?, Download?, String)])
  func kept(_ kept: PartialFile?, _ download: Download?, _ words: String) {
    var desk = Self.running()
    _ = desk.send(Self.stop, at: 103)
    let late = Action.downloading(worker: "a", file: "x.md", Arrival(bytes: 8, of: 9))
    let before = desk.state
    #expect(desk.send(late, at: 104) == [] && desk.state == before)
    var expected = desk.state
    expected.workers["a"]?.downloads["x.md"] = download
    expected.notice = State.Notice(level: .info, text: words, at: 105)
    expected.notice?.isAnswer = true
    #expect(desk.send(Self.stopped(kept), at: 105) == [])
    #expect(desk.state == expected)
    guard download != nil else { return }
    #expect(desk.send(late, at: 106) == [] && desk.state == expected)
  }

  @Test("is saved after all where its last bytes were there already")
  func finished() {
    var desk = Self.running()
    _ = desk.send(Self.stop, at: 103)
    let saved = SavedFile(path: "/d/x.md", bytes: 9)
    _ = desk.send(.downloaded(worker: "a", file: "x.md", saved), at: 104)
    #expect(desk.send(Self.stopped(nil), at: 105) == [])
    #expect(desk["a"].downloads == ["x.md": .done(saved)])
  }

  @Test("and begun again is not ended by what was left of it before")
  func begunAgain() {
    var desk = Self.running()
    let before = desk["a"].downloads
    #expect(desk.send(Self.stopped(nil), at: 103) == [])
    #expect(desk["a"].downloads == before)
  }

  private static let path = "GET /api/workers/a/files/x.md"

  private static func stream(_ status: Int, tag: String?, _ more: HTTPHeader...) -> ScriptedStream {
    let headers = tag.map { [HTTPHeader("ETag", $0)] } ?? []
    return ScriptedStream(TransportHead(status: status, headers: headers + more))
  }

  @Test("is closed, and goes on from what it left")
  @MainActor func goesOn() async {
    let first = Self.stream(200, tag: "\"v1\"")
    let second = Self.stream(206, tag: "\"v1\"", HTTPHeader("Content-Range", "bytes 4-8/9"))
    let bench = Bench([Self.path: [.stream(first), .stream(second)]])
    bench.store.send(.adopt([Bench.finished]))
    bench.store.send(.download(worker: "a", Self.file))
    first.feed("abcd")
    await first.drained()
    #expect(bench["a"]?.downloads["x.md"]?.progress?.isLasting == true)
    bench.store.send(Self.stop)
    await bench.store.idle()
    #expect(first.isCancelled)
    #expect(bench["a"]?.downloads == ["x.md": .begun(bytes: 4, of: 9)])
    #expect(await bench.downloads.files == [])
    bench.store.send(.download(worker: "a", Self.file))
    second.feed("efghi")
    second.end()
    await bench.store.idle()
    #expect(bench["a"]?.downloads["x.md"] == .done(SavedFile(path: "/downloads/x.md", bytes: 9)))
    let asked = bench.transport.requests.filter { $0.scriptKey == Self.path }
    #expect(
      asked.last?.headers.contains(HTTPHeader("Range", "bytes=4-")) == true && asked.count == 2)
    await bench.store.stop()
  }

  @Test("keeps nothing without a strong tag, nor before its answer came", arguments: [true, false])
  @MainActor func keepsNothing(_ isAnswered: Bool) async {
    let stream = isAnswered ? Self.stream(200, tag: "W/\"v1\"") : ScriptedStream(nil)
    let bench = Bench([Self.path: [.stream(stream)]])
    bench.store.send(.adopt([Bench.finished]))
    bench.store.send(.download(worker: "a", Self.file))
    if isAnswered { stream.feed("abcd") }
    await stream.drained()
    bench.store.send(Self.stop)
    await bench.store.idle()
    #expect(stream.isCancelled)
    #expect(bench["a"]?.downloads == [:])
    #expect(bench.store.state.notice?.text == "x.md stopped; nothing of it is kept")
    await bench.store.stop()
  }
}
