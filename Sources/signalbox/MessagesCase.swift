import Console
import Fleet
import FoundationEssentials
import WorkerAPI

/// One reading of a stream into a transcript, for `decode messages`.
struct MessagesCase {
  private var transcript = Transcript(bounds: .whole)
  private var errors: [JSON] = []
  private var badFrames: [JSON] = []
  private var unknownTypes: [String] = []
  private var transient: [JSON] = []
  private var isDone = false
  private var worker: Worker?
  private var frames = 0
  /// Why the reading broke off.
  private(set) var problem: String?

  static func answer(_ request: JSON) throws(DecodeCommand.BatchFailure) -> JSON {
    guard let frames = request["frames"]?.array else {
      throw DecodeCommand.BatchFailure(sentence: "\"frames\" is missing, or not an array")
    }
    var reading = MessagesCase()
    for (index, frame) in frames.enumerated() {
      guard let data = frame.string else {
        throw DecodeCommand.BatchFailure(sentence: "frame \(index) is not a string")
      }
      reading.take(WorkerEvent(data: data))
    }
    return reading.json
  }

  /// What came, in the words of the protocol, with the plain text of it.
  var json: JSON {
    [
      "messages": .array(transcript.messages), "errors": .array(errors),
      "bad_frames": .array(badFrames), "unknown_types": .array(unknownTypes.map { .string($0) }),
      "transient": .array(transient), "done": .bool(isDone),
      "worker": worker.map { ["id": .string($0.id), "status": $0.raw["status"] ?? .null] }
        ?? .null,
      "rendered": .string(TranscriptText.lines(transcript).joined(separator: "\n")),
    ]
  }

  /// The lines that a terminal of that width would show.
  func screen(width: Int?) -> [String] {
    let environment = ProcessInfo.processInfo.environment
    let columns = width ?? environment["COLUMNS"].flatMap(Int.init) ?? 80
    return TranscriptText.screen(transcript, width: min(max(columns, 20), 1000))
  }

  mutating func take(_ event: WorkerEvent) {
    let before = transcript.oddities.malformed
    transcript.apply(event, now: nil)
    if transcript.oddities.malformed != before { badFrames.append(.integer(frames)) }
    frames += 1
    switch event {
    case .error(let message): errors.append(.string(message))
    case .unknown(let type, _): if !unknownTypes.contains(type) { unknownTypes.append(type) }
    case .data(let name, let id, let value, true):
      var chunk = JSONObject([("type", .string("data-\(name)"))])
      chunk["id"] = id.map { .string($0) }
      chunk["data"] = value
      chunk["transient"] = true
      transient.append(.object(chunk))
    case .done: isDone = true
    case .snapshot(let snapshot): worker = snapshot
    default: break
    }
  }

  /// A stream of events, or a worker object as a GET gives it: that begins with a brace.
  mutating func readInput() throws(StandardInput.Failure) {
    var chunk = try StandardInput.chunk()
    var head = chunk ?? []
    while let bytes = chunk, bytes.allSatisfy(Self.isSpace) {
      chunk = try StandardInput.chunk()
      head += chunk ?? []
    }
    if head.first(where: { !Self.isSpace($0) }) == UInt8(ascii: "{") {
      return try readWorker(head)
    }
    var decoder = SSEDecoder()
    chunk = head
    while let bytes = chunk, !bytes.isEmpty {
      do throws(SSEDecoder.Overflow) {
        for event in try decoder.feed(bytes) { take(WorkerEvent(data: event.data)) }
      } catch {
        problem = "an event is larger than \(SSEDecoder.eventLimit >> 20) MiB"
        return
      }
      chunk = try StandardInput.chunk()
    }
  }

  /// Bytes of a worker object that are read.
  private static let workerLimit = 256 << 20

  private mutating func readWorker(_ head: [UInt8]) throws(StandardInput.Failure) {
    var bytes = head
    while let chunk = try StandardInput.chunk() {
      bytes += chunk
      guard bytes.count <= Self.workerLimit else {
        problem = "the object is larger than \(Self.workerLimit >> 20) MiB"
        return
      }
    }
    guard let json = try? JSONReader.read(bytes), let snapshot = Worker(json: json) else {
      problem = "the input is no event stream, and no worker object either"
      return
    }
    worker = snapshot
    for message in snapshot.messages { take(.message(message.json)) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
