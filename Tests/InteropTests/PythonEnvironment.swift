import Dispatch
import FoundationEssentials
import Support

/// The packages of other people that the tests drive, as `.ci/python` installs them.
enum PythonEnvironment {
  private static let scripts = folder(of: #filePath) + "/Python"
  private static let environment =
    Child.environment([:])["SIGNALBOX_PYTHON"]
    ?? folder(of: folder(of: folder(of: #filePath))) + "/.build/python"

  static let isReady = FileManager.default.fileExists(atPath: environment + "/ready")
  static let skipped = "PyPI could not be reached (.ci/python makes .build/python from it)"

  /// Runs a script to its end, on a thread of its own.
  static func run(_ script: String, _ arguments: String...) async throws -> Child.Ending {
    let words = command(script) + arguments
    return try await waiting { try Child.run(words, environment: Child.environment([:])) }
  }

  /// Starts a script whose first line ends with an address, and answers that.
  static func serve(_ script: String) async throws -> (address: String, process: Child) {
    let child = try Child.start(command(script), environment: Child.environment([:]))
    let line = try await waiting {
      var line = ""
      while !line.contains("\n") {
        let more = child.read()
        guard !more.isEmpty else {
          child.end()
          throw Child.Failure(description: "\(script) said \(line)")
        }
        line += more
      }
      return line
    }
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let address = words.last, address.hasPrefix("http://") else {
      child.end()
      throw Child.Failure(description: "\(script) said \(line)")
    }
    return (String(address), child)
  }

  private static func command(_ script: String) -> [String] {
    ["\(environment)/bin/python", "\(scripts)/\(script)"]
  }

  /// A child is waited for outside of the threads that the server under test needs.
  private static func waiting<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "python").async { continuation.resume(with: .init(catching: work)) }
    }
  }

  private static func folder(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }
}
