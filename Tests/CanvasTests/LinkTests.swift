import Testing

@testable import Canvas

@Suite("Links of a frame")
struct LinkTests {
  @Test("an address is one of the web, in printable ASCII, and not too long")
  func addresses() {
    #expect(Link.address("https://a.example/x?y=1#z") == "https://a.example/x?y=1#z")
    #expect(Link.address("HTTP://a.example") == "HTTP://a.example")
    #expect(
      Link.address("https://a.example/ü b\u{1B}\\\u{7}") == "https://a.example/%C3%BC%20b%1B\\%07")
    for other in ["", "javascript:alert(1)", "file:///etc/passwd", "ssh://a", "//a.example"] {
      #expect(Link.address(other) == nil, "\(other)")
    }
    let long = "https://a.example/" + String(repeating: "x", count: Link.lengthLimit)
    #expect(Link.address(long) == nil)
    #expect(Link.address(String(long.prefix(Link.lengthLimit))) != nil)
  }

  @Test("a span's link is where the span is, through wrap, cut and shift")
  func follows() {
    let line = Line([Span("see "), Span("two words", .plain, link: "https://a.example")])
    let rows = Wrap.lines(line, width: 8) + [line.cut(to: 6), line.dropping(columns: 2)]
    var frame = Frame(size: Size(columns: 20, rows: 4))
    for (y, row) in rows.enumerated() { frame.write(row, x: 1, y: y) }
    #expect(
      frame.links
        == [(5, 0, 3), (1, 1, 5), (5, 2, 2), (3, 3, 9)].map { x, y, width in
          Link("https://a.example", at: Point(x: x, y: y), width: width)
        })
  }

  @Test("the clip cuts a link, and what is filled leads nowhere")
  func covers() {
    let line = Line([Span("0123456789", .plain, link: "https://a.example")])
    var frame = Frame(size: Size(columns: 20, rows: 3))
    frame.write(line, x: 0, y: 0, in: Rect(x: 2, y: 0, width: 4, height: 1))
    #expect(frame.links == [Link("https://a.example", at: Point(x: 2, y: 0), width: 4)])
    frame.write(line, x: 0, y: 2)
    frame.fill(Rect(x: 5, y: 0, width: 1, height: 2), .plain)
    #expect(frame.links == [Link("https://a.example", at: Point(x: 0, y: 2), width: 10)])
  }

  @Test("a frame holds a hundred")
  func bound() {
    var frame = Frame(size: Size(columns: 200, rows: 1))
    for x in 0..<200 { frame.write(Line([Span("x", .plain, link: "https://a")]), x: x, y: 0) }
    #expect(frame.links.count == Frame.linkLimit)
  }
}
