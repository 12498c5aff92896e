/// Keeps reports of the cursor's position apart from keys while the terminal owes some.
///
/// At other times, and in the first row always, they are keys: xterm sends `ESC [ 1 ; 2 R` for F3
/// with shift.
struct CursorReports: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// A report that comes later than that acts as any unknown sequence does.
  static let wait = Duration.seconds(5)
  /// What may become a report is held back so long after its last byte.
  static let hold = Duration.milliseconds(250)

  /// Where the cursor was, from 1 on, in the order of the questions.
  private(set) var columns: [Int] = []
  private var wanted = 0
  private var end: Instant?
  private var report = CursorReport()
  private var lastByte: Instant?

  /// When `expire` has something to give back.
  var deadline: Instant? {
    report.bytes.isEmpty ? nil : lastByte.map { $0 + Self.hold }
  }

  /// The terminal has been asked so many times.
  mutating func expect(_ count: Int, at now: Instant) {
    wanted = count
    columns = []
    end = now + Self.wait
  }

  func isAwaited(at now: Instant) -> Bool {
    guard columns.count < wanted, let end else { return false }
    return now < end
  }

  /// What is left for the keyboard, in pieces: what was held back did not come with the rest.
  mutating func take(_ codes: [Code], at now: Instant) -> [[Code]] {
    var pieces: [[Code]] = [[]]
    var isEarlier = !report.bytes.isEmpty
    func giveBack() {
      pieces[pieces.count - 1] += report.bytes.map { Code.byte($0) }
      report = CursorReport()
      if isEarlier { pieces.append([]) }
      isEarlier = false
    }
    for code in codes {
      var reading = CursorReport.Reading.broken
      if case .byte(let byte) = code, isAwaited(at: now) || !report.bytes.isEmpty {
        reading = report.read(byte)
        if reading == .broken {
          giveBack()
          if isAwaited(at: now) { reading = report.read(byte) }
        }
      }
      switch reading {
      case .more: lastByte = now
      case .whole(let row, let column) where row > 1:
        columns.append(column)
        report = CursorReport()
        isEarlier = false
      case .whole, .broken:
        giveBack()
        pieces[pieces.count - 1].append(code)
      }
    }
    return pieces
  }

  /// What has been held back for long enough.
  mutating func expire(at now: Instant) -> [Code] {
    guard let deadline, now >= deadline else { return [] }
    defer { report = CursorReport() }
    return report.bytes.map { Code.byte($0) }
  }
}
