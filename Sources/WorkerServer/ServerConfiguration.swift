/// How an embedded server is set up.
public struct ServerConfiguration: Sendable {
  public var host = "127.0.0.1"
  /// 0 picks a free one.
  public var port = 0
  /// The folder of the ledger; nil keeps everything in memory and forgets it at the end.
  public var dataFolder: String?
  /// The key that every request must bear; nil asks for none.
  public var apiKey: String?
  /// Decides, with a worker's number, what its scripts say.
  public var seed: UInt64 = 1
  /// How much faster than life the scripts play.
  public var speed = 1.0
  /// The scenario of every new run; nil chooses by the instruction.
  public var scenario: String?
  /// Lines per second of the scenario `lines`.
  public var linesRate = 200.0
  /// What goes wrong on purpose.
  public var faults: [Fault] = []
  /// A request may name its own faults in `X-Signalbox-Fault`, in place of these.
  public var allowsFaultHeader = false
  /// Seconds of silence after which a stream sends a comment (protocol.md (b) rule 4).
  public var keepAliveSeconds = 15.0
  /// Seconds in which a subscriber must take 64 KiB of its stream; beyond it the connection is closed,
  /// and the client can resume after the last id.
  public var patienceSeconds = 60.0
  /// Hears of each request as it comes, with its method and its path; nil hears of none.
  public var onRequest: (@Sendable (_ method: String, _ path: String) -> Void)?

  public init() {}
}
