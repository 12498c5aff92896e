/// A worker as the API describes it; what this version does not know stays in `raw`.
public struct Worker: Hashable, Sendable {
  public var id: String
  /// Seconds since 1970, fractions allowed; nil when the server does not say.
  public var createdAt: Double?
  public var status: WorkerStatus
  public var isRunning: Bool
  /// Whatever the server puts here; null and absent are nil.
  public var error: JSON?
  /// Why a run ended early, such as a budget's ceiling; null and absent are nil.
  public var incompleteDetails: JSON?
  public var outputText: String
  public var files: [WorkerFile]
  public var sources: [WorkerSource]
  /// Stored messages, most likely UI messages (protocol.md (c)).
  public var messages: [StoredMessage]
  public var metadata: JSONObject
  public var costs: Costs?
  public var usage: Usage?
  /// The object as it came, long words aside, for the raw view and for fields of later versions.
  public var raw: JSON

  /// Nil when the value is no object or has no id: without one nothing can be asked about it.
  public init?(json: JSON) {
    guard let id = json["id"]?.string, !id.isEmpty else { return nil }
    self.id = id
    createdAt = json["created_at"]?.double
    let running = json["running"]?.bool
    status =
      json["status"]?.string.map(WorkerStatus.init)
      ?? (running == true ? .running : .other(""))
    isRunning = running ?? (status == .running)
    error = json["error"].flatMap { $0.isPresent ? $0 : nil }
    incompleteDetails = json["incomplete_details"].flatMap { $0.isPresent ? $0 : nil }
    outputText = json["output_text"]?.string ?? Self.text(ofOutput: json["output"])
    files = (json["files"]?.array ?? []).compactMap(WorkerFile.init)
    sources = (json["sources"]?.array ?? []).compactMap(WorkerSource.init)
    messages = (json["messages"]?.array ?? []).map(StoredMessage.init)
    metadata = json["metadata"]?.object ?? JSONObject()
    costs = json["costs"].flatMap(Costs.init)
    usage = json["usage"].flatMap(Usage.init)
    raw = json
  }

  private static func text(ofOutput output: JSON?) -> String {
    (output?.array ?? []).flatMap { $0["content"]?.array ?? [] }
      .compactMap { $0["text"]?.string }.joined()
  }
}

/// Where a run stands; the wire has no word for failure (protocol.md, open point 3).
public enum WorkerStatus: Hashable, Sendable {
  case running, completed, pending
  case other(String)

  public init(_ word: String) {
    switch word {
    case "running": self = .running
    case "completed": self = .completed
    case "pending": self = .pending
    default: self = .other(word)
    }
  }

  public var word: String {
    switch self {
    case .running: "running"
    case .completed: "completed"
    case .pending: "pending"
    case .other(let word): word
    }
  }
}

/// A file that a worker was given or made.
public struct WorkerFile: Hashable, Sendable {
  /// A path that may hold `/`; nil for files that the server does not name.
  public var filename: String?
  public var mediaType: String
  public var url: String
  /// Bytes, from API 0.23 on.
  public var size: Int?

  public init(filename: String?, mediaType: String, url: String, size: Int? = nil) {
    self.filename = filename
    self.mediaType = mediaType
    self.url = url
    self.size = size
  }

  public init?(json: JSON) {
    guard let url = json["url"]?.string ?? json["filename"]?.string else { return nil }
    self.init(
      filename: json["filename"]?.string, mediaType: json["mediaType"]?.string ?? "",
      url: url, size: json["size"]?.int)
  }

  public var json: JSON {
    [
      "filename": filename.map(JSON.string) ?? .null, "mediaType": .string(mediaType),
      "url": .string(url),
    ]
  }
}

/// A page that a worker has read.
public struct WorkerSource: Hashable, Sendable {
  public var id: String
  public var title: String?
  public var url: String

  public init(id: String, title: String?, url: String) {
    self.id = id
    self.title = title
    self.url = url
  }

  public init?(json: JSON) {
    guard let url = json["url"]?.string else { return nil }
    self.init(id: json["id"]?.string ?? url, title: json["title"]?.string, url: url)
  }

  public var json: JSON {
    [
      "id": .string(id), "title": title.map(JSON.string) ?? .null, "type": "url",
      "url": .string(url),
    ]
  }
}
