import Console
import Fleet
import WorkerAPI
import Yams

/// Reads the text of a configuration file; what cannot be used is a finding, and the default stays.
struct SettingsReader {
  /// Bytes of a file; a larger one is not read.
  static let sizeLimit = 256 << 10

  var settings = Settings()
  private(set) var findings: [Finding] = []
  /// Where each setting stands, by its name with those above it.
  var lines: [String: Int] = [:]

  init(_ text: String) {
    do {
      guard let node = try Yams.compose(yaml: text) else { return }
      guard case .mapping(let mapping) = node else {
        // A file of comments is an empty text.
        if node.scalar?.string.isEmpty != true { error(node, "not a list of 'key: value'") }
        return
      }
      for (key, value) in mapping { read(key, value) }
    } catch let fault as YamlError {
      let (line, problem) = Self.place(fault)
      findings.append(Finding(line: line, severity: .error, text: problem, isFatal: true))
    } catch {
      findings.append(Finding(line: 1, severity: .error, text: "\(error)", isFatal: true))
    }
    if let name = settings.profile, settings.profiles[name] == nil,
      !findings.contains(where: \.isFatal)
    {
      let names = settings.profiles.keys.sorted().joined(separator: ", ")
      findings.append(
        Finding(
          line: lines["profile"] ?? 1, severity: .error,
          text: "profile: no profile \"\(name)\"; there are \(names.isEmpty ? "none" : names)",
          isFatal: true))
    }
  }

  private mutating func read(_ key: Node, _ value: Node) {
    let name = key.string ?? ""
    lines[name] = key.mark?.line
    switch name {
    case "slow": flag(value, name).map { settings.isSlow = $0 }
    case "ascii": flag(value, name).map { settings.isASCII = $0 }
    case "motion":
      word(value, name, ["full", "reduced"]).map { settings.isReduced = $0 == "reduced" }
    case "links":
      word(value, name, ["auto", "on", "off"]).map {
        settings.links = $0 == "auto" ? nil : $0 == "on"
      }
    case "escape_delay": settings.escapeDelay = whole(value, name, Settings.escapeRange)
    case "keys": readKeys(value)
    case "mouse": flag(value, name).map { settings.isMouseOn = $0 }
    case "attention": readAttention(value)
    case "followed": settings.followed = whole(value, name, Settings.followRange)
    case "profile":
      settings.profile = text(value, name, isFatal: true)
    case "profiles": readProfiles(value)
    default:
      var server = settings.server
      if readServer(&server, name, value, path: name) {
        settings.server = server
      } else {
        unknown(key, Settings.keys, in: "")
      }
    }
  }

  private mutating func readKeys(_ node: Node) {
    let (changes, faults) = KeySettings.changes(node)
    let (keymap, problems) = Keymap.standard.changed(by: changes)
    settings.keymap = faults.isEmpty ? keymap : .standard
    findings += faults
    findings += problems.map {
      $0.isWarning
        ? Finding(line: $0.line, severity: .warning, text: $0.text)
        : Finding(line: $0.line, severity: .error, text: "\($0.text); the standard keys stay")
    }
  }

  /// False when the name is none of a server's.
  private mutating func readServer(
    _ server: inout Settings.Server, _ name: String, _ value: Node, path: String
  ) -> Bool {
    switch name {
    case "base_url": server.baseURL = text(value, path, isFatal: true)
    case "key": server.key = readKey(value, path)
    case "state": server.state = text(value, path, isFatal: true)
    case "theme": server.theme = text(value, path)
    case "ceilings": server.ceilings = readCeilings(value, path)
    default: return false
    }
    return true
  }

  private mutating func readProfiles(_ node: Node) {
    guard case .mapping(let mapping) = node else {
      return error(node, "profiles: not a list of names with settings below each", isFatal: true)
    }
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isNamePart), name.utf8.count <= 64 else {
        error(
          key, "profiles: a name is of letters, digits, - and _, at most 64 of them",
          isFatal: true)
        continue
      }
      guard case .mapping(let members) = value else {
        error(value, "profiles.\(name): no settings below it", isFatal: true)
        continue
      }
      var server = Settings.Server()
      for (member, value) in members {
        let word = member.string ?? ""
        lines["profiles.\(name).\(word)"] = member.mark?.line
        if !readServer(&server, word, value, path: "profiles.\(name).\(word)") {
          unknown(member, Settings.serverKeys, in: "profiles.\(name).")
        }
      }
      settings.profiles[name] = server
    }
  }

  /// The value is never said again: somebody may have written a key here.
  private mutating func readKey(_ node: Node, _ path: String) -> KeySource? {
    let ways = "by one of env: NAME, file: PATH, command: LINE"
    guard case .mapping(let mapping) = node else {
      error(
        node, "\(path): the key itself does not belong here; say where it is \(ways)", isFatal: true
      )
      return nil
    }
    guard mapping.count == 1, let (way, value) = mapping.first.map({ ($0.key, $0.value) }) else {
      error(node, "\(path): say where it is \(ways)", isFatal: true)
      return nil
    }
    let place = text(value, path, isFatal: true)
    switch way.string {
    case "env": return place.map(KeySource.environment)
    case "file": return place.map(KeySource.file)
    case "command": return place.map(KeySource.command)
    default:
      error(way, "\(path): say where it is \(ways)", isFatal: true)
      return nil
    }
  }

  private mutating func readCeilings(_ node: Node, _ path: String) -> Ceilings? {
    guard case .mapping(let mapping) = node else {
      error(node, "\(path): not a list of worker, day, month and fleet with credits")
      return nil
    }
    var ceilings = Ceilings()
    for (key, value) in mapping {
      let name = key.string ?? ""
      let place = "\(path).\(name)"
      switch name {
      case "worker": ceilings.worker = amount(value, place)
      case "day": ceilings.day = amount(value, place)
      case "month": ceilings.month = amount(value, place)
      case "fleet": ceilings.fleet = amount(value, place)
      default: unknown(key, Settings.ceilingKeys, in: "\(path).")
      }
    }
    return ceilings
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

// MARK: Values

extension SettingsReader {
  private mutating func text(_ node: Node, _ name: String, isFatal: Bool = false) -> String? {
    if let text = node.scalar?.string, !text.isEmpty, !text.contains("\n"), !text.contains("\0") {
      return text
    }
    error(node, "\(name): not a text of one line", isFatal: isFatal)
    return nil
  }

  mutating func flag(_ node: Node, _ name: String) -> Bool? {
    if let flag = node.bool { return flag }
    error(node, "\(name): neither true nor false")
    return nil
  }

  private mutating func word(_ node: Node, _ name: String, _ known: [String]) -> String? {
    if let word = node.scalar?.string, known.contains(word) { return word }
    error(node, "\(name): not one of \(known.joined(separator: ", "))")
    return nil
  }

  private mutating func whole(_ node: Node, _ name: String, _ range: ClosedRange<Int>) -> Int? {
    if let number = node.int, range.contains(number) { return number }
    error(node, "\(name): not a whole number from \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  private mutating func amount(_ node: Node, _ name: String) -> Double? {
    if let number = node.float, number > 0, number < 1e9 { return number }
    error(node, "\(name): not a number of credits above 0")
    return nil
  }

  mutating func error(_ node: Node, _ text: String, isFatal: Bool = false) {
    findings.append(
      Finding(line: node.mark?.line ?? 1, severity: .error, text: text, isFatal: isFatal))
  }

  mutating func unknown(_ key: Node, _ known: [String], in path: String) {
    let name = String((key.string ?? "").prefix(40))
    let advice = Nearest.name(to: name, in: known).map { "did you mean \($0)?" }
    findings.append(
      Finding(
        line: key.mark?.line ?? 1, severity: .warning,
        text: "unknown key \(path)\(name); "
          + (advice ?? "known are \(known.joined(separator: ", "))")))
  }

  /// Line and reason of what the YAML reader found.
  private static func place(_ error: YamlError) -> (Int, String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (mark.line, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      (
        context.mark.line, "twice in one list: \(duplicates.joined(separator: ", "))"
      )
    default: (1, "no YAML: \(error)")
    }
  }
}
