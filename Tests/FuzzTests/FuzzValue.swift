import Support
import WorkerAPI

/// Small random values and frames, well-formed ones.
enum FuzzValue {
  private static let texts = ["", "a", "id", "type", "\"", "\\", "\n", "é", "😀", "\u{1}", "1"]

  static func text(_ random: inout Seeded) -> String {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in
      texts[Int.random(in: 0..<texts.count, using: &random)]
    }.joined()
  }

  static func json(_ random: inout Seeded, depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth < 3 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: .min ... .max, using: &random) >> 40)
    case 3: return .number(Double(Int.random(in: -999...999, using: &random)) / 8)
    case 4, 5: return .string(text(&random))
    case 6:
      return .array(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in json(&random, depth: depth + 1) })
    default:
      return .object(
        JSONObject(
          (0..<Int.random(in: 0...3, using: &random)).map { _ in
            (text(&random), json(&random, depth: depth + 1))
          }))
    }
  }

  private static let types = [
    "start", "start-step", "finish-step", "reset-step", "text-start", "text-delta", "text-end",
    "reasoning-start", "reasoning-delta", "reasoning-end", "tool-input-start", "tool-input-delta",
    "tool-input-available", "tool-input-error", "tool-approval-request", "tool-approval-response",
    "tool-output-available", "tool-output-error", "tool-output-denied", "source-url",
    "source-document", "file", "reasoning-file", "custom", "data-plan", "message-metadata",
    "finish", "abort", "error", "unheard-of",
  ]
  private static let fields = [
    "id", "delta", "toolCallId", "inputTextDelta", "toolName", "input", "output", "errorText",
    "messageId", "messageMetadata", "approvalId", "approved", "sourceId", "url", "mediaType",
    "title", "data", "preliminary", "dynamic", "providerMetadata", "finishReason", "kind",
  ]

  /// A chunk of the stream with all fields that it may need, some of another type than they should be.
  static func frame(_ random: inout Seeded) -> JSON {
    let type = types[Int.random(in: 0..<types.count, using: &random)]
    var members: [(String, JSON)] = [("type", .string(type))]
    for field in fields {
      let dice = Int.random(in: 0..<20, using: &random)
      switch (field, dice) {
      case (_, 0): break
      case (_, 1): members.append((field, json(&random, depth: 1)))
      case ("input", _), ("output", _), ("data", _), ("messageMetadata", _),
        ("providerMetadata", _):
        if dice < 8 { members.append((field, json(&random, depth: 1))) }
      case ("approved", _), ("preliminary", _), ("dynamic", _):
        members.append((field, .bool(dice % 2 == 0)))
      case ("inputTextDelta", _):
        members.append((field, .string(["{\"a\":", "[1,", "\"x", "}", "2"][dice % 5])))
      default: members.append((field, .string(["1", "2", "é", text(&random)][dice % 4])))
      }
    }
    return .object(JSONObject(members))
  }
}
