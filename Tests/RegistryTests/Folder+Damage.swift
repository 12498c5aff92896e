import Fleet
import Foundation
import GRDB

@testable import Registry

extension Folder {
  /// Adds entries to the registry and leaves all of its pages in the file.
  func add(_ memos: [Memo]) async throws {
    try await Registry.open(folder: path).keep(memos)
    try change("")
  }

  /// Writes to the file past the registry, and leaves all of its pages in it.
  func change(_ sql: String) throws {
    let database = try DatabaseQueue(path: file)
    try database.writeWithoutTransaction {
      try $0.execute(sql: sql)
      _ = try $0.checkpoint(.truncate)
    }
    try database.close()
    for suffix in ["-wal", "-shm"] { unlink(file + suffix) }
  }

  /// Overwrites the first page of a table or of an index.
  func ruin(_ name: String) throws {
    let database = try DatabaseQueue(path: file)
    let root = try database.read {
      try Int.fetchOne(
        $0, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [name])
    }
    try database.close()
    guard let root else { throw CocoaError(.fileNoSuchFile) }
    try ruin(page: root - 1)
  }

  /// Overwrites the page on which a text stands.
  func ruin(pageOf text: String) throws {
    guard let place = bytes("registry.sqlite")?.range(of: Data(text.utf8)) else {
      throw CocoaError(.fileNoSuchFile)
    }
    try ruin(page: place.lowerBound / 4_096)
  }

  private func ruin(page: Int) throws {
    var bytes = bytes("registry.sqlite") ?? Data()
    let place = (page * 4_096)..<(page * 4_096 + 4_096)
    bytes.replaceSubrange(place, with: Data(repeating: 0xFF, count: 4_096))
    try write(bytes, to: "registry.sqlite")
  }
}
