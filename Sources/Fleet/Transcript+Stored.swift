public import WorkerAPI

extension Transcript {
  /// Takes in one stored message (`role` with `parts`) through the same events that a stream sends.
  public mutating func applyStored(_ message: JSON) {
    let parts = message["parts"]?.array ?? []
    if message["role"]?.string == "user" {
      let text = parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
      while prompts.count <= turns.count { prompts.append([]) }
      guard !prompts[turns.count].contains(text), promptBytes + text.utf8.count <= Self.promptLimit
      else { return }
      prompts[turns.count].append(text)
      promptBytes += text.utf8.count + 16
      return
    }
    guard message["role"]?.string == "assistant" else { return }
    let id = message["id"]?.string
    if let id, turns.contains(where: { $0.messageID == id }) { return }
    openTurn(id)
    if let metadata = message["metadata"], metadata.isPresent {
      apply(.metadata(metadata), now: nil)
    }
    for (index, part) in parts.enumerated() { applyStored(part: part, "stored-\(index)") }
    apply(.finish(reason: nil, metadata: nil), now: nil)
  }

  private mutating func applyStored(part: JSON, _ id: String) {
    let type = part["type"]?.string ?? ""
    switch type {
    case "step-start": apply(.startStep, now: nil)
    case "text":
      apply(.textStart(id: id), now: nil)
      apply(.textDelta(id: id, delta: part["text"]?.string ?? ""), now: nil)
      apply(.textEnd(id: id), now: nil)
    case "reasoning":
      apply(.reasoningStart(id: id), now: nil)
      apply(.reasoningDelta(id: id, delta: part["text"]?.string ?? ""), now: nil)
      apply(.reasoningEnd(id: id), now: nil)
    case "dynamic-tool": applyStored(tool: part["toolName"]?.string ?? "tool", part, id)
    case _ where type.hasPrefix("tool-"): applyStored(tool: String(type.dropFirst(5)), part, id)
    case "": oddities.malformed += 1
    default: apply(WorkerEvent(data: part.text), now: nil)
    }
  }

  private mutating func applyStored(tool name: String, _ part: JSON, _ id: String) {
    let call = part["toolCallId"]?.string ?? id
    apply(
      .tool(
        callID: call,
        .inputAvailable(name: name, title: part["title"]?.string, input: part["input"] ?? .null)),
      now: nil)
    switch part["state"]?.string {
    case "approval-requested":
      let approval = part["approval"]?["id"]?.string ?? call
      apply(.tool(callID: call, .approvalRequest(id: approval)), now: nil)
    case "output-available":
      apply(.tool(callID: call, .output(part["output"] ?? .null, isPreliminary: false)), now: nil)
    case "output-error":
      apply(.tool(callID: call, .outputError(part["errorText"]?.string ?? "failed")), now: nil)
    case "output-denied": apply(.tool(callID: call, .outputDenied), now: nil)
    default: break
    }
  }

  /// Takes over what the operator said before each turn from a worker's stored messages.
  ///
  /// The stream carries only what the worker says; the n-th group of user messages belongs before the
  /// n-th message of the worker. A server that stores none of it takes nothing away.
  public mutating func takePrompts(from messages: [JSON]) {
    var groups: [[String]] = [[]]
    for message in messages {
      switch message["role"]?.string {
      case "user":
        let parts = message["parts"]?.array ?? []
        let text = parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
        groups[groups.count - 1].append(text)
      case "assistant": groups.append([])
      default: break
      }
    }
    if groups.last == [] { groups.removeLast() }
    guard groups.count >= prompts.count else { return }
    for (index, known) in prompts.enumerated() where groups[index].isEmpty { groups[index] = known }
    if groups != prompts { prompts = groups }
  }

  /// Shows an instruction before the server has stored it.
  public mutating func addPrompt(_ text: String) {
    while prompts.count <= turns.count { prompts.append([]) }
    prompts[turns.count].append(text)
  }

  /// Empties it for a replay from the beginning; what the operator said stays.
  public mutating func startAnew() {
    var fresh = Transcript()
    fresh.prompts = prompts
    fresh.promptBytes = promptBytes
    fresh.edition = edition + 1
    self = fresh
  }
}
