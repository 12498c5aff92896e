extension Doctor {
  /// What the probes saw, before anybody judged it; nil is what could not be looked at.
  public struct Facts: Sendable {
    public var terminal = Terminal()
    public var text = Text()
    public var tmux: Tmux?
    /// The console runs inside of GNU screen.
    public var isInScreen = false
    public var server = Server()
    public var files: [File] = []
    /// Names and versions of the program and its libraries.
    public var versions: [Version] = []

    public init() {}
  }

  public struct Terminal: Sendable {
    public var term = ""
    /// The entry that stands in for a TERM that the host does not know; nil where it knows it.
    public var standIn: String?
    /// The terminal can place its cursor; false for `dumb`.
    public var placesCursor = true
    public var colors = 0
    public var isDirect = false
    public var isColorRefused = false
    public var columns = 80
    public var rows = 24
    /// False where output goes to a file or a pipe: the size is not that of a terminal.
    public var isThere = true
    public var isRemote = false
    /// Milliseconds.
    public var escapeDelay = 25
    /// The terminal is told where links lead, and whether a setting says so.
    public var takesLinks = false
    public var areLinksSet = false

    public init() {}
  }

  public struct Text: Sendable {
    public var locale = ""
    public var isUnicode = true
    /// The locale that was asked for is not installed.
    public var isReplaced = false
    public var widths: [Sample] = []

    public init() {}
  }

  /// Columns of a sample as this program, the C library and the terminal count them.
  public struct Sample: Hashable, Sendable {
    public var name: String
    public var ours: Int
    public var library: Int
    /// Nil where the terminal was not asked, or did not answer.
    public var terminal: Int?

    public init(name: String, ours: Int, library: Int, terminal: Int? = nil) {
      self.name = name
      self.ours = ours
      self.library = library
      self.terminal = terminal
    }
  }

  /// Options by their names; empty where tmux did not answer.
  public struct Tmux: Sendable {
    public var version: String
    public var options: [String: String]

    public init(version: String, options: [String: String]) {
      self.version = version
      self.options = options
    }

    /// From version 3.2 on it hands a buffer to the terminal's clipboard when it is asked to.
    var offersBuffers: Bool {
      let numbers = version.drop { !$0.isNumber }.split(separator: ".").map {
        Int($0.prefix { $0.isNumber }) ?? 0
      }
      guard let major = numbers.first else { return true }
      return (major, numbers.dropFirst().first ?? 0) >= (3, 2)
    }
  }

  public struct Server: Sendable {
    public enum Reach: Sendable {
      /// Nobody was asked, for a reason.
      case notAsked(String)
      /// A harmless GET was answered after so many milliseconds.
      case answered(status: Int, milliseconds: Int)
      case failed(String)
    }

    public var address = ""
    /// Where the key comes from; never the key.
    public var key = ""
    public var reach = Reach.notAsked("")
    /// Seconds by which the server's clock is ahead of this one's.
    public var skew: Double?

    public init() {}
  }

  /// A file of this program and its state, in a word for each.
  public struct File: Sendable {
    public enum State: Sendable {
      case sound(String)
      case odd(String, advice: String)
      case damaged(String, advice: String)
    }

    public var name: String
    public var state: State

    public init(_ name: String, _ state: State) {
      self.name = name
      self.state = state
    }
  }

  public struct Version: Sendable {
    public var name: String
    public var number: String

    public init(_ name: String, _ number: String) {
      self.name = name
      self.number = number
    }
  }
}
