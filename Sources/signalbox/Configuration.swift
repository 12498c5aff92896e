import FoundationEssentials
import Glibc

/// The configuration file with what was found in it.
struct Configuration {
  var path: String
  var settings = Settings()
  var findings: [Finding] = []
  /// Where each setting stands, by its name with those above it.
  var lines: [String: Int] = [:]

  /// A missing file is an empty one unless it was asked for by name; throws `CommandFailure`.
  init(path: String, isRequired: Bool) throws {
    self.path = path
    guard FileManager.default.fileExists(atPath: path) else {
      guard isRequired else { return }
      throw CommandFailure(message: "\(path): no such file", status: CommandFailure.usage)
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(message: "\(path): cannot be read", status: CommandFailure.usage)
    }
    guard data.count <= SettingsReader.sizeLimit else {
      throw CommandFailure(
        message: "\(path): larger than \(SettingsReader.sizeLimit >> 10) KiB",
        status: CommandFailure.usage)
    }
    let reader = SettingsReader(String(decoding: data, as: UTF8.self))
    settings = reader.settings
    findings = reader.findings
    lines = reader.lines
  }

  /// The same on one line of the screen: the first of them, without the folders of its path.
  var headline: String? {
    guard let first = findings.first else { return nil }
    let name = String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    let rest = findings.count - 1
    return first.description(in: name)
      + (rest > 0 ? "; \(rest) more: 'signalbox config check'" : "")
  }

  /// What is said at the start of the console, which then goes on without those settings.
  var warnings: [String] { findings.map { $0.description(in: path) } }

  /// Throws what the console must not start with: requests could go to the wrong server.
  func refuseFatal() throws {
    guard let fatal = findings.first(where: \.isFatal) else { return }
    throw CommandFailure(
      message: fatal.description(in: path), status: CommandFailure.usage)
  }
}
