import Support
import WorkerAPI

/// Random values of every kind.
enum RandomJSON {
  /// Numbers are never whole: `2.0` is written as `2`, which is read as an integer.
  static func value(_ random: inout Seeded, depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: .min ... .max, using: &random))
    case 3: return .number(Double(Int.random(in: -999...999, using: &random)) + 0.375)
    case 4, 5: return .string(text(&random))
    case 6:
      return .array(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
    default:
      return .object(
        JSONObject(
          (0..<Int.random(in: 0..<4, using: &random)).map { _ in
            (text(&random), value(&random, depth: depth + 1))
          }))
    }
  }

  static func text(_ random: inout Seeded) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
      let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random))
      text.unicodeScalars.append(scalar ?? "x")
    }
    return text
  }
}
