import Support
import Testing
import WorkerAPI

@Suite struct CutJSONTests {
  static let scalars: [(text: String, value: JSON?)] = [
    ("", nil), ("  \n", nil), ("n", .null), ("nul", .null), ("t", true), ("tru", true),
    ("f", false),
    ("fals", false), ("null ", .null), ("1", 1), ("12.", 12), ("12.2", 12.2), ("-12", -12),
    ("-", nil), ("2.5e", 2.5), ("2.5e-", 2.5), ("2.5e+", 2.5), ("2.5e3", .number(2500)),
    ("-2.5E3", .number(-2500)), ("2.5E-", 2.5), ("12.e", 12), ("12.34e", 12.34), ("5e", 5),
    ("0", 0), ("0.", 0), ("-0.0", .number(-0.0)), ("1e999", .number(.infinity)), ("\"", ""),
    ("\"abc", "abc"), ("\"abc\"", "abc"),
    (#""with \"quotes\" and \\ in it"#, #"with "quotes" and \ in it"#),
    (#""with \"#, "with "), (#""\u"#, ""), (#""\u12"#, ""), (#""text \u00"#, "text "),
    (#""\u003C"#, "<"), (#""\n\t"#, "\n\t"), (#""a\ud83d"#, "a"), (#""a\ud83d\"#, "a"),
    (#""a\ud83d\ude0"#, "a"), (#""a\ud83d\ude00"#, "a😀"), (#""a\ud83dx"#, "a\u{FFFD}x"),
    (#""\ude00"#, "\u{FFFD}"), ("\"é😀", "é😀"), ("\u{FEFF}\"a", nil),
  ]

  static let arrays: [(text: String, value: JSON?)] = [
    ("[", []), ("[ ", []), ("[1", [1]), ("[1,", [1]), ("[1, ", [1]), ("[1 ", [1]), ("[-", []),
    ("[1,-", [1]), ("[1.", [1]), ("[1,2e", [1, 2]), ("[[1], [2", [[1], [2]]),
    (#"[["1"], ["2"#, [["1"], ["2"]]), ("[[false], [nu", [[false], [.null]]),
    ("[[[]], [[]", [[[]], [[]]]), ("[[{}], [{", [[[:]], [[:]]]), ("[[], 123", [[], 123]),
    ("[1, [2, 3, [", [1, [2, 3, []]]), ("[false, [true, [", [false, [true, []]]),
    (#"[1, 2, {"key": "value","#, [1, 2, ["key": "value"]]), (#"["a\"#, ["a"]), ("[]", []),
  ]

  static let objects: [(text: String, value: JSON?)] = [
    ("{", [:]), ("{ ", [:]), (#"{""#, [:]), (#"{"ke"#, [:]), (#"{"k\"#, [:]), (#"{"key""#, [:]),
    (#"{"key" "#, [:]), (#"{"key":"#, [:]), (#"{"key": "#, [:]), (#"{"key":-"#, [:]),
    (#"{"key":""#, ["key": ""]), (#"{"key":t"#, ["key": true]), (#"{"key":1"#, ["key": 1]),
    (#"{"k1": 1, "k2"#, ["k1": 1]), (#"{"k1": 1, "k2":"#, ["k1": 1]), (#"{"k1": 1,"#, ["k1": 1]),
    (#"{"key": "value"  "#, ["key": "value"]), (#"{"a":"\u12"#, ["a": ""]),
    (#"{"a": {"b": 1}, "c": {"d": 2"#, ["a": ["b": 1], "c": ["d": 2]]),
    (#"{"a": {"b": "1"}, "c": {"d": 2"#, ["a": ["b": "1"], "c": ["d": 2]]),
    (#"{"a": {"b": false}, "c": {"d": 2"#, ["a": ["b": false], "c": ["d": 2]]),
    (#"{"a": {"b": []}, "c": {"d": 2"#, ["a": ["b": []], "c": ["d": 2]]),
    (#"{"a": {"b": {}}, "c": {"d": 2"#, ["a": ["b": [:]], "c": ["d": 2]]),
    (#"{"a": {"b": {}"#, ["a": ["b": [:]]]), (#"{"key": {"subKey":"#, ["key": [:]]),
    (#"{"key": 123, "key2": {"subKey":"#, ["key": 123, "key2": [:]]),
    (#"{"key": null, "key2": {"subKey":"#, ["key": .null, "key2": [:]]),
    (#"{"key": [1, 2, {"#, ["key": [1, 2, [:]]]),
    (#"{"a": {"b": ["c", {"d": "e","#, ["a": ["b": ["c", ["d": "e"]]]]),
    (#"{"a": {"b": {"c": {"d":"#, ["a": ["b": ["c": [:]]]]),
    (#"{"a": 1, "b": ["#, ["a": 1, "b": []]),
    (#"{"a": 1, "b": {"#, ["a": 1, "b": [:]]), (#"{"a": 1, "b": ""#, ["a": 1, "b": ""]),
    (#"{"a":1.5e+3"#, ["a": .number(1500)]),
    ("{\n  \"a\": [\n    {\n      \"b\": \"n", ["a": [["b": "n"]]]),
    (
      #"{"type":"div","children":[{"type":"Card","props":{}"#,
      ["type": "div", "children": [["type": "Card", "props": [:]]]]
    ),
  ]

  static let refused: [(text: String, value: JSON?)] = [
    "x", "nulx", "01", "[01", "1.5.2", "--", "[,", "[1 2", "{,", "{a", "{1", #"{"a" 1"#, #"{"a":x"#,
    #"{"a":tx"#, #"{"a":1]"#, "[1}", #""\x"#, #""\u12g"#, "\"a\nb", "1 2", "{} {", "]", "'a",
  ].map { ($0, nil) }

  @Test(
    "A text that is cut off says what it says so far",
    arguments: scalars + arrays + objects + refused)
  func value(text: String, value: JSON?) {
    #expect(CutJSON.value(of: text) == value)
    #expect(CutJSON.value(of: Array(text.utf8)) == value)
  }

  @Test("Half a character at the end of the bytes is not shown, one in the middle is replaced")
  func bytes() {
    let quote = UInt8(ascii: "\"")
    #expect(CutJSON.value(of: [quote, 0x61, 0xC3]) == "a")
    #expect(CutJSON.value(of: [quote, 0xF0, 0x9F, 0x98]) == "")
    #expect(CutJSON.value(of: [quote, 0xF0, 0x9F, 0x98, 0x80]) == "😀")
    #expect(CutJSON.value(of: [quote, 0xC3, 0x61]) == "\u{FFFD}a")
    #expect(
      CutJSON.value(of: [quote, 0x80, 0x80, 0x80, 0x80]) == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
  }

  @Test("Every prefix of a random value's text says the beginning of it")
  func prefixes() throws {
    var random = Seeded(31)
    for _ in 0..<300 {
      let whole = RandomJSON.value(&random, depth: 0)
      for text in [whole.text, whole.pretty()] {
        let bytes = Array(text.utf8)
        for end in 0..<bytes.count {
          guard let value = CutJSON.value(of: Array(bytes[..<end])) else { continue }
          #expect(begins(whole, with: value), "\(String(decoding: bytes[..<end], as: UTF8.self))")
        }
        #expect(CutJSON.value(of: bytes) == whole)
      }
    }
  }

  /// A prefix has fewer elements or members, the last of them a prefix; texts and numbers are shorter.
  private func begins(_ whole: JSON, with part: JSON) -> Bool {
    switch (whole, part) {
    case (.string(let whole), .string(let part)):
      Array(whole.utf8).starts(with: part.utf8)
    case (.array(let whole), .array(let part)):
      part.count <= whole.count && zip(whole, part).dropLast().allSatisfy { $0 == $1 }
        && (part.last.map { begins(whole[part.count - 1], with: $0) } ?? true)
    case (.object(let whole), .object(let part)):
      part.members.count <= whole.members.count
        && zip(whole.members, part.members).dropLast().allSatisfy { $0 == $1 }
        && zip(whole.members, part.members).allSatisfy { $0.name == $1.name }
        && (part.members.last.map {
          begins(whole.members[part.members.count - 1].value, with: $0.value)
        } ?? true)
    case (.number, .number), (.number, .integer), (.integer, .integer):
      whole.text.hasPrefix(part.text) || whole == part
    default: whole == part
    }
  }

  @Test("Deep nesting that is cut off is closed to the reader's bound, and refused beyond")
  func deep() {
    for open in ["[", "{\"a\":"] {
      let deepest = CutJSON.value(of: String(repeating: open, count: JSONReader.depthLimit))
      #expect(deepest != nil)
      #expect(CutJSON.value(of: String(repeating: open, count: 100_000)) == nil)
    }
  }

  @Test("A megabyte that is cut off is read in one go", .timeLimit(.minutes(1)))
  func long() {
    let text = "{\"a\":\"" + String(repeating: #"é\n\"x"#, count: 150_000)
    let value = ["a": .string(String(repeating: "é\n\"x", count: 150_000))] as JSON
    #expect(CutJSON.value(of: text) == value)
    #expect(
      CutJSON.value(of: "[" + String(repeating: "12,", count: 300_000))?.array?.count == 300_000)
  }
}
