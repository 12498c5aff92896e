public import Fleet
import FoundationEssentials
import Glibc

/// Where texts are saved that the operator wants as files: `copies` and `saved` in one folder.
public struct ExportFolder: Exports {
  public let path: String

  public init(path: String) { self.path = path }

  public func write(_ export: Export) async throws -> SavedFile {
    let folder = "\(path)/\(export.place.rawValue)"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw DownloadFolder.Failure(description: "cannot make the folder \(folder)")
    }
    let (descriptor, place) = try DownloadFolder.create("\(folder)/\(Self.safe(export.name))")
    defer { close(descriptor) }
    let bytes = Array(export.text.utf8)
    do {
      try DownloadFolder.write(bytes, to: descriptor, place)
      guard fsync(descriptor) == 0 else { throw DownloadFolder.failure("write", place) }
    } catch {
      unlink(place)
      throw error
    }
    return SavedFile(path: place, bytes: bytes.count)
  }

  /// A long title keeps the ending that says what kind of file it is.
  static func safe(_ name: String) -> String {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let ending = parts.last, (1...8).contains(ending.utf8.count) else {
      return DownloadFolder.safe(name)
    }
    let title = DownloadFolder.safe(parts.dropLast().joined(separator: "."))
    var cut = Substring(title)
    while cut.utf8.count > 150 { cut.removeLast() }
    return "\(cut).\(DownloadFolder.safe(String(ending)))"
  }
}
