import ArgumentParser
import Canvas
import WorkerServer

/// From the state to the cells of a picture, in memory and on one core.
struct BenchFrameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame",
    abstract: "Draws the demo after 75 seconds at three sizes, in memory and on one core.",
    discussion: """
      'frame' is a picture of what is already laid out, 'key' one after j or k, for which the output \
      of another worker is laid out first. The median of all rounds counts.
      """)

  @Option(help: "How many pictures of each kind are drawn.")
  var rounds = 200

  func validate() throws {
    guard (2...100_000).contains(rounds) else {
      throw ValidationError("the number of rounds is from 2 to 100000")
    }
  }

  func run() throws {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
      var rehearsal = try Rehearsal(
        cast: Cast.demo(seed: 1), at: 75, size: Size(columns: columns, rows: rows),
        theme: ThemeChoice("dark", own: nil).theme, isUnicode: true)
      let size = "\(columns)x\(rows)"
      let frame = median { _ in _ = rehearsal.frame }
      let key = median { round in
        rehearsal.press(.character(round % 2 == 0 ? "j" : "k"))
        _ = rehearsal.frame
      }
      for (name, seconds) in [("frame", frame), ("key", key)] {
        Output.line(
          BenchFigure(name: "\(name)-\(size)", value: seconds * 1e3, unit: "ms", digits: 3).line)
      }
    }
  }

  private func median(_ draw: (Int) -> Void) -> Double {
    let times = (0..<rounds).map { round in
      let start = ProcessUse.now.clock
      draw(round)
      return ProcessUse.now.clock - start
    }
    return times.sorted()[rounds / 2]
  }
}
