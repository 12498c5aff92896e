import WorkerAPI

extension Transcript.Entry {
  /// What the scrollback is to know of it; nil for one that was emptied.
  func leaf(_ worker: String, number: Int) -> Leaf? {
    var leaf = Leaf(
      worker: worker, section: .entry, number: number, turn: turn, kind: .text, words: "",
      startedAt: startedAt, endedAt: endedAt)
    switch content {
    case .text(let text): leaf.words = text
    case .reasoning(let text, _):
      leaf.kind = .reasoning
      leaf.words = text
    case .plain(let text):
      leaf.kind = .plain
      leaf.words = text
    case .error(let message):
      leaf.kind = .error
      leaf.words = message
    case .aborted(let reason):
      leaf.kind = .aborted
      leaf.words = reason ?? ""
    case .tool(let call):
      leaf.kind = .tool
      leaf.words = call.words
    // Found by the lists of sources and files, where each stands once.
    case .source: leaf.kind = .source
    case .file: leaf.kind = .file
    case .data(let name, _, let value):
      leaf.kind = .data
      leaf.words = "\(name) " + value.words
    case .part(let part):
      leaf.kind = .part
      leaf.words = JSON.object(part).words
    case .dropped: return nil
    }
    leaf.details = storedDetails
    return leaf
  }

  private var storedDetails: String? {
    switch content {
    case .text, .reasoning:
      var stored = JSONObject()
      if state == .streaming { stored["state"] = "streaming" }
      if state == .unstated { stored["state"] = "unstated" }
      if case .reasoning(_, isOpen: true) = content { stored["isOpen"] = true }
      stored["continuation"] = continuation.map { .string($0.rawValue) }
      if !details.members.isEmpty { stored["details"] = .object(details) }
      return stored.members.isEmpty ? nil : JSON.object(stored).text
    case .tool, .data, .part: return part?.text
    case .source(let source):
      // The part of a document has no place for its address.
      return part.map {
        JSON.object(JSONObject([("part", $0), ("url", .string(source.url))])).text
      }
    case .file(let file):
      var stored = JSONObject([("part", part ?? .null)])
      stored["filename"] = file.filename.map { .string($0) }
      return JSON.object(stored).text
    case .error, .plain, .dropped: return nil
    case .aborted(let reason): return reason == nil ? "null" : nil
    }
  }
}

extension Transcript {
  /// A stretch of a kept transcript, as it was: entries that follow one another, and what the
  /// operator said before the turns that begin in it. Leaves that cannot be read are left out.
  public init(leaves: [Leaf], prompts: [Leaf]) {
    self.init(bounds: .whole)
    firstNumber = leaves.first?.number ?? 0
    for leaf in leaves {
      guard (0..<Self.turnLimit).contains(leaf.turn) else { continue }
      while turns.count <= leaf.turn {
        turns.append(Turn(status: .completed, firstEntry: entries.count))
      }
      take(leaf)
      while entries.count <= leaf.number - firstNumber {
        entries.append(Entry(turn: leaf.turn, content: .dropped))
      }
    }
    openText = [:]
    calls = [:]
    dataParts = [:]
    approvals = [:]
    for prompt in prompts where (0..<Self.turnLimit).contains(prompt.turn) {
      while self.prompts.count <= prompt.turn { self.prompts.append([]) }
      self.prompts[prompt.turn].append(prompt.words)
    }
  }

  private mutating func take(_ leaf: Leaf) {
    let json = leaf.details.flatMap { try? JSONReader.read($0) }
    let count = entries.count
    switch leaf.kind {
    case .text: append(.text(leaf.words), nil)
    case .reasoning:
      append(.reasoning(leaf.words, isOpen: json?["isOpen"] == true), nil)
    case .plain: append(.plain(leaf.words), nil)
    case .error: append(.error(leaf.words), nil)
    case .aborted: append(.aborted(reason: json == .null ? nil : leaf.words), nil)
    case .tool, .data, .part: json.map { applyStored(part: $0) }
    case .source, .file: json?["part"].map { applyStored(part: $0) }
    case .title, .prompt: return
    }
    guard entries.count == count + 1 else { return }
    entries[count].turn = leaf.turn
    // A later reading of an entry that grew is drawn anew.
    entries[count].revision = leaf.weight
    entries[count].startedAt = leaf.startedAt
    entries[count].endedAt = leaf.endedAt
    switch entries[count].content {
    case .text, .reasoning:
      entries[count].state =
        switch json?["state"]?.string {
        case "streaming": .streaming
        case "unstated": .unstated
        default: .done
        }
      entries[count].details = json?["details"]?.object ?? JSONObject()
      entries[count].continuation = (json?["continuation"]?.string).flatMap(
        Continuation.init(rawValue:))
    case .file(var file):
      file.filename = json?["filename"]?.string
      entries[count].content = .file(file)
    case .source(var source):
      source.url = json?["url"]?.string ?? source.url
      entries[count].content = .source(source)
    default: break
    }
  }
}

extension ToolCall {
  /// What it is found by: its names, and all text of its input and output.
  fileprivate var words: String {
    let texts = [name, title, bestInput?.words, rawInput?.words, output?.words, errorText]
    return String(texts.compactMap(\.self).joined(separator: "\n").prefix(JSON.wordLimit))
  }
}

extension JSON {
  /// Characters of a value that are found; what passes them is kept and not found.
  fileprivate static let wordLimit = 64 << 10

  /// All strings and numbers in it, a line each.
  fileprivate var words: String {
    var text = ""
    collect(&text)
    return text
  }

  private func collect(_ text: inout String) {
    guard text.utf8.count < Self.wordLimit else { return }
    switch self {
    case .null, .bool: return
    case .integer, .number, .literal: text += self.text + "\n"
    case .string(let string): text += string.prefix(Self.wordLimit) + "\n"
    case .array(let values): for value in values { value.collect(&text) }
    case .object(let object): for member in object.members { member.value.collect(&text) }
    }
  }
}
