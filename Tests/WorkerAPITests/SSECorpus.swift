import Testing
import WorkerAPI

/// Streams with what they say; most of them are the `eventsource/` tests of web-platform-tests.
struct SSECase: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var events: [ServerSentEvent]
  var lastEventID: String
  var retry: Int?

  var testDescription: String { name }

  /// Events are given as their data, of type `message` and without an id.
  init(_ name: String, _ text: String, _ data: String..., id: String = "", retry: Int? = nil) {
    self.init(name, text, data.map { ServerSentEvent(data: $0) }, id: id, retry: retry)
  }

  init(
    _ name: String, _ text: String, _ events: [ServerSentEvent], id: String = "",
    retry: Int? = nil
  ) {
    self.init(name, Array(text.utf8), events, id: id, retry: retry)
  }

  init(
    _ name: String, _ bytes: [UInt8], _ events: [ServerSentEvent], id: String = "",
    retry: Int? = nil
  ) {
    self.name = name
    self.bytes = bytes
    self.events = events
    lastEventID = id
    self.retry = retry
  }

  private typealias Event = ServerSentEvent

  static let all: [SSECase] = [
    SSECase("format-bom", "\u{FEFF}data:1\n\n\u{FEFF}data:2\n\ndata:3\n\n", "1", "3"),
    SSECase("format-bom-2", "\u{FEFF}\u{FEFF}data:1\n\ndata:2\n\ndata:3\n\n", "2", "3"),
    SSECase("a byte order mark alone", "\u{FEFF}"),
    SSECase(
      "half a byte order mark", [0xEF, 0xBB] + Array("data:1\n\ndata:2\n\n".utf8),
      [Event(data: "2")]),
    SSECase(
      "format-comments",
      "data:1\n:\0\n:\r\ndata:2\n:" + String(repeating: "x", count: 512)
        + "\rdata:3\n:data:fail\r:" + String(repeating: "x", count: 512) + "\ndata:4\n\n",
      "1\n2\n3\n4"),
    SSECase(
      "format-data-before-final-empty-line", "retry:1000\ndata:test1\n\nid:test\ndata:test2",
      "test1", retry: 1000),
    SSECase("format-field-data", "data:\n\ndata\ndata\n\ndata:test\n\n", "", "\n", "test"),
    SSECase(
      "format-field-event", "event:test\ndata:x\n\ndata:x\n\n",
      [Event(type: "test", data: "x"), Event(data: "x")]),
    SSECase("format-field-event-empty", "event: \ndata:data\n\n", "data"),
    SSECase("a type without data is forgotten", "event:test\n\ndata:x\n\n", "x"),
    SSECase(
      "format-field-id", "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
      [Event(data: "a", id: "1"), Event(data: "b", id: "1"), Event(data: "c")]),
    SSECase(
      "an id without data counts", "id:7\n\nid: 8\n: no end", [], id: "7"),
    SSECase(
      "format-field-id-null", "id: 1\ndata: a\n\nid: 2\u{0}\ndata: b\n\n",
      [Event(data: "a", id: "1"), Event(data: "b", id: "1")], id: "1"),
    SSECase(
      "an id may be any text", "id: …\ndata: a\n\n", [Event(data: "a", id: "…")], id: "…"),
    SSECase(
      "format-field-parsing",
      "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n"
        + " data:32\ndata:4\n\n",
      "\0\n 2\n1\n3\n\n4"),
    SSECase("format-field-retry", "retry:03000\ndata:x\n\n", "x", retry: 3000),
    SSECase("format-field-retry-bogus", "retry:3000\nretry:1000x\ndata:x\n\n", "x", retry: 3000),
    SSECase("format-field-retry-empty", "retry\nretry:\ndata:test\n\n", "test"),
    SSECase(
      "a retry that no number holds", "retry:5\nretry:99999999999999999999\nretry:-1\nretry: +1\n",
      retry: 5),
    SSECase("a retry with digits of another script", "retry:１\n"),
    SSECase(
      "format-field-unknown",
      "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndatax:\n\n",
      "test\n"),
    SSECase("format-leading-space", "data:\ttest\rdata: \ndata:test\n\n", "\ttest\n\ntest"),
    SSECase("format-newlines", "data:test\r\ndata\ndata:test\r\n\r", "test\n\ntest"),
    SSECase("format-null-character", "data:\0\n\n\n\n", "\0"),
    SSECase("format-utf-8", "data:ok…\n\n", "ok…"),
    SSECase(
      "bytes that are not UTF-8", Array("data:a".utf8) + [0xE2, 0x80, 0xFF] + Array("b\n\n".utf8),
      [Event(data: "a\u{FFFD}\u{FFFD}b")]),
    SSECase(
      "only LF, CR and CR LF end a line", "data:a\u{85}b\u{2028}c\u{B}d\u{C}e\n\n",
      "a\u{85}b\u{2028}c\u{B}d\u{C}e"),
    SSECase("a colon with a mark is a colon", "data:\u{301}x\n\n", "\u{301}x"),
    SSECase("all with CR", "data:1\rdata:2\r\rdata:3\r\r", "1\n2", "3"),
    SSECase("all with CR LF", "data:1\r\ndata:2\r\n\r\ndata:3\r\n\r\n", "1\n2", "3"),
    SSECase("LF CR are two ends", "data:1\n\rdata:2\n\r", "1", "2"),
    SSECase("blank lines alone", "\n\r\r\n\n"),
    SSECase(
      "event-data",
      "data:msg\ndata:msg\n\n:\n\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\n"
        + "data\n\ndata:end\n\n", "msg\nmsg", "", "end"),
    SSECase(
      "format-field-id-2", "id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n",
      [Event(data: "a", id: "1"), Event(data: "b", id: "1"), Event(data: "c", id: "2")], id: "2"),
    SSECase(
      "format-field-id-3", "id: 1\ndata: a\n\nid: 2\n\ndata: b\n\n",
      [Event(data: "a", id: "1"), Event(data: "b", id: "2")], id: "2"),
    SSECase(
      "the last id of a block counts", "id: 1\nid:2\nid:  3\ndata: a\n\n",
      [Event(data: "a", id: " 3")], id: " 3"),
    SSECase(
      "the last type of a block counts", "event:x\nevent:  y\ndata\n\n",
      [Event(type: " y", data: "")]),
    SSECase("a type that is emptied again", "event:x\nevent\ndata:a\n\n", "a"),
    SSECase(
      "names that differ", "DATA:a\ndatadata:b\ndat:c\n data:d\nID:1\nEvent:x\nretries:5\n\n"),
    SSECase("a colon in a value", "data:a:b\ndata::\ndata: : \n\n", "a:b\n:\n: "),
    SSECase("a mark within", "data:\u{FEFF}a\n\n\u{FEFF}\ndata:b\n\n", "\u{FEFF}a", "b"),
    SSECase("a mark before a blank line", "\u{FEFF}\r\n\u{FEFF}data:a\n\n"),
    SSECase("a retry with leading zeros that fits", "retry:00000000000000000000000007\n", retry: 7),
    SSECase("the largest retry", "retry:9223372036854775807\n", retry: .max),
    SSECase("a retry that is one too large", "retry:9223372036854775808\n"),
    SSECase("a retry with spaces", "retry:  7\nretry:7 \n"),
    SSECase("a retry whose line does not end", "retry:7"),
    SSECase("a retry whose line ends with CR", "retry: 7\r", retry: 7),
    SSECase("an id whose block does not end", "id: 1\ndata: a\n"),
    SSECase(
      "bytes that are not UTF-8 in an id and a type",
      Array("id:a".utf8) + [0xFF] + Array("\nevent:b".utf8) + [0xC3] + Array("\ndata:c\n\n".utf8),
      [Event(type: "b\u{FFFD}", data: "c", id: "a\u{FFFD}")], id: "a\u{FFFD}"),
    SSECase(
      "a cut character before a line end and a colon",
      Array("data:a".utf8) + [0xF0, 0x9F, 0x98, 0x0A] + Array("data".utf8) + [0xE2]
        + Array(":x\ndata:".utf8) + [0xE2, 0x82, 0x0D, 0x0A, 0x0A],
      [Event(data: "a\u{FFFD}\n\u{FFFD}")]),
    SSECase(
      "one U+FFFD for each maximal subpart",
      Array("data:".utf8) + [
        0xC0, 0x80, 0x20, 0xED, 0xA0, 0x80, 0x20, 0xF4, 0x90, 0x80, 0x80, 0x20,
      ]
        + [0xF0, 0x90, 0x80, 0x20, 0xE0, 0x80, 0x20, 0xE1, 0x80, 0xE2, 0xF5, 0x0A, 0x0A],
      [
        Event(
          data: [2, 3, 4, 1, 2, 3].map { String(repeating: "\u{FFFD}", count: $0) }.joined(
            separator: " "))
      ]),
    SSECase(
      "ids, types and retries in one", "retry: 10\nid: a\nevent: x\ndata: 1\ndata: 2\n\nid: b\n\n",
      [Event(type: "x", data: "1\n2", id: "a")], id: "b", retry: 10),
  ]
}
