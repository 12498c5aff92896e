import WorkerAPI

/// What a file's bytes were taken for, and a word where that is not plain from its type.
public struct FileReading: Hashable, Sendable {
  public var content: FileContent
  /// How it was read, or why it is not shown as what it says it is.
  public var note: String?

  /// `isCut` says that the file goes on behind the bytes.
  public init(_ bytes: [UInt8], name: String, mediaType: String, isCut: Bool) {
    if let facts = ImageFacts(bytes) {
      content = .image(facts)
      return
    }
    let end = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let type = mediaType.lowercased().prefix { $0 != ";" && $0 != " " }
    let isText =
      type.hasPrefix("text/") || ["csv", "log", "markdown", "md", "tsv", "txt"].contains(end)
    guard let text = DecodedText(bytes, isCut: isCut, isText: isText) else {
      content = .bytes(Array(bytes.prefix(FileContent.headLimit)))
      let isHead = isCut || bytes.count > FileContent.headLimit
      let count = min(bytes.count, FileContent.headLimit)
      note = isHead ? "no text: its first \(count) bytes" : "no text: its bytes"
      return
    }
    note = text.note
    do throws(JSONText.Fault) {
      content = try FileContent(text.text, end, String(type), isCut: isCut)
    } catch {
      content = .text(text.text)
      note = [text.note, error.words].compactMap(\.self).joined(separator: ", ")
    }
    if end == "svg" || type == "image/svg+xml" { note = ImageFacts.source(of: text.text) }
  }
}

extension FileContent {
  fileprivate init(
    _ text: String, _ end: String, _ type: String, isCut: Bool
  ) throws(JSONText.Fault) {
    switch (end, type) {
    case ("md", _), ("markdown", _), (_, "text/markdown"): self = .markdown(text)
    case ("csv", _), ("tsv", _), (_, "text/csv"), (_, "text/tab-separated-values"):
      self = .table(DelimitedText(text, isCut: isCut))
    case ("jsonl", _), ("ndjson", _),
      (_, _) where ["jsonl", "jsonlines", "ndjson"].contains { type.hasSuffix($0) }:
      self = .json(try JSONText.values(of: Array(text.utf8), isCut: isCut))
    case ("json", _), (_, "application/json"),
      (_, _) where type.hasSuffix("+json"):
      self = .json(try JSONText.value(of: Array(text.utf8), isCut: isCut))
    default: self = .text(text)
    }
  }
}

/// Bytes as text: in UTF-8, in what a byte order mark says, or as old programs write.
private struct DecodedText {
  var text: String
  var note: String?

  /// What 0x80 to 0x9F are in Windows-1252, which is Latin-1 in all else.
  private static let windows = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  /// Nil for bytes that are no text; what is no UTF-8 may be Latin-1 where `isText` says so.
  init?(_ bytes: [UInt8], isCut: Bool, isText: Bool) {
    if let text = Self.wide(bytes, isCut: isCut) {
      (self.text, note) = (text, "read as UTF-16")
      return
    }
    guard !bytes.contains(0) else { return nil }
    for missing in 0...(isCut ? min(3, bytes.count) : 0) {
      if let text = String(validating: bytes.dropLast(missing), as: UTF8.self) {
        let hasMark = text.unicodeScalars.first == "\u{FEFF}"
        self.text = hasMark ? String(text.unicodeScalars.dropFirst()) : text
        return
      }
    }
    guard isText else { return nil }
    text = String(
      String.UnicodeScalarView(
        bytes.map { (0x80...0x9F).contains($0) ? Self.windows[Int($0) - 0x80] : Unicode.Scalar($0) }
      ))
    note = "no UTF-8: read as Latin-1"
  }

  /// Nil without a byte order mark, or where no text follows it.
  private static func wide(_ bytes: [UInt8], isCut: Bool) -> String? {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard bytes.count >= 4, isLittle || bytes.starts(with: [0xFE, 0xFF]),
      isCut || bytes.count.isMultiple(of: 2)
    else { return nil }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      let (one, two) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? two << 8 | one : one << 8 | two
    }
    guard !units.contains(0) else { return nil }
    return String(validating: units, as: UTF16.self)
      ?? (isCut ? String(validating: units.dropLast(), as: UTF16.self) : nil)
  }
}
