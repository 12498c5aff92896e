import Fleet
import FoundationEssentials
import Support
import Testing
import WorkerAPI

@testable import Registry

@Suite("The folder of downloads")
struct DownloadFolderTests {
  private let folder: Folder
  private let downloads: DownloadFolder

  init() throws {
    folder = try Folder()
    downloads = DownloadFolder(path: "\(folder.path)/downloads")
  }

  /// A stream of chunks; after the last one it ends, or breaks.
  private func stream(
    _ chunks: [String], tag: String? = "\"v1\"", status: Int = 200, breaks: Bool = false
  ) -> TransportStream {
    let feed = Feed(chunks.map { Array($0.utf8) }, breaks: breaks)
    return TransportStream(
      head: TransportHead(status: status, headers: tag.map { [HTTPHeader("ETag", $0)] } ?? []),
      next: { () async throws(TransportError) in try await feed.next() }, cancel: {})
  }

  private func save(
    _ stream: TransportStream, as name: String = "a.txt", resuming: PartialFile? = nil
  ) async throws -> SavedFile {
    try await downloads.save(stream, as: name, of: "w", resuming: resuming) { _ in }
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("keeps bytes with their hash under the name, and never over another file")
  func saves() async throws {
    let first = try await save(stream(["a", "bc"]))
    #expect(
      first
        == SavedFile(path: "\(downloads.path)/w/a.txt", bytes: 3, digest: Self.abc))
    let second = try await save(stream(["d"]))
    #expect(second.path == "\(downloads.path)/w/a (2).txt")
    #expect(text(first.path) == "abc" && text(second.path) == "d")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(downloads.path)/.parts/w") == [])
  }

  @Test("goes on with what came before a break, and the hash is of all of it")
  func resumes() async throws {
    await #expect(throws: TransportError.self) {
      try await save(stream(["a", "b"], breaks: true))
    }
    let begun = try #require(await downloads.begun("a.txt", of: "w"))
    #expect(begun == PartialFile(bytes: 2, tag: "\"v1\""))
    #expect(text("\(downloads.path)/w/a.txt") == nil)
    let saved = try await save(stream(["c"], status: 206), resuming: begun)
    #expect(saved == SavedFile(path: "\(downloads.path)/w/a.txt", bytes: 3, digest: Self.abc))
    #expect(text(saved.path) == "abc")
    #expect(await downloads.begun("a.txt", of: "w") == nil)
  }

  @Test("begins anew where the server sends all of it, and keeps nothing that has no strong tag")
  func beginsAnew() async throws {
    _ = try? await save(stream(["old"], breaks: true))
    let saved = try await save(stream(["abc"]))
    #expect(saved.digest == Self.abc && text(saved.path) == "abc")
    for tag in [nil, "W/\"v1\"", "v1"] {
      _ = try? await save(stream(["half"], tag: tag, breaks: true), as: "b.txt")
      #expect(await downloads.begun("b.txt", of: "w") == nil)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(downloads.path)/.parts/w") == [])
  }

  @Test("refuses to go on with a begin that is another one by then")
  func changed() async throws {
    _ = try? await save(stream(["ab"], breaks: true))
    await #expect(throws: DownloadFolder.Failure.self) {
      try await save(stream(["c"], status: 206), resuming: PartialFile(bytes: 9, tag: "\"v1\""))
    }
    #expect(text("\(downloads.path)/w/a.txt") == nil)
  }

  @Test(
    "requirement 5: no name leads out of the folder, nor to what is begun",
    arguments: ["../../x", "/etc/x", "..", ".parts/w/a.txt.part", "a/../../b", ""])
  func names(_ name: String) async throws {
    let saved = try await downloads.save(
      stream(["x"]), as: name, of: "../../.parts", resuming: nil
    ) { _ in }
    #expect(saved.path.hasPrefix(downloads.path + "/") && !saved.path.contains("/../"))
    #expect(!saved.path.contains("/.parts/"))
    await #expect(throws: DownloadFolder.Failure.self) {
      try await downloads.head(of: "/etc/passwd", limit: 9)
    }
    #expect(try await downloads.head(of: saved.path, limit: 9) == FileHead(bytes: [0x78], total: 1))
  }

  @Test(
    "the hash is that of FIPS 180-4, however the bytes are cut",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), ("abc", abc),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func hash(_ text: String, _ digest: String) {
    let bytes = Array(text.utf8)
    for size in [1, 7, 64, 65, 1 << 20] where bytes.count < 1000 || size > 60 {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(bytes[start..<min(bytes.count, start + size)])
      }
      let found = hash.finish()
      #expect(found == digest)
    }
  }
}

/// Chunks one after the other.
private actor Feed {
  private var chunks: [[UInt8]]
  private let breaks: Bool

  init(_ chunks: [[UInt8]], breaks: Bool) {
    self.chunks = chunks
    self.breaks = breaks
  }

  func next() throws(TransportError) -> [UInt8]? {
    if chunks.isEmpty, breaks { throw .broken("reset") }
    return chunks.isEmpty ? nil : chunks.removeFirst()
  }
}
