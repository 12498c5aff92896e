import Canvas
import Glibc
import Testing

@testable import Curses

extension TerminalTests {
  private static func report(_ column: Int) -> [Code] {
    "\u{1B}[24;\(column)R".utf8.map { Code.byte($0) }
  }

  @Test("Samples are asked about in the last row, which is drawn again in the same write")
  func sampleWidths() async throws {
    var frame = Frame(size: Size(columns: 80, rows: 24))
    frame.write("last row", x: 0, y: 23)
    let terminal = try shown(frame)
    defer { terminal.reader = KeyReader() }
    let start = lseek(terminal.output, 0, SEEK_END)
    let asked = Task { await terminal.sampleWidths(within: .seconds(30)) }
    while !terminal.reader.reports.isAwaited(at: .now) { await Task.yield() }
    let end = lseek(terminal.output, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: Int(end - start))
    pread(terminal.output, &bytes, bytes.count, start)
    let first = "\u{1B}7\u{1B}[24;1H東\u{1B}[6n\u{1B}[24;1He\u{301}\u{1B}[6n"
    #expect(bytes.starts(with: first.utf8))
    let sent = String(decoding: bytes, as: UTF8.self)
    let back = try #require(sent.firstRange(of: "\u{1B}8"))
    #expect(sent[back.upperBound...].contains("last row"))
    #expect(!sent[back.upperBound...].contains("±"))
    for column in [3, 2, 3, 2, 3, 2, 2] {
      #expect(terminal.reader.read(Self.report(column), at: .now) == [])
    }
    terminal.settleWidths(at: .now)
    let widths = await asked.value
    #expect(widths == [2, 1, 2, 1, 2, 1, 1])
  }

  @Test("What the terminal does not tell in time is nil, and told by the next look")
  func lateWidths() async throws {
    let terminal = try shown(Frame(size: Size(columns: 80, rows: 24)))
    terminal.reader = KeyReader()
    defer { terminal.reader = KeyReader() }
    let nobody = await terminal.sampleWidths(within: .zero)
    #expect(nobody == [nil, nil, nil, nil, nil, nil, nil])
    #expect(terminal.reader.read(Self.report(3), at: .now) == [])
    let end = lseek(terminal.output, 0, SEEK_END)
    let late = await terminal.sampleWidths(within: .zero)
    #expect(late == [2, nil, nil, nil, nil, nil, nil])
    #expect(lseek(terminal.output, 0, SEEK_END) == end)
    terminal.restore()
    let given = await terminal.sampleWidths(within: .zero)
    #expect(given == nil)
    try terminal.claim()
  }
}
