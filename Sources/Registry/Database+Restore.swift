import Fleet
import GRDB

/// What a damaged file brought to a copy of it.
struct Restored {
  /// Entries that the copy had not, or not so, by the word for them.
  var counts: [(word: String, count: Int)] = []
  /// Orders of the copy that may have been settled since.
  var doubtful = 0

  fileprivate mutating func count(_ word: String, _ count: Int) {
    if count > 0 { counts.append((word, count)) }
  }
}

extension Database {
  /// Enters what was salvaged over what a copy has, which is older; belongs in a transaction.
  func restore(_ salvaged: Salvaged) throws -> Restored {
    let copy = try Rows.recollection(self)
    var restored = Restored()
    let (charges, growth) = try restore(salvaged.charges)
    let runs = fresh(salvaged.runs, besides: copy.runs)
    restored.count("worker", try restore(salvaged.workers, over: copy.workers, growth, runs))
    let drafts = fresh(salvaged.drafts, besides: copy.drafts)
    restored.count("draft", try keepAll(drafts.map(Memo.draft)))
    let intents = fresh(salvaged.intents, besides: copy.intents)
    restored.count("order", try keepAll(intents.map(Memo.intent)))
    restored.doubtful = try settle(salvaged)
    restored.count("charge", charges)
    restored.count("run", try keepAll(runs.map(Memo.run)))
    restored.count("input", try restore(salvaged.inputs, over: copy.inputs))
    let downloads = fresh(salvaged.downloads, besides: copy.downloads)
    restored.count("download", try keepAll(downloads.map(Memo.download)))
    let preferences = salvaged.preferences.filter { copy.preferences[$0.key] != $0.value }
      .sorted { $0.key < $1.key }
    restored.count(
      "setting", try keepAll(preferences.map { .preference(name: $0.key, value: $0.value) }))
    return restored
  }

  private func fresh<Entry: Hashable>(_ entries: [Entry], besides copy: [Entry]) -> [Entry] {
    let known = Set(copy)
    return entries.filter { !known.contains($0) }
  }

  private func keepAll(_ memos: [Memo]) throws -> Int {
    for memo in memos { try keep(memo) }
    return memos.count
  }

  /// Where the journal was read to its end, orders that it has not are settled; else answers how
  /// many of those may be.
  private func settle(_ salvaged: Salvaged) throws -> Int {
    let known = Set(salvaged.intents.map(\.id))
    let others = try String.fetchAll(self, sql: "SELECT id FROM intent")
      .filter { !known.contains($0) }
    guard salvaged.isJournalWhole else { return others.count }
    for id in others { try keep(.settled(id)) }
    return 0
  }

  /// By their times, for those that could be read may be of before the copy.
  private func restore(_ inputs: [PastInput], over copy: [PastInput]) throws -> Int {
    let fresh = fresh(inputs, besides: copy)
    guard !fresh.isEmpty else { return 0 }
    let newest = Dictionary((copy + inputs).map { ($0.text, $0.at) }, uniquingKeysWith: max)
    try run(sql: "DELETE FROM input", arguments: [])
    for (text, at) in newest.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      try keep(PastInput(text: text, at: at))
    }
    return fresh.count
  }
}
