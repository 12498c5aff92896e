import Foundation
import Support
import Testing
import WorkerAPI

@Suite struct JSONFuzzTests {
  private static let pieces = [
    "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "{\"c\":", "null", "true", "fals", "-",
    "0", "12", ".5", "1.25", "e", "E+2", " ", "\n", "\t", "\\", "\\n", "\\u0041", "\\u00e9",
    "\"\\\"\"", "[]", "{}", "[1,2]", "{\"d\":[{}]}", "123456789012345678901",
  ]
  /// What Foundation's reader treats in its own way.
  private static let oddities = [
    "\\ud83d", "\\uDE00", "é", "😀", "\0", "\u{1F}", "\u{FEFF}", "1e400",
  ]

  private static func input(_ random: inout Seeded, _ pieces: [String]) -> [UInt8] {
    var bytes =
      Bool.random(using: &random)
      ? Mutation.text(pieces, 12, &random) : Array(FuzzValue.json(&random, depth: 0).text.utf8)
    Mutation.mutate(&bytes, &random)
    return bytes
  }

  @Test(
    "What is read is written and read again as it was; the rest is refused at a byte that is there")
  func roundTrip() throws {
    try Fuzz(share: 15, name: "json").run { random in
      let bytes = Self.input(&random, Self.pieces + Self.oddities)
      let value: JSON
      do throws(JSONReader.Failure) {
        value = try JSONReader.read(bytes)
      } catch {
        guard case .unexpected(let offset) = error, (0...bytes.count).contains(offset) else {
          return Fuzz.Failure("refused with \(error)", bytes)
        }
        return nil
      }
      // Once written, whole numbers are integers and infinite ones are null.
      guard let again = try? JSONReader.read(value.bytes), again.text == value.text else {
        return Fuzz.Failure("written as \(value.text)", bytes)
      }
      guard (try? JSONReader.read(again.pretty())) == again else {
        return Fuzz.Failure("written for people as \(again.pretty())", bytes)
      }
      return nil
    }
  }

  @Test("An answer whose words are left unread says the same, once they are read")
  func unread() throws {
    try Fuzz(share: 10, name: "json-answer").run { random in
      let messages = (0..<Int.random(in: 0...3, using: &random)).map { number -> JSON in
        [
          "id": .integer(number), "role": number == 1 ? "user" : "assistant",
          "parts": FuzzValue.json(&random, depth: 0),
        ]
      }
      let answer: JSON = [
        "id": "w", "output": FuzzValue.json(&random, depth: 1), "messages": .array(messages),
        "metadata": FuzzValue.json(&random, depth: 1),
      ]
      var bytes = answer.bytes
      if Bool.random(using: &random) { Mutation.mutate(&bytes, &random) }
      let whole = Result { () throws(JSONReader.Failure) in
        Worker(json: try JSONReader.read(bytes))
      }
      let unread = Result { () throws(JSONReader.Failure) in
        try Worker.read(bytes, beyond: 0)
      }
      switch (whole, unread) {
      case (.failure(let one), .failure(let other)) where one == other: return nil
      case (.success(nil), .success(nil)): return nil
      case (.success(let one?), .success(let other?)):
        let said = one.messages.filter { $0.json.object != nil }
        let text = (try? JSONReader.read(other.text)).flatMap { Worker(json: $0) }
        guard other.messages.map(\.json) == said.map(\.json), one.metadata == other.metadata,
          other.messages.map(\.role) == said.map(\.role),
          text?.messages.map(\.json) == said.map(\.json)
        else { return Fuzz.Failure("says \(other.text)", bytes) }
        return nil
      default: return Fuzz.Failure("\(whole), then \(unread)", bytes)
      }
    }
  }

  @Test("Of ASCII texts the same are refused as by Foundation's reader")
  func foundation() throws {
    try Fuzz(share: 10, name: "json-foundation").run { random in
      let bytes = Self.input(&random, Self.pieces).filter { $0 != 0 && $0 < 0x80 }
      // Halves of characters, and numbers beyond a Double, are accepted here and refused there.
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      guard !text.utf8.contains(0x5C) || !text.contains("\\ud"), !Self.hasLongExponent(bytes) else {
        return nil
      }
      let isRead = (try? JSONReader.read(bytes)) != nil
      let foundation = try? JSONSerialization.jsonObject(
        with: Data(bytes), options: .fragmentsAllowed)
      guard isRead != (foundation != nil) else { return nil }
      // Foundation forgives a comma before a bracket that closes.
      if !isRead, Self.hasTrailingComma(bytes) { return nil }
      return Fuzz.Failure(isRead ? "is read here only" : "is read by Foundation only", bytes)
    }
  }

  /// Three digits or signs after an `e`.
  private static func hasLongExponent(_ bytes: [UInt8]) -> Bool {
    bytes.indices.dropLast(3).contains { index in
      bytes[index] | 0x20 == UInt8(ascii: "e")
        && bytes[(index + 1)...(index + 3)].allSatisfy { "+-0123456789".utf8.contains($0) }
    }
  }

  private static func hasTrailingComma(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { index in
      guard bytes[index] == UInt8(ascii: ",") else { return false }
      let next = bytes[(index + 1)...].first { !" \n\r\t".utf8.contains($0) }
      return next == UInt8(ascii: "]") || next == UInt8(ascii: "}")
    }
  }

  @Test("A text that is cut off says a value that can be written, and a whole one says its own")
  func cut() throws {
    try Fuzz(share: 15, name: "json-cut").run { random in
      var bytes = Self.input(&random, Self.pieces + Self.oddities)
      let value = CutJSON.value(of: bytes)
      if let whole = try? JSONReader.read(bytes), value?.text != whole.text {
        return Fuzz.Failure("\(value?.text ?? "nothing") is not the whole", bytes)
      }
      guard let value else {
        // What is refused stays refused, whatever follows; what is only not yet a value may become one.
        guard case .unexpected(let offset)? = Self.failure(bytes), offset < bytes.count else {
          return nil
        }
        bytes.append(contentsOf: Mutation.text(Self.pieces, 3, &random))
        guard let late = CutJSON.value(of: bytes) else { return nil }
        return Fuzz.Failure("says \(late.text) though its beginning is refused", bytes)
      }
      guard (try? JSONReader.read(value.bytes))?.text == value.text else {
        return Fuzz.Failure("says \(value.text)", bytes)
      }
      return nil
    }
  }

  private static func failure(_ bytes: [UInt8]) -> JSONReader.Failure? {
    do throws(JSONReader.Failure) {
      _ = try JSONReader.read(bytes)
      return nil
    } catch {
      return error
    }
  }
}
