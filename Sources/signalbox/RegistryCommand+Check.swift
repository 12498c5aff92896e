import ArgumentParser
import Registry
import WorkerAPI

extension RegistryCommand {
  struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Say where the registry is, what is in it and if it is sound.",
      discussion: "Ends with 1 when it is damaged, with 4 when there is none. Nothing is changed.")

    @OptionGroup var place: Place

    @Flag(help: "The result as JSON.")
    var json = false

    func run() throws {
      let report = try CommandFailure.naming { try Registry.check(folder: place.folder()) }
      if json {
        Output.line(report.json.text)
      } else {
        for (name, value) in report.lines {
          Output.line(name + String(repeating: " ", count: max(1, 12 - name.count)) + value)
        }
      }
      if report.isDamaged { throw ExitCode(CommandFailure.failed) }
    }
  }
}

extension RegistryReport {
  /// The tables in the order of their weight.
  private var tables: [(name: String, count: Int)] {
    ["worker", "draft", "intent", "preference"].compactMap { name in
      counts[name].map { (name + "s", $0) }
    }
  }

  private var condition: String {
    if isDamaged { return "damaged" }
    if schema == nil { return "empty" }
    return isNewer ? "newer" : "sound"
  }

  fileprivate var json: JSON {
    [
      "path": .string(path), "schema": schema.map(JSON.string) ?? .null, "known": .string(known),
      "condition": .string(condition), "size": .integer(size),
      "counts": .object(JSONObject(tables.map { ($0.name, .integer($0.count)) })),
      "unread": .integer(unread), "faults": .array(faults.map(JSON.string)),
      "copies": .array(copies.map(JSON.string)),
    ]
  }

  fileprivate var lines: [(String, String)] {
    let judgement =
      switch condition {
      case "newer": "sound, of a newer Signalbox: this one only reads it"
      case "damaged":
        "damaged: the console would set it aside and go on with the newest sound copy, if there is "
          + "one, and what can still be read"
      case "sound" where schema != known:
        "sound, of an older Signalbox: kept as a copy at the start"
      case let word: word
      }
    var lines = [
      ("path", path), ("schema", "\(schema ?? "none") (known here: \(known))"),
      ("size", "\(size) bytes"), ("condition", judgement),
    ]
    lines += tables.map { ($0.name, "\($0.count)") }
    if unread > 0 { lines.append(("unread", "\(unread) of words that are not known here")) }
    return lines + faults.map { ("fault", $0) } + copies.map { ("copy", $0) }
  }
}
