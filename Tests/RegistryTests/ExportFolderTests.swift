import Fleet
import Foundation
import Registry
import Testing

@Suite("The folders of exports")
struct ExportFolderTests {
  private func export(_ name: String, _ place: Export.Place = .saved) -> Export {
    Export(place: place, name: name, text: "All of it.\n", said: "it")
  }

  @Test("a file is for its owner alone, and no file is ever overwritten")
  func writes() async throws {
    let folder = try Folder()
    let exports = ExportFolder(path: folder.path)
    let first = try await exports.write(export("copied.txt", .copies))
    let second = try await exports.write(export("copied.txt", .copies))
    #expect(first == SavedFile(path: "\(folder.path)/copies/copied.txt", bytes: 11))
    #expect(second.path == "\(folder.path)/copies/copied (2).txt")
    #expect(try String(contentsOfFile: first.path, encoding: .utf8) == "All of it.\n")
    for (path, mode) in [(first.path, 0o600), ("\(folder.path)/copies", 0o700)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test(
    "no name leads out of the folder, and a long one keeps its ending",
    arguments: [
      ("../../etc/passwd.md", "_._.._etc_passwd.md"), ("/etc/passwd", "_etc_passwd"),
      (".md", "_.md"), ("..", "_."), ("a\u{1B}]0;x\u{07}\u{202E}.txt", "a_]0;x__.txt"),
      (String(repeating: "é", count: 200) + ".md", String(repeating: "é", count: 75) + ".md"),
    ])
  func names(_ name: String, _ safe: String) async throws {
    let folder = try Folder()
    let file = try await ExportFolder(path: folder.path).write(export(name))
    #expect(file.path == "\(folder.path)/saved/\(safe)")
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/saved/\(safe)"))
  }
}
