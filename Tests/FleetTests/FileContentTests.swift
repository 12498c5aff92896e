import Fleet
import Testing
import WorkerAPI

@Suite("The content of a file")
struct FileContentTests {
  private func content(
    _ text: String, _ name: String = "x", _ type: String = "", isCut: Bool = false
  ) -> FileContent {
    FileContent(Array(text.utf8), name: name, mediaType: type, isCut: isCut)
  }

  @Test("is what name and type say, as far as the bytes agree")
  func kinds() {
    #expect(content("a\nb") == .text("a\nb"))
    #expect(content("# a", "A.MD") == .markdown("# a"))
    #expect(content("# a", "x", "text/markdown; charset=utf-8") == .markdown("# a"))
    #expect(content("a,b", "x", "text/csv") == .table(DelimitedText("a,b")))
    #expect(content("[1]", "x", "application/problem+json") == .json([1]))
    #expect(content("[1", "x.json") == .text("[1"))
    #expect(content("[1,{\"a\":\"b", "x.json", isCut: true) == .json([1, ["a": "b"]]))
    #expect(content("a\u{0}b", "x.md") == .bytes([0x61, 0, 0x62]))
    #expect(
      FileContent([0xFF, 0xFE], name: "x", mediaType: "", isCut: false) == .bytes([255, 254]))
    #expect(content("") == .text(""))
    #expect(content("\u{FEFF}a") == .text("a"))
  }

  @Test("a character that was cut at the end is left out, and one that is wrong makes it bytes")
  func cut() {
    let bytes = Array("näh€".utf8)
    for end in 0...bytes.count {
      let content = FileContent(Array(bytes[..<end]), name: "x", mediaType: "", isCut: true)
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
