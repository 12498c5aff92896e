import Glibc
public import WorkerAPI

/// A recording that is read: an index of its requests; bodies stay in the file until they are asked
/// for.
///
/// The index takes 24 bytes a line. A line that cannot be read ends it, and `damage` says so.
public final class Recording: Sendable {
  public static let version = 1
  /// Bytes of one line; a longer one counts as damaged.
  static let lineLimit = 256 << 20

  public let head: Head
  /// In the order in which they left.
  public let exchanges: [Exchange]
  /// Seconds from the beginning to the last line.
  public let length: Double
  /// Where reading ended before the end, as a sentence.
  public let damage: String?

  private let file: Int32

  /// The first line.
  public struct Head: Hashable, Sendable {
    /// Seconds since 1970.
    public var startedAt: Double
    /// The server's name, without credentials.
    public var server: String
    /// The workers that were known at the start, in the form of the registry's document.
    public var registry: JSON

    public init(startedAt: Double, server: String, registry: JSON) {
      self.startedAt = startedAt
      self.server = server
      self.registry = registry
    }

    var json: JSON {
      [
        "signalbox": "recording", "version": .integer(Recording.version),
        "startedAt": .number(startedAt), "server": .string(server), "registry": registry,
      ]
    }
  }

  /// One request and what came of it.
  public struct Exchange: Sendable {
    public var method: HTTPMethod
    public var target: String
    /// Seconds since the beginning; those of the end are infinite when it is not in the recording.
    public var askedAt: Double
    public var headAt = Double.infinity
    public var endAt = Double.infinity
    public internal(set) var end: TransportError?
    var asked: Span
    var head: Span?
    var chunks: [Chunk] = []
  }

  struct Span: Sendable {
    var offset: Int
    var length: Int
  }

  struct Chunk: Sendable {
    var at: Double
    var span: Span
  }

  /// Reads the whole file once. Throws `RecordingError`.
  public init(path: String) throws(RecordingError) {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unusable(path: path, reason: String(cString: strerror(errno))) }
    var index = RecordingIndex()
    do throws(RecordingError) {
      try index.read(file, path: path)
    } catch {
      close(file)
      throw error
    }
    guard let head = index.head else {
      close(file)
      throw .noRecording(path: path)
    }
    self.file = file
    self.head = head
    exchanges = index.exchanges
    length = index.length
    damage = index.damage
  }

  deinit { close(file) }

  /// What was sent; nil when the file has changed since.
  public func body(asked exchange: Exchange) -> [UInt8]? {
    guard case .asked(_, _, _, let body) = line(exchange.asked)?.event else { return nil }
    return body
  }

  /// The head of an answer; nil when there was none.
  public func head(of exchange: Exchange) -> TransportHead? {
    guard let span = exchange.head, case .answered(let head) = line(span)?.event else { return nil }
    return head
  }

  func bytes(_ chunk: Chunk) -> [UInt8]? {
    guard case .bytes(let bytes) = line(chunk.span)?.event else { return nil }
    return bytes
  }

  /// All of an answer's body.
  public func body(of exchange: Exchange) -> [UInt8] {
    exchange.chunks.flatMap { bytes($0) ?? [] }
  }

  private func line(_ span: Span) -> RecordingLine? {
    var buffer = [UInt8](repeating: 0, count: span.length)
    var filled = 0
    while filled < span.length {
      let count = buffer.withUnsafeMutableBytes {
        pread(file, $0.baseAddress! + filled, span.length - filled, off_t(span.offset + filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      filled += count
    }
    return (try? JSONReader.read(buffer)).flatMap(RecordingLine.init)
  }
}
