import Fleet
import Testing
import WorkerAPI

@Suite("The content of a file")
struct FileContentTests {
  private func content(
    _ text: String, _ name: String = "x", _ type: String = "", isCut: Bool = false
  ) -> FileContent {
    FileReading(Array(text.utf8), name: name, mediaType: type, isCut: isCut).content
  }

  @Test("is what name and type say, as far as the bytes agree")
  func kinds() {
    #expect(content("a\nb") == .text("a\nb"))
    #expect(content("# a", "A.MD") == .markdown("# a"))
    #expect(content("# a", "x", "text/markdown; charset=utf-8") == .markdown("# a"))
    #expect(content("a,b", "x", "text/csv") == .table(DelimitedText("a,b")))
    #expect(content("[1]", "x", "application/problem+json") == .json([1]))
    #expect(content("[1", "x.json") == .text("[1"))
    #expect(
      content("[1,{\"a\":\"b", "x.json", isCut: true)
        == .json([1, ["a": "b"]]))
    #expect(content("a\u{0}b", "x.md") == .bytes([0x61, 0, 0x62]))
    #expect(
      FileReading([0xFF, 0xFE], name: "x", mediaType: "", isCut: false)
        == reading(.bytes([255, 254]), "no text: its bytes"))
    #expect(content("") == .text(""))
    #expect(content("\u{FEFF}a") == .text("a"))
  }

  private func reading(_ content: FileContent, _ note: String? = nil) -> FileReading {
    var reading = FileReading([], name: "x", mediaType: "", isCut: false)
    (reading.content, reading.note) = (content, note)
    return reading
  }

  private func read(
    _ bytes: [UInt8], _ name: String = "x", _ type: String = "text/plain", isCut: Bool = false
  ) -> FileReading {
    FileReading(bytes, name: name, mediaType: type, isCut: isCut)
  }

  @Test("a text in another encoding is read where a mark or its type says that it is one")
  func encodings() {
    let little: [UInt8] = [0xFF, 0xFE, 0x6E, 0, 0xE4, 0, 0x68, 0, 0x3D, 0xD8, 0, 0xDE]
    let big: [UInt8] = [0xFE, 0xFF, 0, 0x61, 0, 0x2C, 0, 0x62]
    #expect(read(little) == reading(.text("näh😀"), "read as UTF-16"))
    #expect(read(Array(little.dropLast(2)), isCut: true) == reading(.text("näh"), "read as UTF-16"))
    #expect(
      read(big, "x.csv", "") == reading(.table(DelimitedText("a,b")), "read as UTF-16"))
    let latin: [UInt8] = [0x6E, 0xE4, 0x68, 0x20, 0x80]
    #expect(read(latin) == reading(.text("näh €"), "no UTF-8: read as Latin-1"))
    #expect(read(latin, "x.bin", "application/octet-stream").note == "no text: its bytes")
    #expect(read([0, 1] + latin).note == "no text: its bytes")
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    #expect(
      read(mark + Array("[1]".utf8), "x.json") == reading(.json([1])))
  }

  @Test("what is no JSON says where it goes wrong, and lines of JSON are one tree")
  func faults() {
    #expect(
      read(Array("{\"a\":\n 1,,}".utf8), "x", "application/json")
        == reading(.text("{\"a\":\n 1,,}"), "not valid JSON (line 2, column 4)"))
    let deep = String(repeating: "[", count: 3_000) + String(repeating: "]", count: 3_000)
    #expect(read(Array(deep.utf8), "x.json").note == "nested too deeply for a tree")
    let lines = "{\"a\":1.10}\n\n[2]\r\n"
    let tree = FileContent.json([["a": 1.1], [2]])
    #expect(read(Array(lines.utf8), "x.jsonl") == reading(tree))
    #expect(read(Array(lines.utf8), "x", "application/x-ndjson") == reading(tree))
    #expect(
      read(Array((lines + "{\"b\":").utf8), "x.jsonl", isCut: true)
        == reading(.json([["a": 1.1], [2], [:]])))
    #expect(
      read(Array((lines + "{").utf8), "x.ndjson").note == "not valid JSON (line 4, column 2)")
  }

  @Test(
    "an SVG is shown as it is written, with its size where its first tag says",
    arguments: [
      ("<svg width=\"640\" height='480' viewBox=\"0 0 1 1\">", ", 640 x 480"),
      ("<?xml?>\n<svg font=\"'a b'\" viewBox = \"0 0 24 24\"/>", ", view box 0 0 24 24"),
      ("<svg>", ""), ("<p width=\"1\" height=\"2\">", ""), ("<svg width=", ""),
    ])
  func drawings(_ text: String, _ size: String) {
    #expect(
      read(Array(text.utf8), "x", "image/svg+xml")
        == reading(.text(text), "source of an SVG image" + size))
  }

  @Test("a character that was cut at the end is left out, and one that is wrong makes it bytes")
  func cut() {
    let bytes = Array("näh€".utf8)
    for end in 0...bytes.count {
      let content = FileReading(Array(bytes[..<end]), name: "x", mediaType: "", isCut: true).content
      guard case .text(let text) = content else {
        Issue.record("\(end): \(content)")
        continue
      }
      #expect("näh€".hasPrefix(text))
    }
  }

  @Test(
    "a delimited text is read as RFC 4180 says, and leniently",
    arguments: [
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a;b\n1;\"x;y\"", [["a", "b"], ["1", "x;y"]]),
      ("a\tb", [["a", "b"]]), ("\"a\"\"b\",\"c\nd\"", [["a\"b", "c\nd"]]),
      ("a,,\n,", [["a", "", ""], ["", ""]]),
      ("\"open,\n1", [["open,\n1"]]), ("a\"b\"c,d", [["a\"b\"c", "d"]]),
      ("\"a\"b,c", [["ab", "c"]]),
      ("\n\na", [["a"]]), ("", []), ("\"\"", [[""]]), ("a\rb", [["a"], ["b"]]),
    ])
  func tables(_ text: String, _ rows: [[String]]) {
    #expect(DelimitedText(text).rows == rows)
    #expect(!DelimitedText(text).isCut)
  }

  @Test("a delimited text has bounds")
  func bounds() {
    let rows = DelimitedText(String(repeating: "a\n", count: 6_000))
    #expect((rows.rows.count, rows.isCut) == (DelimitedText.rowLimit, true))
    let columns = DelimitedText(String(repeating: "a,", count: 300))
    #expect((columns.rows[0].count, columns.isCut) == (DelimitedText.columnLimit, true))
    let cell = DelimitedText(String(repeating: "é", count: 3_000))
    #expect((cell.rows[0][0].count, cell.isCut) == (DelimitedText.cellLimit, true))
  }

  @Test("an image says its size in its head, and half a head is no error")
  func images() {
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [
        0, 0, 2, 128, 0, 0, 1, 224,
      ]
    let gif = Array("GIF89a".utf8) + [10, 0, 20, 1]
    let jpeg: [UInt8] = [
      0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 11, 8, 1, 0, 2, 0, 3,
    ]
    let lossless = Array("RIFF____WEBPVP8L____".utf8) + [0x2F, 0xFF, 0xC0, 0x3F, 0]
    let extended = Array("RIFF____WEBPVP8X________".utf8) + [1, 0, 0, 2, 0, 0]
    let lossy = Array("RIFF____WEBPVP8 __________".utf8) + [0x40, 1, 0xF0, 0]
    for (bytes, format, width, height) in [
      (png, ImageFacts.Format.png, 640, 480), (gif, .gif, 10, 276), (jpeg, .jpeg, 512, 256),
      (lossless, .webp, 256, 256), (extended, .webp, 2, 3), (lossy, .webp, 320, 240),
    ] {
      let facts = ImageFacts(bytes)
      #expect(facts?.format == format)
      #expect((facts?.width, facts?.height) == (width, height), "\(format)")
      for end in 0..<bytes.count { _ = ImageFacts(Array(bytes[..<end])) }
    }
    #expect(ImageFacts(Array("plain".utf8)) == nil)
  }
}
