public import Canvas

extension Picture {
  /// One screen on a sheet.
  public struct Sample {
    var title: String
    var frame: Frame
    var paper: Paper

    public init(title: String, frame: Frame, paper: Paper) {
      self.title = title
      self.frame = frame
      self.paper = paper
    }
  }

  /// How large a sample is on its sheet, and the room around it.
  private static let (scale, gap, heading) = (0.72, 16, 24)

  /// Samples of one size side by side, each under its title; of a gray on which light and dark ones
  /// stand out.
  public static func gallery(_ samples: [Sample], columns: Int) -> String {
    guard let first = samples.first else { return document(0, 0, "") }
    let whole = size(of: first.frame)
    let step = (
      width: Int(Double(whole.width) * scale) + gap,
      height: Int(Double(whole.height) * scale) + gap + heading
    )
    let rows = (samples.count + columns - 1) / columns
    let width = step.width * min(columns, samples.count) + gap
    let height = step.height * rows + gap
    var content = "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#5c626b\"/>\n"
    for (index, sample) in samples.enumerated() {
      let x = gap + index % columns * step.width
      let y = gap + index / columns * step.height
      content += """
        <text x="\(x + 4)" y="\(y + 15)" fill="#ffffff" font-weight="bold">\(escaped(sample.title))</text>
        <g transform="translate(\(x) \(y + heading)) scale(\(scale))">
        \(corners(sample.frame, sample.paper))\(body(sample.frame, sample.paper))</g>

        """
    }
    return document(width, height, content)
  }
}
