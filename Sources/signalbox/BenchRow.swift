/// A row of the table: what was measured, what it may be at most, and what other programs take.
struct BenchRow {
  /// What is measured.
  enum Name: String, CaseIterable {
    case idleBytes = "idle-bytes"
    case idleProcessor = "idle-cpu"
    case followBytes = "follow-50-bytes"
    case followProcessor = "follow-50-cpu"
    case floodBytes = "follow-2000-bytes"
    case floodProcessor = "follow-2000-cpu"
    case floodMedian = "follow-2000-key-median"
    case floodKey = "follow-2000-key-99"
    case line = "appended-line"
    case firstByte = "first-byte"
    /// Of all threads, until that frame.
    case firstProcessor = "first-frame-cpu"
    case firstFrame = "first-frame"
    /// What is resident once all was looked at, and the most that was at any moment.
    case memory = "memory"
    case memoryPeak = "memory-peak"

    var unit: String {
      switch self {
      case .idleBytes, .line: "bytes"
      case .followBytes, .floodBytes: "kB/s"
      case .idleProcessor, .followProcessor, .floodProcessor: "%-of-a-core"
      case .floodMedian, .floodKey, .firstByte, .firstFrame, .firstProcessor: "ms"
      case .memory, .memoryPeak: "MB"
      }
    }

    /// Nil where the figure only explains another one.
    var limit: Double? {
      switch self {
      case .idleBytes: 0
      case .idleProcessor: 0.1
      case .followBytes: 8
      case .followProcessor: 3
      case .floodBytes: 20
      case .floodProcessor: 10
      case .floodKey: 10
      case .line: 400
      case .firstFrame: 60
      case .memory: 60
      case .floodMedian, .firstByte, .firstProcessor, .memoryPeak: nil
      }
    }

    fileprivate var digits: Int {
      switch self {
      case .idleBytes, .line: 0
      case .idleProcessor, .floodMedian, .floodKey: 2
      default: 1
      }
    }
  }

  var name: Name
  var value: Double
  var beside: [BenchViewer: Double] = [:]

  static let heading = columns(
    ["name", "value", "unit", "limit", "", "less +F", "lnav"])

  /// `name value unit`, the limit and whether it is kept, then the same figure of the others.
  var line: String {
    let limit = name.limit
    return Self.columns(
      [
        name.rawValue, text(value), name.unit, limit.map { $0.formattedBriefly } ?? "-",
        limit.map { value <= $0 ? "ok" : "over" } ?? "-",
      ] + BenchViewer.allCases.map { beside[$0].map(text) ?? "-" })
  }

  private func text(_ value: Double) -> String {
    String(
      BenchFigure(name: "", value: value, unit: "", digits: name.digits).line.dropFirst(1).dropLast(
        1))
  }

  private static func columns(_ words: [String]) -> String {
    let widths = [24, 9, 12, 6, 5, 9, 9]
    var line = ""
    for (index, (word, width)) in zip(words, widths).enumerated() {
      let blanks = String(repeating: " ", count: max(0, width - word.count))
      let isLeft = [0, 2, 4].contains(index)
      line += (isLeft ? word + blanks : blanks + word) + " "
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension Double {
  /// Without a point where there is nothing behind it.
  fileprivate var formattedBriefly: String {
    self == rounded() ? String(Int(self)) : String(self)
  }
}
