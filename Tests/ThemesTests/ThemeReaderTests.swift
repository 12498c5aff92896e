import Testing
import Themes

@Suite struct ThemeReaderTests {
  @Test("A file is read with its palette, roles and lines")
  func whole() throws {
    let file = try ThemeReader.read(
      """
      name: night
      variant: light
      inherits: dark
      palette:
        ink: "#0a0B0c"
        sea: blue
      roles:
        text: ink
        worker.failed: {fg: "indexed:210", bg: "ansi:3", bold: true, dim: false, italic: true}
        match:
          underline: true
          reverse: true
          strikethrough: true
      """, fileName: "night.yaml")
    #expect(
      file
        == ThemeFile(
          fileName: "night.yaml", name: "night", variant: .light, inherits: "dark",
          palette: ["ink": .rgb(10, 11, 12), "sea": .ansi(4)],
          roles: [
            "text": ThemeFile.Role(foreground: .named("ink"), line: 8),
            "worker.failed": ThemeFile.Role(
              foreground: .color(.indexed(210)), background: .color(.ansi(3)),
              marks: ThemeStyle(bold: true, italic: true), line: 9),
            "match": ThemeFile.Role(
              marks: ThemeStyle(underline: true, reverse: true, strikethrough: true), line: 10),
          ]))
  }

  @Test(
    "Colours have their written forms",
    arguments: [
      ("default", ThemeColor.terminal), ("black", .ansi(0)), ("brightwhite", .ansi(15)),
      ("ansi:9", .ansi(9)), ("indexed:255", .indexed(255)), ("#FF8000", .rgb(255, 128, 0)),
      ("ansi:16", nil), ("indexed:256", nil), ("#fff", nil), ("#+12345", nil), ("#12345é", nil),
      ("ansi:-1", nil), ("Blue", nil), ("", nil), ("#", nil),
    ] as [(String, ThemeColor?)])
  func colors(word: String, color: ThemeColor?) {
    #expect(ThemeColor(word) == color)
  }

  @Test(
    "A mistake is told with its place",
    arguments: [
      ("name: n\nroles:\n  worker: \"#12\"", "n.yaml:3: roles.worker: unknown colour \"#12\""),
      (
        "name: n\nroles:\n  a: {fg: red,\n    bg: 'ansi:99'}",
        "n.yaml:4: roles.a: unknown colour \"ansi:99\""
      ),
      ("name: n\npalette:\n  ink: blu", "n.yaml:3: palette.ink: unknown colour \"blu\""),
      ("name: n\nvariant: dusk", "n.yaml:2: variant: \"dusk\" is none of dark, light and any"),
      ("name: n\ncolour: red", "n.yaml:2: colour: unknown key"),
      ("name: n\nroles:\n  a: {ink: red}", "n.yaml:3: roles.a.ink: unknown key"),
      (
        "name: n\nroles:\n  a: {bold: maybe}",
        "n.yaml:3: roles.a.bold: \"maybe\" is neither true nor false"
      ),
      ("name: n\nroles:\n  a: [red]", "n.yaml:3: roles.a: should be one word"),
      ("name: n\nroles: red", "n.yaml:2: roles: should be a map of keys and values"),
      ("- n", "n.yaml:1: should be a map of keys and values"),
      ("", "n.yaml: empty"),
      ("name: n\nname: m", "n.yaml:1: written twice: name"),
    ])
  func mistakes(yaml: String, description: String) {
    let error = #expect(throws: ThemeError.self) {
      try ThemeReader.read(yaml, fileName: "n.yaml")
    }
    #expect(error?.description == description)
  }

  @Test("Broken YAML names its line")
  func broken() {
    let error = #expect(throws: ThemeError.self) {
      try ThemeReader.read("name: n\nroles:\n  a: {fg: red\n", fileName: "n.yaml")
    }
    #expect(error?.line == 4)
  }

  @Test("Empty sections are as if they were not there")
  func empty() throws {
    let file = try ThemeReader.read("name: n\npalette:\nroles:\n", fileName: "n.yaml")
    #expect(file == ThemeFile(fileName: "n.yaml", name: "n", variant: .dark))
  }

  @Test("A file too large or too deep is refused")
  func bounds() {
    let large = "name: " + String(repeating: "n", count: ThemeReader.sizeLimit)
    #expect(throws: ThemeError(fileName: "n.yaml", reason: "larger than 256 kB")) {
      try ThemeReader.read(large, fileName: "n.yaml")
    }
    #expect(throws: ThemeError.self) {
      try ThemeReader.read(String(repeating: "[", count: 100_000), fileName: "n.yaml")
    }
  }

  @Test("Any change of a byte gives a theme or an error with the file's name")
  func fuzz() throws {
    let yaml = Array(
      "name: n\ninherits: dark\npalette: {ink: \"#102030\"}\nroles:\n  a: {fg: ink, bold: true}\n"
        .utf8)
    var seed: UInt64 = 5
    for _ in 0..<3_000 {
      var bytes = yaml
      for _ in 0..<3 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 20) & 0x7F
      }
      do {
        let file = try ThemeReader.read(String(decoding: bytes, as: UTF8.self), fileName: "f.yaml")
        _ = try ThemeLibrary.resolve(file)
      } catch {
        #expect(error.description.contains(".yaml"))
      }
    }
  }
}
