import Fleet
import GRDB
import WorkerAPI

extension Charge {
  /// One quarter of an hour of all workers with one budget.
  init?(_ row: Cells) {
    guard let quarter = row.whole("quarter"), let budget = row.text("budget"),
      let credits = row.number("credits"), let dollars = row.number("dollars"),
      let from = row.number("from"), let until = row.number("until")
    else { return nil }
    self.init(
      worker: "", quarter: quarter, budget: Budget(budget),
      spent: Spent(credits: credits, dollars: dollars), from: from, until: until)
  }
}

extension RunCost {
  init?(_ row: Cells) {
    guard let worker = row.text("worker"), let endedAt = row.number("endedAt"),
      let credits = row.number("credits"), let dollars = row.number("dollars")
    else { return nil }
    self.init(
      worker: worker, endedAt: endedAt, spent: Spent(credits: credits, dollars: dollars),
      seconds: row.number("seconds"))
  }
}

extension KeptFile {
  init?(_ row: Cells) {
    guard let worker = row.text("worker"), let file = row.text("file"),
      let path = row.text("path"), let bytes = row.whole("bytes"), let at = row.number("savedAt")
    else { return nil }
    self.init(
      worker: worker, file: file, path: path, bytes: bytes, digest: row.text("digest"), at: at)
  }
}

extension PastInput {
  init?(_ row: Cells) {
    guard let text = row.text("text"), let at = row.number("sentAt") else { return nil }
    self.init(text: text, at: at)
  }
}

extension Account {
  /// The inverse of `json`; nil for a text that is none, and then the books begin anew.
  init?(text: String) {
    guard let json = try? JSONReader.read(text), let booked = Spent(json["booked"]),
      let at = json["at"]?.double
    else { return nil }
    self.init(booked: booked, at: at)
    if case .integer(let runs) = json["runs"], let total = Spent(json["total"]) {
      settled = Settled(runs: runs, total: total, seconds: json["seconds"]?.double)
    }
  }

  var json: JSON {
    var members: [(String, JSON)] = [("booked", booked.json), ("at", .number(at))]
    if let settled {
      members += [("runs", .integer(settled.runs)), ("total", settled.total.json)]
      if let seconds = settled.seconds { members.append(("seconds", .number(seconds))) }
    }
    return .object(JSONObject(members))
  }
}

extension Spent {
  fileprivate init?(_ json: JSON?) {
    guard let credits = json?["credits"]?.double, let dollars = json?["dollars"]?.double else {
      return nil
    }
    self.init(credits: credits, dollars: dollars)
  }

  fileprivate var json: JSON { ["credits": .number(credits), "dollars": .number(dollars)] }
}
