import WorkerAPI

extension Transcript {
  /// Tool chunks for a call that was never begun are counted and dropped (lenient reducer, rule 5).
  mutating func apply(_ event: ToolEvent, to call: String, _ now: Double?) {
    switch event {
    case .inputStart(let name, let title):
      begin(
        ToolCall(id: call, name: name, title: title, stage: .inputStreaming, inputText: ""), now)
    case .inputAvailable(let name, let title, let input):
      if calls[call].map({ $0 >= stepStart }) != true {
        begin(ToolCall(id: call, name: name, title: title, stage: .running, inputText: ""), now)
      }
      change(call, now) {
        $0.stage = .running
        $0.input = input
        $0.title = title ?? $0.title
      }
    case .inputError(let name, let input, let message):
      if calls[call].map({ $0 >= stepStart }) != true {
        begin(ToolCall(id: call, name: name, stage: .running, inputText: ""), now)
      }
      change(call, now) {
        $0.input = input
        $0.stage = .failed(message)
      }
    case .inputDelta(let text):
      change(call, now) { if $0.inputText.utf8.count < 1 << 20 { $0.inputText += text } }
    case .approvalRequest: change(call, now) { $0.stage = .awaitingApproval }
    case .approvalResponse(let isApproved, _):
      change(call, now) { $0.stage = isApproved ? .running : .denied }
    case .output(let output, let isPreliminary):
      change(call, now) {
        $0.output = output
        $0.stage = isPreliminary ? .running : .done
      }
    case .outputError(let message): change(call, now) { $0.stage = .failed(message) }
    case .outputDenied: change(call, now) { $0.stage = .denied }
    }
  }

  private mutating func begin(_ call: ToolCall, _ now: Double?) {
    calls[call.id] = append(.tool(call), now)
  }

  private mutating func change(_ id: String, _ now: Double?, _ edit: (inout ToolCall) -> Void) {
    guard let index = calls[id], case .tool(var call) = entries[index].content else {
      oddities.malformed += 1
      return
    }
    edit(&call)
    if !call.isOpen { entries[index].endedAt = now }
    entries[index].content = .tool(call)
    entries[index].revision += 1
  }
}
