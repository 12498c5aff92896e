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
    /// How it was read, or why it is not shown as what it says it is.
    public var note: String?
    /// Bytes that were looked at, and those of the whole file where that is known.
    public var bytes: Int
    public var total: Int?
    /// It was read from the saved file.
    public var isSaved: Bool
    /// Seconds since 1970.
    public var at: Double

    public init(
      _ reading: FileReading, bytes: Int, total: Int?, isSaved: Bool, at: Double
    ) {
      content = reading.content
      note = reading.note
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
