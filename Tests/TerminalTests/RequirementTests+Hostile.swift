import Fleet
import Foundation
import Registry
import Support
import Testing
import WorkerAPI

extension BinaryTests.RequirementTests {
  /// Sequences that this program has no use for, and controls that no text has.
  private static let hostile = [
    "\u{1B}[2J\u{1B}[1;1Hgone", "\u{1B}]52;c;ZXZpbA==\u{7}", "\u{1B}]0;evil\u{1B}\\",
    "\u{1B}P+q544e\u{1B}\\", "\u{9B}8mred", "\u{9D}52;c;ZXZpbA==\u{9C}", "a\u{85}b\u{8D}c",
    "\u{202E}txt.exe\u{202C}", "\u{2066}in\u{2069}\u{200F}", "bell\u{7}back\u{8}del\u{7F}\u{0}",
    "\u{1B}[8mhidden", "\u{1B}c", "\u{1B}[?1000h\u{1B}[?1049l", "\u{1B}#8", "half \u{1B}[",
    "\u{1B}]8;;http://evil.example\u{1B}\\here", "\u{1B}_pm\u{1B}\\", "line\u{2028}para\u{2029}",
    "[\u{1B}[8m](https://\u{202E}evil.example/\u{1B}]8;;)", "&#27;[8m &#x202E; &#155;2J",
  ]

  /// An answer of the API in which every text that comes from outside is this one.
  private static func answer(_ target: String, _ text: String) -> (type: String, body: String) {
    let value = JSON.string(text)
    if target.hasSuffix("/stream") {
      let events: [JSON] = [
        ["type": "start", "messageId": value],
        ["type": "reasoning-start", "id": "r"],
        ["type": "reasoning-delta", "id": "r", "delta": value],
        ["type": "reasoning-end", "id": "r"],
        ["type": "tool-input-start", "toolCallId": "c", "toolName": value],
        [
          "type": "tool-input-available", "toolCallId": "c", "toolName": value,
          "input": ["url": value],
        ], ["type": "tool-output-available", "toolCallId": "c", "output": ["k": value]],
        ["type": "source-url", "sourceId": value, "url": value, "title": value],
        ["type": "file", "url": value, "mediaType": value, "filename": value],
        ["type": "text-start", "id": "t"], ["type": "text-delta", "id": "t", "delta": value],
        [
          "type": "text-delta", "id": "t", "delta": .string("\n\n# \(text)\n\n```\n\(text)\n```\n"),
        ],
        ["type": "data-x", "id": value, "data": value], ["type": value, "x": value],
        ["type": "error", "errorText": value],
      ]
      return ("text/event-stream", events.map { "data: \($0.text)\n\n" }.joined())
    }
    if target.hasSuffix("/email") {
      let email: JSON = ["email": value]
      return ("application/json", email.text)
    }
    if target.hasSuffix("/schedules") {
      let schedule: JSON = [
        "id": value, "type": "cron", "cron": value, "input": value, "budget": value,
        "nextRunAt": 4_000_000_000,
      ]
      return ("application/json", JSON.array([schedule]).text)
    }
    let worker: JSON = [
      "id": "wrk", "object": "worker", "created_at": 1_700_000_000, "status": "running",
      "running": true, "incomplete_details": ["message": value],
      "sources": [["id": value, "title": value, "url": value]],
      "files": [["filename": value, "mediaType": value, "url": value]],
    ]
    return ("application/json", worker.text)
  }

  @Test("requirement 5: of hostile text, in whatever field, no byte acts on the terminal")
  func filtersBytes() async throws {
    let workshop = try Workshop()
    let state = "\(workshop.folder)/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    do {
      let registry = try Registry.open(folder: state)
      try await registry.keep(
        Self.hostile.enumerated().map { number, text in
          .worker(
            KnownWorker(
              id: "wrk\(number)", title: text, instruction: text, budget: .other(text),
              addedAt: Double(number)))
        })
    }
    let server = try LoopbackServer { connection in
      let request = try connection.readRequest()
      let words = request.line.split(separator: " ")
      let target = words.count > 1 ? String(words[1]) : ""
      let number = target.firstMatch(of: /wrk([0-9]+)/).flatMap { Int($0.1) } ?? 0
      let text = Self.hostile[number % Self.hostile.count]
      guard words.first == "GET" else {
        let refusal: JSON = ["error": ["message": .string(text)]]
        return try connection.answer(
          "422 No", headers: ["Content-Type: application/json"], refusal.text)
      }
      let (type, body) = Self.answer(target, text)
      try connection.answer(headers: ["Content-Type: \(type)", "Connection: close"], body)
    }
    let terminal = try PseudoTerminal(
      ["--state", state],
      environment: ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": server.base], columns: 120,
      rows: 40)
    try terminal.read(until: "LIVE")
    var bytes = ""
    func press(_ keys: [String]) {
      for key in keys {
        terminal.write(key)
        bytes += terminal.readings(for: 0.06).map(\.text).joined()
      }
    }
    press(["1", "g"])
    for _ in Self.hostile {
      press(["2", "x", "3", "4", "5", "6", "i", "r", "\u{3}", "3", "\r", "\u{3}", "1", "j"])
    }
    press(["c", "a", "\r", "\u{3}", "@", "\u{3}", "D", "n", "T", "\u{3}", "\u{10}", "\u{3}", "O"])
    terminal.write("\u{3}")
    bytes += terminal.readings(for: 1).map(\.text).joined()
    #expect(bytes.utf8.count > 20_000)
    // What looks for foreign bytes finds each of these.
    for text in Self.hostile where !text.hasPrefix("&#") { #expect(!Self.foreign(text).isEmpty) }
    let foreign = Self.foreign(bytes)
    #expect(foreign.isEmpty, "\(foreign.prefix(10).map { $0.debugDescription })")
  }

  /// What is no text and none of the sequences that this program draws with.
  private static func foreign(_ bytes: String) -> [String] {
    let own =
      /\x1b(\[[0-9;]*[ABCDGHKPXbdm@rLMST]|\[J|\(B|[=>78M]|\[\?(25|2026|12|1|2004)[hl]|\[2[23];[02](;0)?t|\]2;[^\x00-\x1f\x7f-\x9f]*\x07)/
    var rest = bytes.replacing(own) { match in
      // Nobody's text is drawn hidden or blinking.
      let isHidden = match.0.hasSuffix("m") && match.0.firstMatch(of: /[\[;][58](;|m)/) != nil
      return isHidden && !match.0.contains("38;") && !match.0.contains("48;") ? "\u{1}" : ""
    }
    rest.removeAll { ["\r", "\n", "\r\n", "\u{8}"].contains($0) }
    var found: [String] = []
    for (index, scalar) in rest.unicodeScalars.enumerated() where isForbidden(scalar) {
      let around = rest.unicodeScalars.dropFirst(max(0, index - 5)).prefix(20)
      found.append(String(String.UnicodeScalarView(around)))
    }
    return found
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
