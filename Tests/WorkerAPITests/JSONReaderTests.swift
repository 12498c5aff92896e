import Support
import Testing
import WorkerAPI

@Suite struct JSONReaderTests {
  static let values: [(text: String, value: JSON)] = [
    ("null", .null), ("true", true), (" false\r\n\t ", false), ("0", 0),
    ("-0", .number(-0.0)), ("-12", -12),
    ("1.5", 1.5), ("1e3", .number(1000)), ("-2.5E-1", -0.25), ("1E+2", .number(100)),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1e-400", .number(0)),
    ("1e400", .number(.infinity)), ("-1E999", .number(-.infinity)),
    ("123456789012345678901234567890", .number(1.2345678901234568e29)),
    ("\"\"", ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u00e9\u6F22\ud83d\uDE00""#, "é漢😀"), ("\"é漢😀\"", "é漢😀"),
    (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
    (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\n""#, "\u{FFFD}\n"),
    (#""\ud83dA""#, "\u{FFFD}A"), (#""\u0000""#, "\0"),
    ("[]", []), ("[ ]", []), ("[1, [2],{}]", [1, [2], [:]]), ("{}", [:]), ("{ }", [:]),
    (#"{"b":1,"a":{"c":null}}"#, ["b": 1, "a": ["c": .null]]),
    (#"{"":""}"#, ["": ""]),
  ]

  @Test("Each text stands for its value", arguments: values)
  func read(text: String, value: JSON) throws {
    #expect(try JSONReader.read(text) == value)
  }

  @Test(
    "A number is written as it came, but for one of more than 1,024 bytes",
    arguments: [
      "1.10", "-0", "-0.0", "0.0", "1e3", "1E+3", "-2.50e-7", "1e400", "1e-400", "100.00",
      "12345678901234567890", "-9223372036854775809", "0.30000000000000004", "0.1", "-21.5",
      "0.00001", "0.00012", "3.141592653589793238", "123456789012345.6", "1e-05", "5e-324",
    ])
  func asItCame(_ text: String) throws {
    #expect(try JSONReader.read(text).text == text)
    #expect(try JSONReader.read("[\(text),{\"a\":\(text)}]").text == "[\(text),{\"a\":\(text)}]")
    #expect(try JSONReader.read(text).double == Double(text))
  }

  @Test("Only a number that says more than its value is kept as a text")
  func kept() throws {
    let plain = ["0.5", "-12.25", "0.1", "0.30000000000000004", "0.0001", "1e-05", "2.5e+20"]
    for text in plain {
      guard case .number = try JSONReader.read(text) else {
        Issue.record("\(text) is kept")
        continue
      }
    }
    let long = "0." + String(repeating: "3", count: 1_023)
    #expect(try JSONReader.read(long).text == "0.3333333333333333")
    let longest = String(long.dropLast())
    #expect(try JSONReader.read(longest).text == longest)
  }

  @Test("Numbers are equal by their values, however they came")
  func equality() throws {
    let same = try ["1.10", "1.1", "11e-1"].map { try JSONReader.read($0) }
    #expect(Set(same) == [1.1] && same[0] != 1.2 && same[0] != "1.10")
  }

  static let refused: [(text: String, offset: Int)] = [
    ("", 0), ("  ", 2), ("nul", 3), ("nulL", 3), ("01", 1), ("-012", 2), ("-", 1), ("+1", 0),
    ("1.", 2),
    (".5", 0), ("1e", 2), ("1e+", 3), ("NaN", 0), ("Infinity", 0), ("1 2", 2),
    ("[1,]", 3), ("[1 2]", 3), ("[", 1), ("{\"a\"}", 4), ("{\"a\":}", 5), ("{\"a\":1,}", 7),
    ("{a:1}", 1), ("{", 1), ("\"", 1), ("\"a\nb\"", 2), (#""\x""#, 2), (#""\u12""#, 5),
    (#""\u12g4""#, 5), (#""\ud83d\u12""#, 11), ("'a'", 0), ("\u{FEFF}1", 0), ("[]]", 2),
    ("\u{A0}1", 0), ("1\u{2028}", 1), ("[1}", 2), ("{\"a\":1]", 6), ("[,1]", 1), ("{,}", 1),
    ("{\"a\":1 \"b\":2}", 7), ("\"\u{1F}\"", 1), ("\"\t\"", 1), ("1.e5", 2), ("--1", 1), ("- 1", 1),
    ("0x10", 1), ("True", 0), ("truefalse", 4), ("\0", 0),
  ]

  @Test("A text that is no JSON is refused where it goes wrong", arguments: refused)
  func refuse(text: String, offset: Int) {
    #expect(throws: JSONReader.Failure.unexpected(offset: offset)) { try JSONReader.read(text) }
  }

  @Test("Bytes that are not UTF-8 are replaced, and the value is kept")
  func invalid() throws {
    let bytes: [UInt8] = [0x5B, 0x22, 0x61, 0xC3, 0x22, 0x2C, 0x22, 0xFF, 0x62, 0x22, 0x5D]
    #expect(try JSONReader.read(bytes) == ["a\u{FFFD}", "\u{FFFD}b"])
  }

  @Test("2,000 levels are read and let go of, 2,001 and a million are refused")
  func depth() throws {
    func nest(_ levels: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let deepest = nest(JSONReader.depthLimit, open, close)
      let value = try JSONReader.read(deepest)
      #expect(value.text == deepest)
      #expect(try JSONReader.read(value.pretty()).text == deepest)
      for levels in [JSONReader.depthLimit + 1, 10_000] {
        #expect(throws: JSONReader.Failure.tooDeep) {
          try JSONReader.read(nest(levels, open, close))
        }
      }
      #expect(throws: JSONReader.Failure.tooDeep) {
        try JSONReader.read(String(repeating: open, count: 1_000_000))
      }
    }
  }

  @Test("Of members with the same name the last one counts, and all are kept")
  func duplicates() throws {
    let json = try JSONReader.read(#"{"a":1,"b":2,"a":3}"#)
    #expect(json["a"] == 3)
    #expect(json.text == #"{"a":1,"b":2,"a":3}"#)
    var object = try #require(json.object)
    object["a"] = nil
    #expect(object == JSONObject([("b", 2)]))
    object["b"] = 4
    object["c"] = 5
    #expect(object == JSONObject([("b", 4), ("c", 5)]))
  }

  @Test("Random bytes are read or refused, and never crash")
  func fuzz() {
    var random = Seeded(1)
    let words = Array("{}[]\",:\\u0d83enulltrueE+-.15 \n".utf8) + [0xC3, 0xFF, 0x00, 0xED, 0xA0]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
        Bool.random(using: &random)
          ? words.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      guard let value = try? JSONReader.read(bytes) else { continue }
      #expect((try? JSONReader.read(value.bytes)) == value, "\(bytes)")
    }
  }

  @Test("A megabyte of small values is read in one go", .timeLimit(.minutes(1)))
  func long() throws {
    let text = "[" + String(repeating: #"{"a":"b\n"},"#, count: 80_000) + "1]"
    #expect(try JSONReader.read(text).array?.count == 80_001)
  }

  @Test("Members that are skipped are checked and stand there as null")
  func skipping() throws {
    let text = #"{"a":{"b":[1,{"m":2}],"m":3},"m":[{"x":"}]"},[]],"n":{"m":1},"m2":1}"#
    #expect(
      try JSONReader.read(text, skipping: ["m", "x"])
        == JSONReader.read(#"{"a":{"b":[1,{"m":2}],"m":3},"m":null,"n":{"m":1},"m2":1}"#))
    #expect(try JSONReader.read(#"["m",{"m":1}]"#, skipping: ["m"]) == ["m", ["m": 1]])
    #expect(throws: JSONReader.Failure.unexpected(offset: 8)) {
      try JSONReader.read(#"{"m":[1,]}"#, skipping: ["m"])
    }
  }
}
