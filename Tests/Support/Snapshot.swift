import FoundationEssentials
public import Testing

/// Compares text with a golden file, `Goldens/NAME.txt` beside the test that asks.
///
/// With the environment variable `SIGNALBOX_GOLDENS=update` the file is written instead.
public enum Snapshot {
  /// Lines of difference that a failure shows; the rest is counted.
  static let shownLines = 60

  public static func check(
    _ text: String, _ name: String, file: String = #filePath,
    at location: SourceLocation = #_sourceLocation
  ) {
    let path = folder(beside: file) + "/\(name).txt"
    let found = text.hasSuffix("\n") ? text : text + "\n"
    if ProcessInfo.processInfo.environment["SIGNALBOX_GOLDENS"] == "update" {
      write(found, to: path, location)
      return
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      Issue.record("no golden file \(path)", sourceLocation: location)
      return
    }
    let wanted = String(decoding: data, as: UTF8.self)
    guard wanted != found else { return }
    Issue.record("\(name):\n\(difference(from: wanted, to: found))", sourceLocation: location)
  }

  private static func folder(beside file: String) -> String {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast().joined(separator: "/") + "/Goldens"
  }

  private static func write(_ text: String, to path: String, _ location: SourceLocation) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    do {
      try FileManager.default.createDirectory(
        atPath: folder.joined(separator: "/"), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path))
    } catch {
      Issue.record("\(path) cannot be written: \(error)", sourceLocation: location)
    }
  }

  /// The lines that differ, `-` wanted and `+` found, each with its number.
  static func difference(from wanted: String, to found: String) -> String {
    let old = wanted.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let changes = new.difference(from: old)
    var lines = changes.map { change -> (Int, Int, String) in
      switch change {
      case .remove(let offset, let line, _): (offset, 0, "- \(offset + 1): \(line)")
      case .insert(let offset, let line, _): (offset, 1, "+ \(offset + 1): \(line)")
      }
    }
    lines.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    let shown = lines.prefix(shownLines).map(\.2).joined(separator: "\n")
    let left = lines.count - shownLines
    return left > 0 ? shown + "\n… \(left) more" : shown
  }
}
