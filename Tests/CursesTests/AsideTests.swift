import Canvas
import Glibc
import Testing

@testable import Curses

/// What the terminal is told beside the frames, on the scratch file of the suite of the terminal.
extension TerminalTests {
  /// What was written while something was done, behind a frame with one letter.
  func written(_ work: (Terminal) throws -> Void) throws -> String {
    let terminal = try Self.terminal.get()
    try terminal.claim()
    var frame = Frame(size: Size(columns: 80, rows: 24))
    frame.write("x", x: 0, y: 0, .plain)
    terminal.present(frame)
    return try following(work)
  }

  /// What was written while something was done.
  func following(_ work: (Terminal) throws -> Void) throws -> String {
    let terminal = try Self.terminal.get()
    let start = lseek(terminal.output, 0, SEEK_END)
    try work(terminal)
    let end = lseek(terminal.output, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: Int(end - start))
    let count = pread(terminal.output, &bytes, bytes.count, start)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  @Test("A title is pushed once, set, set again after a suspend, and taken back at the end")
  func titles() throws {
    let first = try written { terminal in
      terminal.say([.title("signalbox 1 run")])
      terminal.present(terminal.wanted ?? Frame(size: terminal.size))
    }
    #expect(first == "\u{1B}[22;2t\u{1B}]2;signalbox 1 run\u{07}")
    let second = try written { terminal in
      terminal.say([.title("signalbox 2 run")])
      terminal.flushAsides()
    }
    #expect(second == "\u{1B}]2;signalbox 2 run\u{07}")
    let away = try written { terminal in
      terminal.giveBack()
      terminal.reclaim()
    }
    let pop = try #require(away.firstRange(of: "\u{1B}]2;\u{07}\u{1B}[23;2t"))
    let push = try #require(away.firstRange(of: "\u{1B}[22;2t\u{1B}]2;signalbox 2 run\u{07}"))
    #expect(pop.upperBound <= push.lowerBound)
    let end = try written { $0.restore() }
    #expect(end.contains("\u{1B}]2;\u{07}\u{1B}[23;2t"))
    try Self.terminal.get().title = nil
  }

  @Test("Bell and notification go out with the frame, and no text can end them")
  func news() throws {
    let hostile = "a\u{1B}\\b\u{07}c\u{9C}d\u{1B}]52;c;eA==\u{07}"
    let shown = try written { terminal in
      terminal.say([
        .bell, .notification(hostile, .osc9), .notification("4;x", .osc777),
      ])
      terminal.present(terminal.wanted ?? Frame(size: terminal.size))
    }
    #expect(
      shown == "\u{07}\u{1B}]9;a \\b c d ]52;c;eA== \u{07}\u{1B}]777;notify;signalbox;4;x\u{07}")
    let title = try written { terminal in
      terminal.say([.title(hostile)])
      terminal.flushAsides()
    }
    #expect(title == "\u{1B}[22;2t\u{1B}]2;a \\b c d ]52;c;eA== \u{07}")
    try Self.terminal.get().restore()
    try Self.terminal.get().title = nil
  }

  @Test("The mouse is reported only while it is on, and never in another's hands")
  func mouse() throws {
    let on = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
    let off = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"
    let begun = try written { #expect($0.setMouse(true)) }
    #expect(begun == on)
    let away = try written { terminal in
      terminal.giveBack()
      terminal.reclaim()
    }
    let left = try #require(away.firstRange(of: off))
    let back = try #require(away.firstRange(of: on))
    #expect(left.upperBound <= back.lowerBound)
    let ended = try written { #expect($0.setMouse(false)) }
    #expect(ended == off)
    let quiet = try written { terminal in
      terminal.giveBack()
      terminal.reclaim()
    }
    #expect(!quiet.contains("h\u{1B}[?1002h"))
  }

  @Test("A copy is one write of one sequence")
  func copies() async throws {
    let terminal = try Self.terminal.get()
    try terminal.claim()
    let start = lseek(terminal.output, 0, SEEK_END)
    #expect(await terminal.copy("foobar\u{1B}") == .terminal(.bare))
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = pread(terminal.output, &bytes, bytes.count, start)
    #expect(bytes.prefix(max(0, count)) == Array("\u{1B}]52;c;Zm9vYmFyGw==\u{07}".utf8)[...])
  }
}
