public import WorkerAPI

/// What the bytes of a file are, as far as they can be shown in a terminal.
public enum FileContent: Hashable, Sendable {
  case text(String)
  case markdown(String)
  case table(DelimitedText)
  case json(JSON)
  case image(ImageFacts)
  /// Nothing that can be read; the first bytes.
  case bytes([UInt8])

  /// Bytes of a file that are looked at.
  public static let limit = 256 << 10
  /// Bytes of what cannot be read that are kept.
  public static let headLimit = 512

  /// `isCut` says that the file goes on behind the bytes.
  public init(_ bytes: [UInt8], name: String, mediaType: String, isCut: Bool) {
    if let facts = ImageFacts(bytes) {
      self = .image(facts)
      return
    }
    guard let text = Self.text(bytes, isCut: isCut) else {
      self = .bytes(Array(bytes.prefix(Self.headLimit)))
      return
    }
    let end = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let type = mediaType.lowercased().prefix { $0 != ";" && $0 != " " }
    switch (end, type) {
    case ("md", _), ("markdown", _), (_, "text/markdown"): self = .markdown(text)
    case ("csv", _), ("tsv", _), (_, "text/csv"), (_, "text/tab-separated-values"):
      self = .table(DelimitedText(text, isCut: isCut))
    case ("json", _), (_, "application/json"),
      (_, _) where type.hasSuffix("+json"):
      self =
        (isCut ? CutJSON.value(of: bytes) : try? JSONReader.read(bytes)).map(Self.json)
        ?? .text(text)
    default: self = .text(text)
    }
  }

  /// Nil for bytes that are no UTF-8 or hold a NUL; a character that was cut at the end is left out.
  private static func text(_ bytes: [UInt8], isCut: Bool) -> String? {
    guard !bytes.contains(0) else { return nil }
    for missing in 0...(isCut ? min(3, bytes.count) : 0) {
      if let text = String(validating: bytes.dropLast(missing), as: UTF8.self) {
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
      }
    }
    return nil
  }
}

/// A file that is being looked at.
public struct Preview: Hashable, Sendable {
  public enum Stage: Hashable, Sendable {
    case loading
    case shown(Shown)
    case failed(reason: String)
  }

  public struct Shown: Hashable, Sendable {
    public var content: FileContent
    /// Bytes that were looked at, and those of the whole file where that is known.
    public var bytes: Int
    public var total: Int?
    /// It was read from the saved file.
    public var isSaved: Bool
    /// Seconds since 1970.
    public var at: Double

    public init(content: FileContent, bytes: Int, total: Int?, isSaved: Bool, at: Double) {
      self.content = content
      self.bytes = bytes
      self.total = total
      self.isSaved = isSaved
      self.at = at
    }

    public var isCut: Bool { total.map { bytes < $0 } ?? (bytes >= FileContent.limit) }
  }

  public var worker: String
  public var file: WorkerFile
  public var stage: Stage

  public init(worker: String, file: WorkerFile, stage: Stage) {
    self.worker = worker
    self.file = file
    self.stage = stage
  }
}
