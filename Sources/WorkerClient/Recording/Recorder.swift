import Glibc
internal import WorkerAPI

/// Writes a recording: JSON lines, for this user only, never over a file that is there.
///
/// Who records waits for the file, so nothing piles up in memory. When the file cannot be written
/// or has reached its bound the recording ends with a sentence, and what is recorded goes on.
public actor Recorder {
  /// Bytes of a recording; at the bound it ends.
  public static let limit = 1 << 30
  /// Bytes of a body in one line.
  static let piece = 64 << 10

  /// Why the recording ended before its time, at most once.
  public nonisolated let notices: AsyncStream<String>

  private nonisolated let report: AsyncStream<String>.Continuation
  private let file: Int32
  private let path: String
  private let limit: Int
  private let elapsed: @Sendable () -> Double
  private var secrets: [String]
  private var blank: Redactor
  private var open: [Int: Redactor] = [:]
  private var count = 0
  private var written = 0
  private var isOver = false

  /// Creates the file and writes its first line.
  ///
  /// `secrets` stand nowhere in it, nor do headers that carry credentials; `elapsed` gives seconds
  /// since the beginning. Throws `RecordingError`.
  public init(
    path: String, head: Recording.Head, secrets: [String], limit: Int = Recorder.limit,
    elapsed: @escaping @Sendable () -> Double
  ) throws(RecordingError) {
    file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw errno == EEXIST
        ? .exists(path: path) : .unusable(path: path, reason: String(cString: strerror(errno)))
    }
    self.path = path
    self.limit = limit
    self.elapsed = elapsed
    self.secrets = secrets
    blank = Redactor(secrets: secrets)
    (notices, report) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    let line = Array((blank.text(head.json.text) + "\n").utf8)
    do {
      try Self.write(line, to: file)
    } catch {
      close(file)
      throw .unusable(path: path, reason: error.reason)
    }
    written = line.count
  }

  deinit {
    close(file)
    report.finish()
  }

  /// Nothing more is written, also not of what is open.
  public func finish() {
    isOver = true
    report.finish()
  }

  /// One more secret; what is open already may still hold it, as it was sent before it was known.
  func hide(_ secret: String) {
    secrets.append(secret)
    blank = Redactor(secrets: secrets)
  }

  /// A request leaves; the answer is its number.
  func asked(_ request: TransportRequest) -> Int {
    count += 1
    open[count] = blank
    var body = blank
    add(
      count,
      .asked(
        method: request.method, target: blank.text(request.target.text),
        headers: redacted(request.headers), body: request.body.map { body.pass($0) + body.finish() }
      ))
    return count
  }

  func answered(_ number: Int, _ head: TransportHead) {
    guard open[number] != nil else { return }
    add(number, .answered(TransportHead(status: head.status, headers: redacted(head.headers))))
  }

  func took(_ number: Int, _ bytes: [UInt8]) {
    guard var redactor = open.removeValue(forKey: number) else { return }
    write(number, redactor.pass(bytes))
    open[number] = redactor
  }

  /// The body is over, or (an error) there will be no more of it; further ends are not heard.
  func ended(_ number: Int, _ error: TransportError? = nil) {
    guard var redactor = open.removeValue(forKey: number) else { return }
    write(number, redactor.finish())
    add(number, error.map { .failed($0) } ?? .ended)
  }

  private func write(_ number: Int, _ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      add(number, .bytes(Array(rest.prefix(Self.piece))))
      rest = rest.dropFirst(Self.piece)
    }
  }

  private func add(_ number: Int, _ event: RecordingLine.Event) {
    guard !isOver else { return }
    let line = RecordingLine(at: elapsed(), number: number, event).json.bytes + [UInt8(ascii: "\n")]
    guard written + line.count <= limit else {
      return end("it has reached \(limit >> 20) MiB")
    }
    do throws(Failure) {
      try Self.write(line, to: file)
      written += line.count
    } catch {
      end(error.reason)
    }
  }

  private func end(_ reason: String) {
    isOver = true
    report.yield("the recording ends here, \(path) keeps what came before: \(reason)")
    report.finish()
  }

  /// Credentials that a gateway adds are none of ours, but they are secrets all the same.
  private func redacted(_ headers: [HTTPHeader]) -> [HTTPHeader] {
    headers.map { header in
      let isSecret = Self.secretNames.contains(header.name.lowercased())
      return HTTPHeader(
        blank.text(header.name),
        isSecret ? String(decoding: Redactor.mark, as: UTF8.self) : blank.text(header.value))
    }
  }

  private static let secretNames: Set<String> = [
    "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key",
    "www-authenticate", "proxy-authenticate",
  ]

  private struct Failure: Error {
    var reason: String
  }

  private static func write(_ bytes: [UInt8], to file: Int32) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(reason: String(cString: strerror(errno))) }
      rest = rest.dropFirst(count)
    }
  }
}
