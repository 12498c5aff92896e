import WorkerAPI

extension Transcript {
  /// Takes in one part of a stored message, with every member that it came with.
  mutating func applyStored(part: JSON) {
    guard let object = part.object, let type = object["type"]?.string else {
      return oddities.report("a part without a type", part.text)
    }
    switch type {
    case "step-start": applyFraming(.startStep, nil)
    case "text", "reasoning":
      guard let text = object["text"]?.string else {
        return oddities.report("a part without its text", part.text)
      }
      let isOpen = object["state"]?.string == "streaming"
      let index = append(
        type == "text" ? .text(text) : .reasoning(text, isOpen: isOpen), nil,
        object.without(["type", "text", "state"]))
      entries[index].state =
        isOpen ? .streaming : object["state"]?.string == "done" ? .done : .unstated
      cutLast()
    case "source-url":
      guard let id = object["sourceId"]?.string, let url = object["url"]?.string else {
        return oddities.report("a source without its address", part.text)
      }
      append(
        .source(WorkerSource(id: id, title: object["title"]?.string, url: url)), nil,
        object.without(["type", "sourceId", "url", "title"]))
    case "source-document":
      guard let id = object["sourceId"]?.string, object["mediaType"]?.string != nil else {
        return oddities.report("a document without its type", part.text)
      }
      append(
        .source(
          WorkerSource(
            id: id, title: object["title"]?.string, url: object["filename"]?.string ?? "")), nil,
        object.without(["type", "sourceId", "title"]))
    case "file":
      guard let url = object["url"]?.string, let mediaType = object["mediaType"]?.string else {
        return oddities.report("a file without its address", part.text)
      }
      let name = object["filename"]?.string ?? Self.name(in: url)
      append(
        .file(WorkerFile(filename: name, mediaType: mediaType, url: url)), nil,
        object.without(["type", "url", "mediaType"]))
    case _ where type.hasPrefix("data-") && type.utf8.count > 5: applyStored(data: type, object)
    case _ where type == "dynamic-tool" || type.hasPrefix("tool-"): applyStored(tool: type, object)
    case "reasoning-file", "custom": append(.part(object), nil)
    default:
      oddities.meet(unknown: type, part.text)
      append(.part(object), nil)
    }
  }

  private mutating func applyStored(data type: String, _ object: JSONObject) {
    let name = String(type.dropFirst(5))
    let id = object["id"]?.string
    let index = append(
      .data(name: name, id: id, value: object["data"] ?? .null), nil,
      object.without(["type", "id", "data"]))
    if let id { dataParts["\(name)\u{0}\(id)"] = index }
  }

  private mutating func applyStored(tool type: String, _ object: JSONObject) {
    let isDynamic = type == "dynamic-tool"
    let name = isDynamic ? object["toolName"]?.string : String(type.dropFirst(5))
    guard let id = object["toolCallId"]?.string, let name else {
      return oddities.report("a tool call without its id", JSON.object(object).text)
    }
    var call = ToolCall(
      id: id, name: name, title: object["title"]?.string, isDynamic: isDynamic,
      state: ToolCall.State(word: object["state"]?.string ?? "input-available"))
    call.input = object["input"]
    call.output = object["output"]
    call.errorText = object["errorText"]?.string
    call.rawInput = object["rawInput"]
    call.isPreliminary = object["preliminary"]?.bool
    call.details = object.without([
      "type", "toolName", "toolCallId", "title", "state", "input", "output", "errorText",
      "rawInput", "preliminary",
    ])
    calls[id, default: []].append(append(.tool(call), nil))
    if let approval = object["approval"]?["id"]?.string, approvals.count < Self.approvalLimit {
      approvals[approval] = id
    }
  }
}

extension JSONObject {
  fileprivate func without(_ names: Set<String>) -> JSONObject {
    var rest = self
    rest.members.removeAll { names.contains($0.name) }
    return rest
  }
}
