import FoundationEssentials
import Glibc
import HTTPTypes
import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("Files")
struct FileTests {
  @Test(
    "A range gives a part, one behind the end 416, anything else the whole",
    arguments: [
      ("bytes=0-0", .part(0..<1)), ("bytes=2-5", .part(2..<6)), ("bytes=7-99", .part(7..<10)),
      ("bytes=9-", .part(9..<10)), ("bytes=-3", .part(7..<10)), ("bytes=-99", .part(0..<10)),
      ("BYTES = 1 - 2 ", .part(1..<3)), ("bytes=10-", .unsatisfiable),
      ("bytes=10-12", .unsatisfiable), ("bytes=-0", .unsatisfiable),
      ("bytes=99999999999999999999-", .unsatisfiable),
      ("bytes=0-99999999999999999999", .part(0..<10)), ("bytes=5-2", .whole),
      ("bytes=0-1,4-5", .whole), ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole),
      ("bytes=+1-2", .whole), ("lines=0-1", .whole), ("", .whole),
    ] as [(String, FileAnswer.Portion)])
  func ranges(text: String, portion: FileAnswer.Portion) {
    #expect(FileAnswer.portion(of: 10, text) == portion)
  }

  @Test("An empty file has no range", arguments: ["bytes=0-", "bytes=-1", "bytes=0-0"])
  func emptyRange(text: String) {
    #expect(FileAnswer.portion(of: 0, text) == .unsatisfiable)
  }

  @Test("Parts, tags and lengths of a file on disk are those of RFC 9110")
  func conditions() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      try await RequestDesk.open(time: time, folder: folder) { desk in
        let id = try await desk.created("Write data/all.bin please")
        time.advance(60)
        _ = try await desk.send(.get, "/api/workers/\(id)")
        let path = "/api/workers/\(id)/files/data/all.bin"
        let bytes = (0...255).map(UInt8.init)
        let whole = try await desk.send(.get, path)
        #expect(whole.status == 200 && whole.body == bytes)
        #expect(whole.headers[.contentType] == "application/octet-stream")
        #expect(whole.headers[.contentLength] == "256" && whole.headers[.acceptRanges] == "bytes")
        let tag = try #require(whole.headers[.eTag])
        let head = try await desk.send(.head, path)
        #expect(head.headers[.contentLength] == "256" && head.headers[.eTag] == tag)
        #expect(head.body.isEmpty)

        let part = try await desk.send(.get, path, nil, [.range: "bytes=250-"])
        #expect(part.status == 206 && part.body == Array(bytes[250...]))
        #expect(part.headers[.contentRange] == "bytes 250-255/256")
        #expect(part.headers[.contentLength] == "6")
        let behind = try await desk.send(.get, path, nil, [.range: "bytes=256-"])
        #expect(behind.refusal == "416 range_not_satisfiable")
        #expect(behind.headers[.contentRange] == "bytes */256")
        let several = try await desk.send(.get, path, nil, [.range: "bytes=0-1,5-6"])
        #expect(several.status == 200 && several.body == bytes)

        for tags in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
          let same = try await desk.send(.get, path, nil, [.ifNoneMatch: tags])
          #expect(same.status == 304 && same.body.isEmpty && same.headers[.eTag] == tag)
        }
        let other = try await desk.send(.get, path, nil, [.ifNoneMatch: "\"x\""])
        #expect(other.status == 200)
        for (condition, status) in [
          (tag, 206), ("W/\(tag)", 200), ("\"x\"", 200), ("Mon, 02 Mar 2026 10:00:00 GMT", 200),
        ] {
          let answer = try await desk.send(
            .get, path, nil, [.range: "bytes=0-1", .ifRange: condition])
          #expect(answer.status == status, "\(condition)")
        }
      }
    }
  }

  @Test("Paths are decoded once and name nothing but the worker's files")
  func traversal() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      try await RequestDesk.open(time: time, folder: folder) { desk in
        let id = try await desk.created("Write `a b/ü%.md`, A.md and a.md")
        time.advance(60)
        let worker = try await desk.send(.get, "/api/workers/\(id)").json
        #expect(
          worker["files"]?.array?.map { $0["filename"]?.string } == ["a b/ü%.md", "A.md", "a.md"])
        let base = "/api/workers/\(id)/files/"
        for path in ["a%20b%2F%C3%BC%25.md", "a%20b/%C3%BC%25.md", "A.md", "a.md", "%61.md"] {
          #expect(try await desk.send(.get, base + path).status == 200, "\(path)")
        }
        let upper = try await desk.send(.get, base + "A.md")
        #expect(upper.headers[.contentType] == "text/markdown")
        let long = String(repeating: "x", count: 300)
        for path in [
          "..%2Fserver.sqlite", "../server.sqlite", "..%2f..%2f..%2fetc%2Fpasswd",
          "%2Fetc%2Fpasswd",
          "//etc/passwd", "a.md%00", "a.md%00.md", "..%5Cserver.sqlite",
          "%252e%252e%252fserver.sqlite",
          "%252e%252e/server.sqlite", "./a.md", "a%2E/../a.md", ".%2Fa.md", "a.md/.", long,
          "\(long).md", "a.MD", "%e2%80%ae", "server.sqlite", "files/\(id).1-4",
        ] {
          #expect(
            try await desk.send(.get, base + path).refusal == "404 file_not_found", "\(path)")
        }
        #expect(try await desk.send(.get, base + "%zz").refusal == "404 not_found")
      }
    }
  }

  @Test(
    "A link, a pipe or a folder in a file's place is no file, and nothing is written through it")
  func links() throws {
    let folder = "/tmp/file-store-\(UInt64.random(in: 0 ... .max))"
    let outside = folder + ".outside"
    defer {
      try? FileManager.default.removeItem(atPath: folder)
      unlink(outside)
    }
    let store = try FileStore(folder: folder)
    try store.put([1, 2, 3], as: "w.1-2")
    #expect(try store.bytes(of: "w.1-2") == [1, 2, 3])
    try FileStore(folder: folder).put([], as: "w.1-3")
    #expect(try store.bytes(of: "w.1-3") == [])
    #expect(try store.bytes(of: "w.9-9") == nil)
    for name in ["", ".", "..", "../x", "a/b", "/etc/passwd", "a\0b", "ü"] {
      #expect(try store.bytes(of: name) == nil)
      #expect(throws: FileStore.Failure.self) { try store.put([1], as: name) }
    }
    #expect(FileManager.default.createFile(atPath: outside, contents: Data([9])))
    symlink(outside, folder + "/link")
    symlink(outside, folder + "/new.new")
    mkfifo(folder + "/pipe", 0o600)
    mkdir(folder + "/folder", 0o700)
    for name in ["link", "pipe", "folder"] { #expect(try store.bytes(of: name) == nil) }
    #expect(throws: FileStore.Failure.self) { try store.put([1], as: "new") }
    try store.put([7], as: "link")
    #expect(try store.bytes(of: "link") == [7])
    #expect(FileManager.default.contents(atPath: outside) == Data([9]))
    symlink(folder, outside + ".folder")
    defer { unlink(outside + ".folder") }
    #expect(throws: FileStore.Failure.self) { try FileStore(folder: outside + ".folder") }
  }

  @Test("Files survive a restart, and what a later turn writes anew takes their place")
  func replaced() async throws {
    try await withFolder { folder in
      let time = ManualTime()
      let id = try await {
        let world = try World.staged(time, folder: folder)
        let id = try await world.started("Write notes/plan.md")
        time.advance(60)
        await world.advance()
        _ = try await world.continueWorker(
          id, RunRequest(input: "Write notes/plan.md once more", budget: .low), once: nil,
          origin: "http://h")
        time.advance(60)
        await world.advance()
        return id
      }()
      let world = try World.staged(time, folder: folder)
      let file = try await world.file(id, path: "notes/plan.md")
      #expect(String(decoding: file.bytes, as: UTF8.self).contains("once more"))
      #expect(file.place.hasPrefix("2-"))
      let kept = try FileManager.default.contentsOfDirectory(atPath: folder + "/files")
      #expect(kept == ["\(id).\(file.place)"])
    }
  }

  @Test(
    "The media type goes by the extension",
    arguments: [
      ("a.md", "text/markdown"), ("b/c.CSV", "text/csv"), ("x.json", "application/json"),
      ("x.png", "image/png"), ("x.jpg", "image/jpeg"), ("x.svg", "image/svg+xml"),
      ("x.txt", "text/plain"), ("x.py", "text/plain"), ("x.bin", "application/octet-stream"),
      ("x.tar.gz", "application/gzip"), ("x", "application/octet-stream"),
      (".md", "application/octet-stream"), ("x.md/y", "application/octet-stream"),
    ])
  func mediaType(path: String, type: String) {
    #expect(MediaType.of(path) == type)
  }
}
