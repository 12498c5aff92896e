import Canvas
import Glibc

/// A program that people follow a growing file with, beside ours on the same text.
enum BenchViewer: String, CaseIterable {
  case less, lnav

  /// Nil where it is not installed.
  var path: String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(rawValue)" }.first {
      access($0, X_OK) == 0
    }
  }

  /// Keys that it answers while it follows; `less` reads none before its following is broken off.
  var keys: [String]? { self == .lnav ? [":", "\u{3}"] : nil }

  private var options: [String] { self == .less ? ["+F"] : [] }

  func start(_ file: String, size: Size, environment: [String: String]) throws -> PseudoTerminal {
    guard let path else {
      throw CommandFailure(message: "\(rawValue) is not installed", status: CommandFailure.failed)
    }
    return try PseudoTerminal([path] + options + [file], size: size, environment: environment)
  }
}

/// The file that viewers follow: as many lines, of the same length, as our worker writes.
final class BenchFile {
  let folder: String
  let path: String
  private let descriptor: Int32
  private var count = 0

  init(lines: Int) throws {
    folder = try Folders.throwAway()
    path = "\(folder)/worker.log"
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    append(lines)
  }

  func append(_ lines: Int) {
    let text = (count..<(count + lines)).map { number in
      "line \(number) "
        + "before the shift begins, look at the loading ramp of hall B and write down "
        .prefix(60 + number * 7 % 40) + "\n"
    }
    Output.write(text.joined(), to: descriptor)
    count += lines
  }

  /// Reads what a viewer writes while lines come at a rate, a batch every thirtieth of a second.
  func feed(
    _ terminal: PseudoTerminal, rate: Double, seconds: Double
  ) -> [PseudoTerminal.Reading] {
    let start = ProcessUse.now.clock
    var readings: [PseudoTerminal.Reading] = []
    var given = 0
    while case let time = ProcessUse.now.clock - start, time < seconds {
      let due = Int(time * rate)
      append(due - given)
      given = due
      readings += terminal.readings(until: ProcessUse.now.clock + max(1 / 30, 1 / rate))
    }
    return readings
  }

  func close() {
    Glibc.close(descriptor)
    Folders.remove(folder)
  }
}
