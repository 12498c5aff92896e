import FoundationEssentials
import Glibc

/// Where the program keeps and finds its files.
enum Folders {
  private static let environment = ProcessInfo.processInfo.environment

  private static var home: String {
    environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }

  /// `$XDG_STATE_HOME/signalbox`, else `~/.local/state/signalbox`.
  static var standardState: String {
    value("XDG_STATE_HOME").map { "\($0)/signalbox" } ?? "\(home)/.local/state/signalbox"
  }

  /// A path with the home folder in place of a leading tilde.
  static func expanded(_ path: String) -> String {
    path == "~" ? home : path.hasPrefix("~/") ? home + path.dropFirst() : path
  }

  /// `$XDG_CONFIG_HOME/signalbox`, else `~/.config/signalbox`.
  static var configuration: String {
    (value("XDG_CONFIG_HOME") ?? "\(home)/.config") + "/signalbox"
  }

  /// A new empty folder that only this user can read; its user removes it.
  static func throwAway() throws -> String {
    let pattern = (value("TMPDIR") ?? "/tmp") + "/signalbox.XXXXXX"
    var bytes = Array(pattern.utf8CString)
    guard mkdtemp(&bytes) != nil else {
      throw CommandFailure(
        message: "cannot make a folder in \(pattern): \(String(cString: strerror(errno)))",
        status: CommandFailure.failed)
    }
    return String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }

  /// Bytes of the files in a folder, those in folders within it left out.
  static func size(_ folder: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { sum, name in
      var status = stat()
      return stat("\(folder)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
    }
  }

  private static func value(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
