import ArgumentParser
import Canvas
import WorkerAPI

/// A recording of the demo as asciinema plays it.
struct BenchCastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cast", abstract: "Records the demo in a pseudo-terminal, in asciicast form.",
    discussion: """
      Keys are a list such as '2:j 2.5:enter 4:ctrl-l': the second, and a character or one of \
      enter, escape, tab, space, up, down and ctrl with a letter.
      """)

  @Option(help: "Where to write it.")
  var output: String

  @Option(help: "COLUMNSxROWS.")
  var size = "100x30"

  @Option(help: "How long it is.")
  var seconds = 30.0

  @Option(help: "Keys and when they are pressed.")
  var keys = ""

  @Argument(parsing: .captureForPassthrough, help: "Options of the demo.")
  var options: [String] = []

  func validate() throws {
    guard (1...300).contains(seconds) else {
      throw ValidationError("the time is from 1 to 300 seconds")
    }
    for key in keys.split(separator: " ") where Stroke(key) == nil {
      throw ValidationError("no key and its second: \(key)")
    }
  }

  func run() throws {
    let sides = size.split(separator: "x").compactMap { Int($0) }
    guard sides.count == 2, sides.allSatisfy({ (10...400).contains($0) }) else {
      throw ValidationError("a size is COLUMNSxROWS, such as 100x30")
    }
    let folder = try Folders.throwAway()
    defer { Folders.remove(folder) }
    let terminal = try PseudoTerminal(
      [try BenchStation.path(), "demo"] + options,
      size: Size(columns: sides[0], rows: sides[1]), environment: BenchStation.environment(folder))
    defer { terminal.end() }
    var readings: [PseudoTerminal.Reading] = []
    for stroke in keys.split(separator: " ").compactMap(Stroke.init) where stroke.at < seconds {
      readings += terminal.readings(until: terminal.startedAt + stroke.at)
      terminal.type(stroke.text)
    }
    readings += terminal.readings(until: terminal.startedAt + seconds)
    let cast = Self.cast(readings, from: terminal.startedAt, columns: sides[0], rows: sides[1])
    do {
      try WholeFile.write(Array(cast.utf8), path: output)
    } catch {
      throw CommandFailure(message: "\(output): \(error.reason)", status: CommandFailure.failed)
    }
  }

  /// A key and the second in which it is pressed.
  private struct Stroke {
    var at: Double
    var text: String

    private static let names = [
      "enter": "\r", "escape": "\u{1B}", "tab": "\t", "space": " ", "up": "\u{1B}OA",
      "down": "\u{1B}OB",
    ]

    init?(_ word: Substring) {
      let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let at = Double(parts[0]) else { return nil }
      self.at = at
      let name = String(parts[1])
      if name.count == 1 {
        text = name
      } else if name.hasPrefix("ctrl-"), let letter = name.utf8.last, name.utf8.count == 6 {
        text = String(UnicodeScalar(letter & 0x1F))
      } else {
        guard let known = Self.names[name] else { return nil }
        text = known
      }
    }
  }

  /// Version 2 of the format: a header, then time, direction and text, each a line of JSON.
  private static func cast(
    _ readings: [PseudoTerminal.Reading], from start: Double, columns: Int, rows: Int
  ) -> String {
    let header: JSON = [
      "version": 2, "width": .integer(columns), "height": .integer(rows),
      "title": "signalbox demo", "env": ["TERM": "xterm-256color"],
    ]
    var cast = header.text + "\n"
    var rest: [UInt8] = []
    for reading in readings {
      rest += reading.bytes
      // A character may be cut by a read; the rest of it comes with the next.
      let whole = rest.count - unfinished(rest)
      let text = String(decoding: rest[..<whole], as: UTF8.self)
      rest.removeFirst(whole)
      let time = ((reading.at - start) * 1e6).rounded() / 1e6
      cast += JSON.array([.number(time), "o", .string(text)]).text + "\n"
    }
    return cast
  }

  /// How many bytes at the end begin a character that goes on.
  private static func unfinished(_ bytes: [UInt8]) -> Int {
    for length in 1...3 where length <= bytes.count {
      let byte = bytes[bytes.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return wanted > length ? length : 0
    }
    return 0
  }
}
