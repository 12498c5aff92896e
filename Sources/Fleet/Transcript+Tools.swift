import WorkerAPI

extension Transcript {
  /// Tool chunks for a call that was never begun are counted and dropped (lenient reducer, rule 5).
  mutating func apply(_ event: ToolEvent, to call: String, _ now: Double?) {
    switch event {
    case .inputStart(let name, let title):
      begin(
        ToolCall(id: call, name: name, title: title, stage: .inputStreaming, inputText: ""), now)
    case .inputAvailable(let name, let title, let input):
      if !isInStep(call) {
        begin(ToolCall(id: call, name: name, title: title, stage: .running, inputText: ""), now)
      }
      change(call, now) {
        let growth = input.weight - $0.input.weight
        $0.stage = .running
        $0.input = input
        $0.title = title ?? $0.title
        return growth
      }
    case .inputError(let name, let input, let message):
      if !isInStep(call) {
        begin(ToolCall(id: call, name: name, stage: .running, inputText: ""), now)
      }
      change(call, now) {
        let growth = input.weight - $0.input.weight
        $0.input = input
        $0.stage = .failed(message)
        return growth + message.utf8.count
      }
    case .inputDelta(let text):
      change(call, now) {
        guard $0.inputText.utf8.count < 1 << 20 else { return 0 }
        $0.inputText += text
        return text.utf8.count
      }
    case .approvalRequest(let id):
      if approvals.count < Self.approvalLimit { approvals[id] = call }
      stage(.awaitingApproval, of: call, now)
    case .approvalResponse(let isApproved, _):
      let asked = calls[call] == nil ? approvals[call] ?? call : call
      stage(isApproved ? .running : .denied, of: asked, now)
    case .output(let output, let isPreliminary):
      change(call, now) {
        let growth = output.weight - $0.output.weight
        $0.output = output
        $0.stage = isPreliminary ? .running : .done
        return growth
      }
    case .outputError(let message):
      change(call, now) {
        $0.stage = .failed(message)
        return message.utf8.count
      }
    case .outputDenied: stage(.denied, of: call, now)
    }
  }

  private func isInStep(_ call: String) -> Bool { calls[call].map { $0 >= stepStart } ?? false }

  /// A second begin of a call in one step starts its input again.
  private mutating func begin(_ call: ToolCall, _ now: Double?) {
    guard isInStep(call.id), let index = calls[call.id], case .tool = entries[index].content else {
      calls[call.id] = append(.tool(call), now)
      return
    }
    entries[index].content = .tool(call)
    entries[index].endedAt = nil
    entries[index].revision += 1
    weigh(index, Content.tool(call).weight - entries[index].weight)
  }

  private mutating func stage(_ stage: ToolCall.Stage, of call: String, _ now: Double?) {
    change(call, now) {
      $0.stage = stage
      return 0
    }
  }

  /// The edit returns by how many bytes the call grew.
  private mutating func change(_ id: String, _ now: Double?, _ edit: (inout ToolCall) -> Int) {
    guard let index = calls[id], case .tool(var call) = entries[index].content else {
      oddities.malformed += 1
      return
    }
    entries[index].content = .dropped
    let growth = edit(&call)
    if !call.isOpen { entries[index].endedAt = now }
    entries[index].content = .tool(call)
    entries[index].revision += 1
    weigh(index, growth)
  }
}
