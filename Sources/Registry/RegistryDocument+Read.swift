import Fleet
public import WorkerAPI

extension RegistryDocument {
  /// What is wrong with a document and where, as in `workers[3].id is missing`.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
  }

  /// UTF-8 bytes of a worker's or an intent's id; a longer one is refused.
  public static let idLimit = 1_024

  /// Reads the text of an export; members that are not known are passed over.
  public init(_ bytes: [UInt8]) throws(Fault) {
    let json: JSON
    do throws(JSONReader.Failure) {
      json = try JSONReader.read(bytes)
    } catch {
      switch error {
      case .unexpected(let offset) where offset >= bytes.count:
        throw Fault(description: "the JSON ends too early")
      case .unexpected(let offset):
        let line = bytes[..<offset].count { $0 == 0x0A } + 1
        throw Fault(description: "no JSON in line \(line), at byte \(offset)")
      case .tooDeep: throw Fault(description: "the JSON is nested too deep")
      }
    }
    try self.init(json: json)
  }

  /// Checks every value before anything is made of any.
  public init(json: JSON) throws(Fault) {
    guard json["signalbox"] == "registry" else {
      throw Fault(description: "this is no export of a Signalbox registry")
    }
    let top = Place(json: json, name: "")
    let version = try top.whole("version")
    guard version == Self.version else {
      throw Fault(
        description: "version \(version) is of another Signalbox; this one reads \(Self.version)")
    }
    self.init(Recollection())
    workers = try top.each("workers") { place throws(Fault) in try KnownWorker(place) }
    try Self.refuseTwins(workers, in: "workers", \.id)
    drafts = try top.each("drafts") { place throws(Fault) in try Draft(place) }
    try Self.refuseTwins(drafts, in: "drafts", \.subject)
    intents = try top.each("intents") { place throws(Fault) in try Intent(place) }
    try Self.refuseTwins(intents, in: "intents", \.id)
  }

  private static func refuseTwins<Value, Key: Hashable>(
    _ values: [Value], in list: String, _ key: KeyPath<Value, Key>
  ) throws(Fault) {
    var first: [Key: Int] = [:]
    for (index, value) in values.enumerated() {
      guard let twin = first.updateValue(index, forKey: value[keyPath: key]) else { continue }
      throw Fault(description: "\(list)[\(index)] is the same as \(list)[\(twin)]")
    }
  }
}

/// An object of the document with the name under which it stands.
private struct Place {
  typealias Fault = RegistryDocument.Fault

  var json: JSON
  var name: String

  func path(_ member: String) -> String { name.isEmpty ? member : "\(name).\(member)" }

  func wrong(_ member: String, _ what: String) -> Fault {
    Fault(description: "\(path(member)) is \(what)")
  }

  /// Nil for an absent member and for a null.
  func optional(_ member: String) -> JSON? { json[member].flatMap { $0.isPresent ? $0 : nil } }

  func value<Value>(
    _ member: String, _ kind: String, _ read: (JSON) -> Value?
  ) throws(Fault) -> Value {
    guard let json = optional(member) else { throw wrong(member, "missing") }
    guard let value = read(json) else { throw wrong(member, "not \(kind)") }
    return value
  }

  func text(_ member: String) throws(Fault) -> String {
    try value(member, "a text") { $0.string }
  }

  func optionalText(_ member: String) throws(Fault) -> String? {
    optional(member) == nil ? nil : try text(member)
  }

  func number(_ member: String) throws(Fault) -> Double {
    try value(member, "a number") { $0.double.flatMap { $0.isFinite ? $0 : nil } }
  }

  func optionalNumber(_ member: String) throws(Fault) -> Double? {
    optional(member) == nil ? nil : try number(member)
  }

  func whole(_ member: String) throws(Fault) -> Int {
    try value(member, "a whole number") {
      if case .integer(let number) = $0 { number } else { nil }
    }
  }

  func flag(_ member: String) throws(Fault) -> Bool {
    try value(member, "true or false") { $0.bool }
  }

  /// False where it is absent.
  func optionalFlag(_ member: String) throws(Fault) -> Bool {
    optional(member) == nil ? false : try flag(member)
  }

  /// One line without controls, of a bounded length.
  func id(_ member: String) throws(Fault) -> String {
    let id = try text(member)
    guard !id.isEmpty else { throw wrong(member, "empty") }
    guard id.utf8.count <= RegistryDocument.idLimit else {
      throw wrong(member, "longer than \(RegistryDocument.idLimit) bytes")
    }
    let isClean = id.unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        && !$0.properties.isWhitespace
    }
    guard isClean else { throw wrong(member, "no id: there are spaces or controls in it") }
    return id
  }

  func optionalID(_ member: String) throws(Fault) -> String? {
    optional(member) == nil ? nil : try id(member)
  }

  func each<Value>(
    _ member: String, _ read: (Place) throws(Fault) -> Value
  ) throws(Fault) -> [Value] {
    let list = try value(member, "a list") { $0.array }
    var values: [Value] = []
    values.reserveCapacity(list.count)
    for (index, json) in list.enumerated() {
      let place = Place(json: json, name: "\(path(member))[\(index)]")
      guard json.object != nil else {
        throw Fault(description: "\(place.name) is not an object")
      }
      values.append(try read(place))
    }
    return values
  }
}

extension KnownWorker {
  fileprivate init(_ place: Place) throws(RegistryDocument.Fault) {
    self.init(
      id: try place.id("id"), title: try place.optionalText("title"),
      instruction: try place.text("instruction"), budget: Budget(try place.text("budget")),
      addedAt: try place.number("addedAt"), isUnread: try place.flag("isUnread"),
      isPinned: try place.optionalFlag("isPinned"),
      isArchived: try place.optionalFlag("isArchived"),
      isMarked: try place.optionalFlag("isMarked"),
      lastSeen: try place.optionalText("lastSeen"),
      lastSeenAt: try place.optionalNumber("lastSeenAt"))
  }
}

extension Draft {
  fileprivate init(_ place: Place) throws(RegistryDocument.Fault) {
    let (kind, worker) = (try place.text("kind"), try place.optionalID("worker"))
    guard let subject = Subject(kind: kind, worker: worker ?? "") else {
      throw place.wrong("kind", "none of newWorker, followUp and schedule")
    }
    guard (worker == nil) == (subject == .newWorker) else {
      throw place.wrong("worker", worker == nil ? "missing" : "not of a draft for a new worker")
    }
    let (text, cursor) = (try place.text("text"), try place.whole("cursor"))
    guard !text.isEmpty else { throw place.wrong("text", "empty") }
    guard cursor >= 0 else { throw place.wrong("cursor", "below 0") }
    self.init(
      subject: subject, text: text, cursor: cursor, budget: Budget(try place.text("budget")))
  }
}

extension Intent {
  fileprivate init(_ place: Place) throws(RegistryDocument.Fault) {
    guard let kind = Kind(rawValue: try place.text("kind")) else {
      throw place.wrong("kind", "no kind of order that this Signalbox knows")
    }
    var when: ScheduleKind?
    if place.optional("when") != nil {
      when = try place.value("when", "the time of a schedule") { ScheduleKind(requestJSON: $0) }
    }
    self.init(
      id: try place.id("id"), kind: kind, worker: try place.optionalID("worker"),
      input: try place.text("input"), budget: Budget(try place.text("budget")),
      madeAt: try place.number("madeAt"), when: when)
  }
}
