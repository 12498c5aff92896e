import Glibc
internal import WorkerAPI

/// Finds in a file which lines belong to which request.
struct RecordingIndex {
  private(set) var head: Recording.Head?
  private(set) var exchanges: [Recording.Exchange] = []
  private(set) var length = 0.0
  private(set) var damage: String?

  private var places: [Int: Int] = [:]
  private var lines = 0

  mutating func read(_ file: Int32, path: String) throws(RecordingError) {
    var rest: [UInt8] = []
    var searched = 0
    var offset = 0
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .unusable(path: path, reason: String(cString: strerror(errno)))
      }
      guard count > 0 else { break }
      rest += buffer[..<count]
      var start = 0
      while let end = rest[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(rest[start..<end])
        guard try take(line, at: offset + start, path) else { return }
        start = end + 1
        searched = start
      }
      rest.removeFirst(start)
      offset += start
      searched = rest.count
      guard rest.count <= Recording.lineLimit else { return spoil() }
    }
    if !rest.isEmpty, head != nil { damage = "its last line is cut" }
  }

  /// False when nothing after this line is to be read.
  private mutating func take(
    _ bytes: [UInt8], at offset: Int, _ path: String
  ) throws(RecordingError) -> Bool {
    lines += 1
    let json = try? JSONReader.read(bytes)
    guard head != nil else {
      try takeHead(json ?? .null, path)
      return true
    }
    guard let line = json.flatMap(RecordingLine.init),
      enter(line, Recording.Span(offset: offset, length: bytes.count))
    else {
      spoil()
      return false
    }
    length = max(length, line.at)
    return true
  }

  private mutating func spoil() {
    damage = "line \(lines) cannot be read; what is before it is played"
  }

  private mutating func takeHead(_ json: JSON, _ path: String) throws(RecordingError) {
    guard json["signalbox"]?.string == "recording", let version = json["version"]?.int else {
      throw .noRecording(path: path)
    }
    guard version == Recording.version else { throw .newer(path: path, version: version) }
    guard let startedAt = json["startedAt"]?.double, let server = json["server"]?.string,
      // Until the year 5138; what is beyond it no calendar here can show.
      (0..<100_000_000_000).contains(startedAt)
    else {
      throw .noRecording(path: path)
    }
    head = Recording.Head(
      startedAt: startedAt, server: server, registry: json["registry"] ?? .null)
  }

  private mutating func enter(_ line: RecordingLine, _ span: Recording.Span) -> Bool {
    if case .asked(let method, let target, _, _) = line.event {
      guard places[line.number] == nil else { return false }
      places[line.number] = exchanges.count
      exchanges.append(
        Recording.Exchange(method: method, target: target, askedAt: line.at, asked: span))
      return true
    }
    guard let place = places[line.number] else { return false }
    switch line.event {
    case .asked: return false
    case .answered:
      exchanges[place].head = span
      exchanges[place].headAt = line.at
    case .bytes: exchanges[place].chunks.append(Recording.Chunk(at: line.at, span: span))
    case .ended: exchanges[place].endAt = line.at
    case .failed(let error):
      exchanges[place].endAt = line.at
      exchanges[place].end = error
    }
    return true
  }
}
