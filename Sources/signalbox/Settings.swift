import Console
import Fleet
import WorkerAPI

/// What the configuration file says; every setting is optional.
struct Settings: Equatable {
  /// One server: what may stand at the top level and in a profile.
  struct Server: Equatable {
    var baseURL: String?
    var key: KeySource?
    var state: String?
    var theme: String?
    var ceilings: Ceilings?
  }

  var server = Server()
  var isSlow = false
  var isASCII = false
  var isMouseOn = false
  var attention = AttentionRules()
  /// Whether the terminal is told where links lead; nil where it is known to take them.
  var links: Bool?
  /// What moves without need stands still.
  var isReduced = false
  /// Milliseconds that are waited for the rest of an escape sequence; nil leaves it to the link.
  var escapeDelay: Int?
  /// The key table, with what the file changes of it.
  var keymap = Keymap.standard
  /// Streams that are followed at once.
  var followed: Int?
  /// The profile that is used when none is asked for.
  var profile: String?
  var profiles: [String: Server] = [:]

  static let serverKeys = ["base_url", "key", "state", "theme", "ceilings"]
  static let keys =
    serverKeys + [
      "slow", "ascii", "links", "motion", "escape_delay", "keys", "mouse", "attention", "followed",
      "profile", "profiles",
    ]
  static let keyKeys = ["env", "file", "command"]
  static let ceilingKeys = ["worker", "day", "month", "fleet"]
  static let followRange = 1...64
  /// Below it no sequence arrives whole; above it Esc seems dead.
  static let escapeRange = 5...1000
}

/// Where an API key is; the key itself never stands in the configuration.
enum KeySource: Equatable {
  case environment(String)
  case file(String)
  case command(String)
}

/// What is wrong with the configuration, and where.
struct Finding: Equatable {
  enum Severity: String { case warning, error }

  /// From 1.
  var line: Int
  var severity: Severity
  var text: String
  /// With it the console must not start: its requests, or its key, could go to the wrong server.
  var isFatal = false

  func description(in path: String) -> String { "\(path):\(line): \(text)" }
}
