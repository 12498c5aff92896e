import Canvas
public import WorkerAPI

/// What was found when terminal, link, server and files were looked at; one page.
public struct Doctor: Hashable, Sendable {
  /// What a finding means for the operator, and what to do about it.
  public enum Judgement: Hashable, Sendable {
    case ok
    case warn(advice: String)
    case bad(advice: String)

    public var word: String {
      switch self {
      case .ok: "ok"
      case .warn: "warn"
      case .bad: "bad"
      }
    }

    /// A sign for those who see no colours.
    var sign: String {
      switch self {
      case .ok: "+"
      case .warn: "?"
      case .bad: "!"
      }
    }

    public var advice: String? {
      switch self {
      case .ok: nil
      case .warn(let advice), .bad(let advice): advice
      }
    }
  }

  /// What belongs together, in the order of the page.
  public enum Section: String, Hashable, Sendable, CaseIterable {
    case terminal = "Terminal"
    case text = "Text"
    case multiplexer = "tmux and screen"
    case server = "Server"
    case files = "Files"
    case program = "Program"
  }

  public struct Finding: Hashable, Sendable {
    public var section: Section
    public var name: String
    public var value: String
    public var judgement: Judgement

    /// Values come from the environment, from files and from servers: they are cleaned here.
    init(_ section: Section, _ name: String, _ value: String, _ judgement: Judgement = .ok) {
      self.section = section
      self.name = name
      self.value = Sanitise.line(String(value.prefix(400)))
      self.judgement =
        switch judgement {
        case .ok: .ok
        case .warn(let advice): .warn(advice: Sanitise.line(String(advice.prefix(400))))
        case .bad(let advice): .bad(advice: Sanitise.line(String(advice.prefix(400))))
        }
    }
  }

  public var findings: [Finding]
  /// The figures behind the findings on widths.
  public var widths: [Sample]

  /// Something must be mended before the console can be relied on.
  public var isBad: Bool {
    findings.contains { if case .bad = $0.judgement { true } else { false } }
  }

  /// How many are not as they should be, in words.
  public var summary: String {
    let bad = findings.count { $0.judgement.word == "bad" }
    let warn = findings.count { $0.judgement.word == "warn" }
    if bad + warn == 0 { return "all is well" }
    return [(bad, "bad"), (warn, warn == 1 ? "warning" : "warnings")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  /// The page as plain lines; advice stands below what it is for.
  public var text: String {
    let width = findings.map { Width.of($0.name) }.max() ?? 0
    var text = ""
    for section in Section.allCases {
      let rows = findings.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      text += section.rawValue + "\n"
      for row in rows {
        text +=
          "  \(row.judgement.sign) " + Width.padded(row.judgement.word, to: 4) + "  "
          + Width.padded(row.name, to: width) + "  \(row.value)\n"
        if let advice = row.judgement.advice {
          text += String(repeating: " ", count: width + 12) + advice + "\n"
        }
      }
    }
    return text + "\n\(summary)\n"
  }

  public var json: JSON {
    let list = findings.map { finding -> JSON in
      [
        "section": .string(finding.section.rawValue), "name": .string(finding.name),
        "value": .string(finding.value), "judgement": .string(finding.judgement.word),
        "advice": finding.judgement.advice.map(JSON.string) ?? .null,
      ]
    }
    let samples = widths.map { sample -> JSON in
      [
        "name": .string(sample.name), "ours": .integer(sample.ours),
        "library": .integer(sample.library),
        "terminal": sample.terminal.map(JSON.integer) ?? .null,
      ]
    }
    return [
      "summary": .string(summary), "bad": .bool(isBad), "findings": .array(list),
      "widths": .array(samples),
    ]
  }
}
