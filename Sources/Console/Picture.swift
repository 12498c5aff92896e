public import Canvas

/// A frame as a picture for README: SVG with the theme's colours.
public enum Picture {
  /// The colours of a terminal for what a theme leaves to it.
  public struct Paper: Hashable, Sendable {
    public var background: String
    public var foreground: String
    var ansi: [String]

    public static let dark = Paper(
      background: "#16161e", foreground: "#c8d0e0",
      ansi: [
        "#15161e", "#f7768e", "#9ece6a", "#e0af68", "#7aa2f7", "#bb9af7", "#7dcfff", "#a9b1d6",
        "#565f89", "#ff899d", "#b5e08a", "#f0c58a", "#96b5ff", "#ccb1ff", "#9ddcff", "#e6ebff",
      ])
    public static let light = Paper(
      background: "#fbfbf8", foreground: "#24292f",
      ansi: [
        "#24292f", "#b3261e", "#1a7f37", "#8a5a00", "#0550ae", "#7a3eb1", "#0e6f7c", "#57606a",
        "#6e7781", "#c4322a", "#2a8f47", "#9a6a10", "#1a60c0", "#8a4ec1", "#1e7f8c", "#8c959f",
      ])
  }

  static let cell = (width: 8.4, height: 18)

  /// One `text` element a run of equal style, its length fixed, so that any font keeps the columns.
  public static func svg(_ frame: Frame, paper: Paper) -> String {
    let size = size(of: frame)
    return document(size.width, size.height, corners(frame, paper) + body(frame, paper))
  }

  /// In units of the picture, with a margin around.
  static func size(of frame: Frame) -> (width: Int, height: Int) {
    (
      Int(Double(frame.size.columns) * cell.width) + 20, frame.size.rows * cell.height + 20
    )
  }

  static func document(_ width: Int, _ height: Int, _ content: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
    viewBox="0 0 \(width) \(height)" font-family="'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="14">
    \(content)</svg>

    """
  }

  /// The ground that a frame stands on.
  static func corners(_ frame: Frame, _ paper: Paper) -> String {
    let size = size(of: frame)
    let corner = frame[0, frame.size.rows - 1].style.background
    let ground = color(corner, paper) ?? paper.background
    return
      "<rect width=\"\(size.width)\" height=\"\(size.height)\" rx=\"8\" fill=\"\(ground)\"/>\n"
  }

  /// The runs of a frame.
  static func body(_ frame: Frame, _ paper: Paper) -> String {
    var output = ""
    for y in 0..<frame.size.rows {
      var x = 0
      let row = Array(frame.row(y))
      while x < row.count {
        let start = x
        let style = row[x].style
        var text = ""
        while x < row.count, row[x].style == style {
          text += row[x].glyph
          x += 1
        }
        output += run(text, start, y, x - start, style, paper)
      }
    }
    return output
  }

  private static func run(
    _ text: String, _ x: Int, _ y: Int, _ columns: Int, _ style: Style, _ paper: Paper
  ) -> String {
    let isReversed = style.attributes.contains(.reverse)
    var fill = color(style.foreground, paper) ?? paper.foreground
    var back = color(style.background, paper)
    if isReversed { (fill, back) = (back ?? paper.background, fill) }
    let left = Figures.decimal(10 + Double(x) * cell.width, 1)
    let length = Figures.decimal(Double(columns) * cell.width, 1)
    var output = ""
    if let back {
      output +=
        "<rect x=\"\(left)\" y=\"\(10 + y * cell.height)\" width=\"\(length)\" height=\"\(cell.height)\" fill=\"\(back)\"/>\n"
    }
    let trimmed = text.prefix(text.count - text.reversed().prefix { $0 == " " }.count)
    let lead = trimmed.prefix { $0 == " " }.count
    let shown = trimmed.dropFirst(lead)
    guard !shown.isEmpty else { return output }
    var attributes = ""
    if style.attributes.contains(.bold) { attributes += " font-weight=\"bold\"" }
    if style.attributes.contains(.italic) { attributes += " font-style=\"italic\"" }
    if style.attributes.contains(.dim) { attributes += " opacity=\"0.65\"" }
    if style.attributes.contains(.underline) { attributes += " text-decoration=\"underline\"" }
    let at = Figures.decimal(10 + Double(x + lead) * cell.width, 1)
    let span = Figures.decimal(Double(Width.of(String(shown))) * cell.width, 1)
    return output
      + "<text x=\"\(at)\" y=\"\(10 + y * cell.height + 13)\" textLength=\"\(span)\" lengthAdjust=\"spacingAndGlyphs\""
      + " fill=\"\(fill)\" xml:space=\"preserve\"\(attributes)>\(escaped(String(shown)))</text>\n"
  }

  private static func color(_ color: Color, _ paper: Paper) -> String? {
    switch color {
    case .terminal: nil
    case .ansi(let number): paper.ansi[Int(number & 15)]
    case .rgb(let red, let green, let blue): hex(Int(red), Int(green), Int(blue))
    case .indexed(let number) where number < 16: paper.ansi[Int(number)]
    case .indexed(let number) where number >= 232:
      {
        let level = 8 + 10 * (Int(number) - 232)
        return hex(level, level, level)
      }()
    case .indexed(let number):
      {
        let index = Int(number) - 16
        let levels = [0, 95, 135, 175, 215, 255]
        return hex(levels[index / 36], levels[index / 6 % 6], levels[index % 6])
      }()
    }
  }

  private static func hex(_ red: Int, _ green: Int, _ blue: Int) -> String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { output, character in
      switch character {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      default: output.append(character)
      }
    }
  }
}
