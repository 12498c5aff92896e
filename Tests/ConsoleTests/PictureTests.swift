import Canvas
import Support
import Testing

@testable import Console

@Suite("Pictures")
struct PictureTests {
  /// Checks that tags nest and that no bare sign stands between them; what is wrong, else nil.
  private func fault(in svg: String) -> String? {
    var open: [Substring] = []
    var rest = svg[...]
    while let start = rest.firstIndex(of: "<") {
      let text = rest[..<start]
      if text.contains(">") { return "a bare sign in \(text)" }
      let entities = text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
      if let bad = entities.first(where: { part in
        !["amp;", "lt;", "gt;"].contains { part.hasPrefix($0) }
      }) {
        return "a bare ampersand before \(bad)"
      }
      guard let end = rest[start...].firstIndex(of: ">") else { return "an open tag" }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.count(where: { $0 == "\"" }) % 2 == 1 { return "an open quote in \(tag)" }
      if tag.hasPrefix("/") {
        if open.popLast() != tag.dropFirst() { return "\(tag) closes something else" }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    return open.isEmpty ? nil : "\(open) is not closed"
  }

  @Test("every layout is a well-formed picture", arguments: ["dark", "light", "mono", "nord"])
  func wellFormed(_ theme: String) {
    for (columns, rows) in Shot.sizes {
      var bench = Bench(columns: columns, rows: rows)
      bench.screen.theme = Theme.builtIn(theme) ?? .plain
      let paper: Picture.Paper = theme == "light" ? .light : .dark
      #expect(fault(in: Picture.svg(bench.frame, paper: paper)) == nil)
    }
  }

  @Test("a gallery is a well-formed sheet with the title of every sample")
  func gallery() {
    let samples = ["dark", "light", "<&>"].map { name in
      var bench = Bench(columns: 60, rows: 16)
      bench.screen.theme = Theme.builtIn(name) ?? .plain
      return Picture.Sample(
        title: name, frame: bench.frame, paper: name == "light" ? .light : .dark)
    }
    let svg = Picture.gallery(samples, columns: 2)
    #expect(fault(in: svg) == nil)
    let titles = svg.split(separator: "\n").filter { $0.contains("fill=\"#ffffff\"") }
    #expect(titles.count == 3 && titles[2].contains(">&lt;&amp;&gt;</text>"))
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"802\" "))
  }

  @Test("signs of XML are escaped")
  func escapes() {
    var frame = Frame(size: Size(columns: 20, rows: 1))
    frame.write("<a & b> \"c\" &amp;", x: 0, y: 0)
    let svg = Picture.svg(frame, paper: .dark)
    #expect(svg.contains(">&lt;a &amp; b&gt; \"c\" &amp;amp;</text>"))
    #expect(fault(in: svg) == nil)
  }

  @Test("colours, reverse and attributes of a run")
  func styles() {
    var frame = Frame(size: Size(columns: 12, rows: 1))
    frame.write(
      "ab", x: 2, y: 0,
      Style(foreground: .rgb(255, 8, 0), background: .indexed(16), attributes: [.bold, .underline]))
    frame.write("cd", x: 6, y: 0, Style(foreground: .ansi(1), attributes: [.reverse, .dim]))
    let text = "textLength=\"16.8\" lengthAdjust=\"spacingAndGlyphs\" fill="
    let wanted = [
      "<rect x=\"26.8\" y=\"10\" width=\"16.8\" height=\"18\" fill=\"#000000\"/>",
      "<text x=\"26.8\" y=\"23\" \(text)\"#ff0800\" xml:space=\"preserve\" font-weight=\"bold\""
        + " text-decoration=\"underline\">ab</text>",
      "<rect x=\"60.4\" y=\"10\" width=\"16.8\" height=\"18\" fill=\"#f7768e\"/>",
      "<text x=\"60.4\" y=\"23\" \(text)\"#16161e\" xml:space=\"preserve\" opacity=\"0.65\">cd</text>",
    ]
    let lines = Picture.svg(frame, paper: .dark).split(separator: "\n").map(String.init)
    #expect(Array(lines.dropFirst(2).dropLast()) == wanted)
  }
}
