import Fleet
import GRDB
import WorkerAPI

extension Database {
  /// Adds to what the worker spent in that quarter of an hour.
  func keep(_ charge: Charge) throws {
    try run(
      sql: """
        INSERT INTO charge (quarter, worker, budget, credits, dollars, "from", "until")
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (quarter, worker, budget) DO UPDATE SET
          credits = credits + excluded.credits, dollars = dollars + excluded.dollars,
          "from" = min("from", excluded."from"), "until" = max("until", excluded."until")
        """,
      arguments: [
        charge.quarter, charge.worker.storable, charge.budget.word.storable,
        charge.spent.credits, charge.spent.dollars, charge.from, charge.until,
      ])
  }

  func keep(_ cost: RunCost) throws {
    try run(
      sql: "INSERT INTO run (worker, endedAt, credits, dollars, seconds) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        cost.worker.storable, cost.endedAt, cost.spent.credits, cost.spent.dollars, cost.seconds,
      ])
    try run(
      sql: """
        DELETE FROM run WHERE worker = ?1 AND position <= (
          SELECT position FROM run WHERE worker = ?1 ORDER BY position DESC LIMIT 1 OFFSET ?2)
        """,
      arguments: [cost.worker.storable, RunCost.limit])
  }

  func keep(_ file: KeptFile) throws {
    try run(
      sql: """
        INSERT OR REPLACE INTO download (worker, file, path, bytes, digest, savedAt)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        file.worker.storable, file.file.storable, file.path.storable, file.bytes,
        file.digest, file.at,
      ])
  }

  func keep(_ input: PastInput) throws {
    guard !input.text.isEmpty else { return }
    try run(
      sql: "INSERT OR REPLACE INTO input (text, sentAt) VALUES (?, ?)",
      arguments: [input.text.storable, input.at])
    try run(
      sql: """
        DELETE FROM input WHERE position <= (
          SELECT position FROM input ORDER BY position DESC LIMIT 1 OFFSET ?)
        """,
      arguments: [PastInput.limit])
  }
}
