import Canvas
import Testing

struct WidgetTests {
  func rule(_ width: Int, left: String = "", right: String = "", unicode: Bool = true) -> String {
    var frame = Frame(size: Size(columns: 24, rows: 1))
    Rule.draw(
      into: &frame, x: 0, y: 0, width: width, left: Line(left), right: Line(right),
      unicode: unicode)
    return frame.text
  }

  @Test("A rule carries its titles and cuts them where there is no room")
  func rules() {
    #expect(rule(20, left: "left", right: "right") == "── left ─── right ──")
    #expect(rule(20, left: "left", right: "right", unicode: false) == "-- left --- right --")
    #expect(rule(20) == "────────────────────")
    #expect(rule(12, left: "a long title") == "── a lon… ──")
    #expect(rule(16, left: "left", right: "right") == "── left ─ ri… ──")
    #expect(rule(5, left: "left") == "─────")
    #expect(rule(0, left: "left") == "")
  }

  @Test("Titles are not as faint as their rule")
  func faint() {
    var frame = Frame(size: Size(columns: 20, rows: 1))
    let bold = Style(attributes: .bold)
    Rule.draw(
      into: &frame, x: 0, y: 0, width: 20, left: Line("left", bold), right: Line("right"),
      style: Style(foreground: .ansi(4), attributes: .dim), unicode: true)
    #expect(frame[0, 0].style == Style(foreground: .ansi(4), attributes: .dim))
    #expect(frame[3, 0].style == Style(foreground: .ansi(4), attributes: .bold))
    #expect(frame[12, 0].style == Style(foreground: .ansi(4)))
  }

  @Test("A vertical rule is a column of strokes inside of the frame")
  func vertical() {
    var frame = Frame(size: Size(columns: 2, rows: 3))
    Rule.vertical(into: &frame, x: 1, y: 1, height: 9, unicode: false)
    #expect(frame.text == "\n |\n |")
  }

  @Test("A sparkline shows its last values against their highest")
  func sparkline() {
    #expect(Sparkline.text([9, 0, 1, 2, 4, 8], width: 5, unicode: true) == "▁▂▃▅█")
    #expect(Sparkline.text([0, 0], width: 5, unicode: true) == "▁▁")
    #expect(Sparkline.text([0, .nan, .infinity, -3, 6], width: 9, unicode: false) == "____#")
    #expect(Sparkline.text([1], width: 0, unicode: true) == "")
  }

  @Test("A gauge is always as wide as asked")
  func gauge() {
    #expect(Gauge.text(0.5, width: 4, unicode: true) == "██  ")
    #expect(Gauge.text(0.55, width: 4, unicode: true) == "██▎ ")
    #expect(Gauge.text(7, width: 3, unicode: true) == "███")
    #expect(Gauge.text(.nan, width: 3, unicode: true) == "   ")
    #expect(Gauge.text(0.5, width: 4, unicode: false) == "##..")
    #expect(Gauge.text(-1, width: -4, unicode: false) == "")
  }

  @Test("A list moves as little as possible to show its selection")
  func scroll() {
    var scroll = Scroll(offset: 4)
    scroll.reveal(index: 6, of: 20, height: 5)
    #expect(scroll.offset == 4)
    scroll.reveal(index: 9, of: 20, height: 5)
    #expect(scroll.offset == 5)
    scroll.reveal(index: 2, of: 20, height: 5)
    #expect(scroll.offset == 2)
    scroll.reveal(index: 99, of: 20, height: 5)
    #expect(scroll.offset == 15)
    scroll.reveal(index: 1, of: 3, height: 5)
    #expect(scroll.offset == 0)
    scroll.reveal(index: 0, of: 0, height: 5)
    #expect(scroll.offset == 0)
    #expect(Scroll(offset: 40).visible(of: 20, height: 5) == 15..<20)
    #expect(Scroll(offset: -4).visible(of: 2, height: 5) == 0..<2)
    #expect(Scroll(offset: 3).visible(of: 2, height: 0) == 2..<2)
  }
}
