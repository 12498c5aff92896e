import WorkerAPI

/// The UI message that chunks add up to, by the reducer's rules of protocol.md (c).
struct MessageFold: Hashable, Sendable {
  private(set) var id = ""
  private(set) var parts: [Part] = []
  /// What texts and thoughts say. They grow in place here: in a part they would be copied for each
  /// delta.
  private(set) var words: [String] = []
  private(set) var usage: Usage?
  private(set) var costs: Costs?
  private(set) var metadata = JSONObject()
  private(set) var error: String?
  private(set) var incompleteDetails: JSON?
  private(set) var finishReason: String?
  private var open: [String: Int] = [:]
  private var calls: [String: Int] = [:]

  enum Part: Hashable, Sendable {
    case stepStart
    /// Their words are `words[place]`.
    case text(place: Int, isDone: Bool)
    case reasoning(place: Int, isDone: Bool)
    case tool(Tool)
    case source(WorkerSource)
    case file(url: String, mediaType: String)
    case data(name: String, id: String?, JSON)
  }

  struct Tool: Hashable, Sendable {
    var call: String
    var name: String
    var input: JSON?
    var state: State

    enum State: Hashable, Sendable {
      case streaming, ready
      case output(JSON)
      case error(String)
    }
  }

  /// Takes in one chunk; a kind that this server never sends changes nothing.
  mutating func apply(_ event: WorkerEvent) {
    switch event {
    case .start(let message, let metadata):
      id = message ?? ""
      merge(metadata)
    case .startStep: parts.append(.stepStart)
    case .finishStep: open = [:]
    case .textStart(let id, _):
      open["t" + id] = parts.count
      parts.append(.text(place: newPlace(), isDone: false))
    case .reasoningStart(let id, _):
      open["r" + id] = parts.count
      parts.append(.reasoning(place: newPlace(), isDone: false))
    case .textDelta(let id, let delta, _): extend(open["t" + id], by: delta.text)
    case .reasoningDelta(let id, let delta, _): extend(open["r" + id], by: delta.text)
    case .textEnd(let id, _): close(open.removeValue(forKey: "t" + id))
    case .reasoningEnd(let id, _): close(open.removeValue(forKey: "r" + id))
    case .tool(let call, let event): apply(event, to: call)
    case .source(let id, let title, let url, _):
      parts.append(.source(WorkerSource(id: id, title: title, url: url)))
    case .file(let url, let mediaType, _): parts.append(.file(url: url, mediaType: mediaType))
    case .data(let name, let id, let value, _): replace(name, id, value)
    case .metadata(let value): merge(value)
    case .error(let message): error = message
    case .finish(let reason, let metadata):
      finishReason = reason ?? "stop"
      merge(metadata)
    default: break
    }
  }

  /// What the worker has said, without its thoughts.
  var texts: [String] {
    parts.compactMap {
      if case .text(let place, _) = $0, !words[place].isEmpty { words[place] } else { nil }
    }
  }

  private mutating func extend(_ index: Int?, by delta: String) {
    guard let index else { return }
    switch parts[index] {
    case .text(let place, _), .reasoning(let place, _): words[place] += delta
    default: break
    }
  }

  private mutating func newPlace() -> Int {
    words.append("")
    return words.count - 1
  }

  private mutating func close(_ index: Int?) {
    guard let index else { return }
    switch parts[index] {
    case .text(let place, _): parts[index] = .text(place: place, isDone: true)
    case .reasoning(let place, _): parts[index] = .reasoning(place: place, isDone: true)
    default: break
    }
  }

  private mutating func apply(_ event: ToolEvent, to call: String) {
    if case .inputStart(let name, _, _) = event {
      calls[call] = parts.count
      parts.append(.tool(Tool(call: call, name: name, state: .streaming)))
    }
    guard let index = calls[call], case .tool(var tool) = parts[index] else { return }
    switch event {
    case .inputAvailable(_, _, let input, _):
      tool.input = input
      tool.state = .ready
    case .output(let value, _, _): tool.state = .output(value ?? .null)
    case .outputError(let message, _): tool.state = .error(message)
    default: return
    }
    parts[index] = .tool(tool)
  }

  private mutating func replace(_ name: String, _ id: String?, _ value: JSON) {
    let index = parts.lastIndex {
      if case .data(name, id, _) = $0 { true } else { false }
    }
    if let index {
      parts[index] = .data(name: name, id: id, value)
    } else {
      parts.append(.data(name: name, id: id, value))
    }
  }

  private mutating func merge(_ value: JSON?) {
    for member in value?.object?.members ?? [] {
      metadata[member.name] = member.value
      switch member.name {
      case "usage": usage = Usage(json: member.value)
      case "costs": costs = Costs(json: member.value)
      case "incompleteDetails": incompleteDetails = member.value
      default: break
      }
    }
  }
}
