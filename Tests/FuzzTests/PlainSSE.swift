import WorkerAPI

/// The rules of server-sent events read word by word, on the whole stream at once and on its scalars.
struct PlainSSE: Equatable {
  var events: [ServerSentEvent] = []
  var lastEventID = ""
  var retry: Int?

  init() {}

  init(_ bytes: [UInt8]) {
    var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    var data = String.UnicodeScalarView()
    var type = ""
    var id = ""
    for line in Self.lines(scalars) {
      if line.isEmpty {
        lastEventID = id
        if !data.isEmpty {
          data.removeLast()
          events.append(
            ServerSentEvent(type: type.isEmpty ? "message" : type, data: String(data), id: id))
        }
        data = String.UnicodeScalarView()
        type = ""
        continue
      }
      guard line.first != ":" else { continue }
      let name = line.prefix { $0 != ":" }
      var value = line.dropFirst(name.count + 1)
      if value.first == " " { value = value.dropFirst() }
      let text = String(String.UnicodeScalarView(value))
      switch String(String.UnicodeScalarView(name)) {
      case "event": type = text
      case "data":
        data.append(contentsOf: value)
        data.append("\n")
      case "id": if !value.contains("\0") { id = text }
      case "retry":
        let isNumber = !value.isEmpty && value.allSatisfy { ("0"..."9").contains($0) }
        if isNumber, let number = Int(text) { retry = number }
      default: break
      }
    }
  }

  /// The lines that end; what follows the last end is no line.
  private static func lines(_ scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = []
    var line: [Unicode.Scalar] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      guard scalar == "\r" || scalar == "\n" else {
        line.append(scalar)
        continue
      }
      if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
      lines.append(line)
      line = []
    }
    return lines
  }
}
