import WorkerAPI

extension Transcript {
  /// Tool chunks for a call that was never begun are reported and dropped (lenient reducer, rule 5).
  ///
  /// Inputs look for their call in the current step, outputs and approvals then also in earlier
  /// steps, the newest first (rule 6).
  mutating func apply(_ event: ToolEvent, to call: String, _ now: Double?) {
    switch event {
    case .inputStart(let name, let title, let facts):
      begin(call, name, title, facts, .inputStreaming, now) { $0.inputText = "" }
    case .inputDelta(let delta): extend(call, delta, now)
    case .inputAvailable(let name, let title, let input, let facts):
      begin(call, name, title, facts, .inputAvailable, now) { $0.input = input }
    case .inputError(let name, let input, let message, var facts):
      let known = stepPlaces(call).first.flatMap { self.call(at: $0) }
      facts.isDynamic = known?.isDynamic ?? facts.isDynamic
      begin(call, name, nil, facts, .outputError, now) {
        if facts.isDynamic { $0.input = input } else { $0.rawInput = input }
        $0.errorText = message
      }
    case .approvalRequest(let id, let details):
      if approvals.count < Self.approvalLimit { approvals[id] = call }
      change(place(of: call), call, now) {
        $0.state = .approvalRequested
        $0.details["approval"] = .object(JSONObject([("id", .string(id))]).adding(details))
      }
    case .approvalResponse(let isApproved, let reason, let id):
      let place = place(of: call) ?? approvals[call].flatMap { self.place(of: $0) }
      change(place, call, now) {
        $0.state = .approvalResponded
        var approval = $0.details["approval"]?.object ?? JSONObject()
        if let id { approval["id"] = .string(id) }
        approval["approved"] = .bool(isApproved)
        approval["reason"] = reason.map { .string($0) }
        $0.details["approval"] = .object(approval)
      }
    case .output(let output, let isPreliminary, let facts):
      change(place(of: call), call, now) {
        $0.settle(.outputAvailable, facts)
        $0.output = output
        $0.isPreliminary = isPreliminary
      }
    case .outputError(let message, let facts):
      change(place(of: call), call, now) {
        let raw = $0.rawInput
        $0.settle(.outputError, facts)
        $0.rawInput = raw
        $0.errorText = message
      }
    case .outputDenied: change(place(of: call), call, now) { $0.state = .outputDenied }
    }
  }

  private func call(at index: Int) -> ToolCall? {
    if case .tool(let call) = entries[index].content { call } else { nil }
  }

  /// The entries of that call in the current step.
  private func stepPlaces(_ call: String) -> [Int] {
    (calls[call] ?? []).filter { $0 >= stepStart }
  }

  private func place(of call: String) -> Int? { stepPlaces(call).first ?? calls[call]?.last }

  /// A second begin of a call of one kind in one step starts it again.
  private mutating func begin(
    _ id: String, _ name: String, _ title: String?, _ facts: ToolFacts, _ state: ToolCall.State,
    _ now: Double?, _ edit: (inout ToolCall) -> Void
  ) {
    let place = stepPlaces(id).first { call(at: $0)?.isDynamic == facts.isDynamic }
    guard let place else {
      var call = ToolCall(id: id, name: name, isDynamic: facts.isDynamic, state: state)
      call.title = title
      call.settle(state, facts)
      edit(&call)
      let index = append(.tool(call), now)
      calls[id, default: []].append(index)
      if !call.isOpen { entries[index].endedAt = now }
      return
    }
    change(place, id, now) {
      if facts.isDynamic { $0.name = name }
      $0.title = title ?? $0.title
      $0.input = nil
      $0.settle(state, facts)
      edit(&$0)
    }
    entries[place].endedAt = call(at: place)?.isOpen == true ? nil : now
  }

  /// A piece of input; in a later step than its start it opens the call there, with all of its input.
  private mutating func extend(_ id: String, _ delta: DeltaText, _ now: Double?) {
    guard let last = calls[id]?.last, let known = call(at: last), known.state == .inputStreaming
    else { return oddities.report("input of a tool call that is not open", id) }
    var index = last
    if last < stepStart {
      index = append(.tool(known), now)
      calls[id, default: []].append(index)
    }
    guard known.inputText.utf8.count < ToolCall.inputLimit else {
      droppedBytes += delta.body.utf8.count
      return
    }
    extend(index, by: delta)
  }

  /// Appends in place, so that a long input is not copied for each of its pieces.
  private mutating func extend(_ index: Int, by delta: DeltaText) {
    guard case .tool(var call) = entries[index].content else { return }
    entries[index].content = .dropped
    delta.append(to: &call.inputText, after: &call.half)
    entries[index].content = .tool(call)
    entries[index].revision += 1
    weigh(index, delta.body.utf8.count)
  }

  private mutating func change(
    _ index: Int?, _ id: String, _ now: Double?, _ edit: (inout ToolCall) -> Void
  ) {
    guard let index, case .tool(var call) = entries[index].content else {
      return oddities.report("a tool call that is not there", id)
    }
    entries[index].content = .dropped
    edit(&call)
    if !call.isOpen { entries[index].endedAt = now }
    let growth = call.weight - entries[index].weight
    entries[index].content = .tool(call)
    entries[index].revision += 1
    weigh(index, growth)
  }
}

extension ToolCall {
  /// Enters a state: what belonged to the one before goes, but a dynamic call's raw input stays.
  fileprivate mutating func settle(_ state: State, _ facts: ToolFacts) {
    self.state = state
    output = nil
    errorText = nil
    if !isDynamic { rawInput = nil }
    isPreliminary = nil
    if let isExecuted = facts.isProviderExecuted { details["providerExecuted"] = .bool(isExecuted) }
    if let metadata = facts.toolMetadata { details["toolMetadata"] = metadata }
    guard let metadata = facts.providerMetadata else { return }
    let isResult = state == .outputAvailable || state == .outputError
    details[isResult ? "resultProviderMetadata" : "callProviderMetadata"] = metadata
  }
}

extension JSONObject {
  fileprivate func adding(_ others: JSONObject) -> JSONObject {
    var sum = self
    for member in others.members { sum[member.name] = member.value }
    return sum
  }
}
