import Fleet
import GRDB
import WorkerAPI

/// Rows of the tables as values; a row that cannot be read is counted and left where it is.
///
/// A file of an older or a newer program may lack a table or a column: what is there is read.
enum Rows {
  static func recollection(_ database: Database) throws -> Recollection {
    var unread = 0
    func all<Value>(_ table: String, _ read: (Cells) -> Value?) throws -> [Value] {
      guard try database.tableExists(table) else { return [] }
      let order = table == "preference" ? "name" : "position"
      let isOrdered = try database.columns(in: table).contains { $0.name == order }
      // Read one by one: ten thousand copies of rows are half of the time until the first frame.
      let statement = try database.makeStatement(
        sql: "SELECT * FROM \(table)" + (isOrdered ? " ORDER BY \(order)" : ""))
      let rows = try Row.fetchCursor(statement)
      let places = Cells.places(statement.columnNames)
      var values: [Value] = []
      while let row = try rows.next() {
        if let value = read(Cells(row: row, places: places)) {
          values.append(value)
        } else {
          unread += 1
        }
      }
      return values
    }
    var recollection = Recollection(
      workers: try all("worker", KnownWorker.init(_:)), drafts: try all("draft", Draft.init(_:)),
      intents: try all("intent", Intent.init(_:)))
    for (name, value) in try all("preference", preference) {
      recollection.preferences[name] = value
    }
    recollection.charges = try charges(database)
    recollection.runs = try all("run", RunCost.init(_:))
    recollection.downloads = try all("download", KeptFile.init(_:))
    recollection.inputs = try all("input", PastInput.init(_:))
    if unread > 0 {
      recollection.notices.append(
        "\(unread) \(unread == 1 ? "entry" : "entries") of the registry could not be read; left in the file"
      )
    }
    return recollection
  }

  /// The consoles that sent the orders which are in the journal.
  static func owners(_ database: Database) throws -> [(intent: String, owner: Int)] {
    guard try database.tableExists("intent"),
      try database.columns(in: "intent").contains(where: { $0.name == "owner" })
    else { return [] }
    return try Row.fetchAll(
      database, sql: "SELECT id, owner FROM intent WHERE owner IS NOT NULL"
    ).compactMap {
      let row = Cells($0)
      guard let id = row.text("id"), let owner = row.whole("owner") else { return nil }
      return (id, owner)
    }
  }

  /// Those of the last days, added up over the workers: what a forgotten one spent stays spent.
  private static func charges(_ database: Database) throws -> [Charge] {
    guard try database.tableExists("charge"),
      let newest = try Int.fetchOne(database, sql: "SELECT max(quarter) FROM charge")
    else { return [] }
    return try charges(
      database, from: newest - Spending.days * 86_400 / Charge.span + 1, through: newest)
  }

  /// Those of some quarters of an hour, added up over the workers.
  static func charges(
    _ database: Database, from first: Int, through last: Int
  ) throws -> [Charge] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT quarter, budget, sum(credits) AS credits, sum(dollars) AS dollars,
          min("from") AS "from", max("until") AS "until"
        FROM charge WHERE quarter BETWEEN ? AND ?
        GROUP BY quarter, budget ORDER BY quarter, budget
        """,
      arguments: [first, last])
    return rows.compactMap { Charge(Cells($0)) }
  }

  static func preference(_ row: Cells) -> (String, String)? {
    guard let name = row.text("name"), let value = row.text("value") else { return nil }
    return (name, value)
  }
}

extension KnownWorker {
  init?(_ row: Cells) {
    guard let id = row.text("id"), let instruction = row.text("instruction"),
      let budget = row.text("budget"), let addedAt = row.number("addedAt"),
      let isUnread = row.whole("isUnread")
    else { return nil }
    self.init(
      id: id, title: row.text("title"), instruction: instruction, budget: Budget(budget),
      addedAt: addedAt, isUnread: isUnread != 0, isPinned: row.whole("isPinned") == 1,
      isArchived: row.whole("isArchived") == 1, isMarked: row.whole("isMarked") == 1,
      account: row.text("account").flatMap(Account.init(text:)), lastSeen: row.text("lastSeen"),
      lastSeenAt: row.number("lastSeenAt"))
    schedules = row.text("schedules").flatMap(Self.schedules(in:))
    schedulesAt = row.number("schedulesAt")
    email = row.text("email")
  }
}

extension KnownWorker {
  /// The column of its schedules, in the words of the API.
  var schedulesText: String? { schedules.map { JSON.array($0.map(\.json)).text.storable } }

  /// The inverse; nil for a text that is none, and then they are asked for anew.
  fileprivate static func schedules(in text: String) -> [Schedule]? {
    (try? JSONReader.read(text))?.array?.compactMap(Schedule.init(json:))
  }
}

extension Draft {
  init?(_ row: Cells) {
    guard let kind = row.text("kind"), let worker = row.text("worker"),
      let subject = Subject(kind: kind, worker: worker), let text = row.text("text"),
      let cursor = row.whole("cursor"), let budget = row.text("budget")
    else { return nil }
    self.init(subject: subject, text: text, cursor: cursor, budget: Budget(budget))
  }
}

extension Intent {
  init?(_ row: Cells) {
    guard let id = row.text("id"), let kind = row.text("kind").flatMap(Kind.init(rawValue:)),
      let input = row.text("input"), let budget = row.text("budget"),
      let madeAt = row.number("madeAt")
    else { return nil }
    var when: ScheduleKind?
    if let text = row.text("when") {
      guard let kind = (try? JSONReader.read(text)).flatMap(ScheduleKind.init(requestJSON:)) else {
        return nil
      }
      when = kind
    }
    self.init(
      id: id, kind: kind, worker: row.text("worker"), input: input, budget: Budget(budget),
      madeAt: madeAt, when: when)
  }
}

extension ScheduleKind {
  /// The inverse of `requestJSON`; nil when a member is missing or of another type.
  init?(requestJSON json: JSON) {
    guard let word = json["type"]?.string else { return nil }
    switch word {
    case "scheduled":
      guard let date = json["date"]?.string.flatMap(Timestamp.parse) else { return nil }
      self = .once(date)
    case "delayed":
      guard case .integer(let seconds) = json["delayInSeconds"] else { return nil }
      self = .delayed(seconds: seconds)
    case "cron":
      guard let expression = json["cron"]?.string else { return nil }
      self = .cron(expression)
    case "interval":
      guard case .integer(let seconds) = json["intervalSeconds"] else { return nil }
      self = .interval(seconds: seconds)
    default: self = .other(word)
    }
  }
}

extension Draft.Subject {
  init?(kind: String, worker: String) {
    switch kind {
    case "newWorker": self = .newWorker
    case "followUp": self = .followUp(worker: worker)
    case "schedule": self = .schedule(worker: worker)
    default: return nil
    }
  }

  /// The words by which the table knows a subject; `worker` is empty for a new one.
  var columns: (kind: String, worker: String) {
    switch self {
    case .newWorker: ("newWorker", "")
    case .followUp(let worker): ("followUp", worker)
    case .schedule(let worker): ("schedule", worker)
    }
  }
}
