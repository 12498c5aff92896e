/// A row of small bars that shows how a figure went.
public enum Sparkline {
  private static let bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let marks = ["_", ".", "-", "=", "+", "*", "#"]

  /// The last `width` values, lowest at zero and highest at their maximum or at `full` where
  /// that is more; what is not a finite positive number counts as zero.
  public static func text(
    _ values: [Double], width: Int, unicode: Bool, full: Double = 0
  ) -> String {
    let steps = unicode ? bars : marks
    let shown = values.suffix(max(0, width)).map { $0.isFinite ? max(0, $0) : 0 }
    let highest = max(full, shown.max() ?? 0)
    return shown.reduce(into: "") { text, value in
      let level = highest > 0 ? value / highest * Double(steps.count - 1) : 0
      // Upwards, so that only zero looks like zero; `rounded` would need the mathematics library.
      let whole = Int(level)
      text += steps[min(steps.count - 1, Double(whole) < level ? whole + 1 : whole)]
    }
  }
}

/// A bar that is filled in part.
public enum Gauge {
  private static let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// Always `width` columns; a fraction below zero or not a number is empty, above one is full.
  public static func text(_ fraction: Double, width: Int, unicode: Bool) -> String {
    let columns = max(0, width)
    let part = fraction.isNaN ? 0 : min(max(0, fraction), 1)
    if unicode {
      let eighths = Int(part * Double(columns) * 8 + 0.5)
      let filled = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
      return Width.padded(filled, to: columns)
    }
    let filled = Int(part * Double(columns) + 0.5)
    return String(repeating: "#", count: filled)
      + String(repeating: ".", count: columns - filled)
  }
}
