import Fleet
import Registry
import Testing
import WorkerAPI

@Suite struct RegistryMergeTests {
  private func worker(
    _ id: String, title: String? = nil, instruction: String = "do", seen: String? = nil,
    at: Double? = nil
  ) -> KnownWorker {
    KnownWorker(
      id: id, title: title, instruction: instruction,
      budget: instruction.isEmpty ? .standard : .high,
      addedAt: 1, lastSeen: seen, lastSeenAt: at)
  }

  private func draft(_ text: String, of worker: String) -> Draft {
    Draft(subject: .followUp(worker: worker), text: text, cursor: 0, budget: .low)
  }

  private func intent(_ id: String, _ input: String) -> Intent {
    Intent(id: id, kind: .create, input: input, budget: .low, madeAt: 1)
  }

  /// Two hosts that know some of the same workers.
  private var sides: (Recollection, Recollection) {
    (
      Recollection(
        workers: [
          worker("both", title: "Mine", seen: "old", at: 10), worker("same"),
          worker("adopted", instruction: ""), worker("here"),
        ],
        drafts: [draft("mine", of: "both"), draft("same", of: "same")],
        intents: [intent("i1", "mine"), intent("i2", "same")]),
      Recollection(
        workers: [
          worker("there", title: "Far"), worker("both", title: "Theirs", seen: "new", at: 20),
          worker("same"), worker("adopted", title: "Named", instruction: "work"),
        ],
        drafts: [draft("theirs", of: "both"), draft("same", of: "same"), draft("x", of: "there")],
        intents: [intent("i1", "theirs"), intent("i2", "same"), intent("i3", "new")],
        preferences: ["theme": "nord"])
    )
  }

  private func merged(
    _ local: Recollection, _ other: Recollection
  ) async throws -> (Recollection, RegistryMerge) {
    let registry = try Registry.inMemory()
    try await registry.fill(RegistryDocument(local).memos)
    let document = RegistryDocument(other)
    let merge = try await registry.revise { local in
      let merge = RegistryMerge(document, into: local)
      return (merge.memos, merge)
    }
    return (try await registry.recall(), merge)
  }

  @Test("What is unknown is added; the words that are here stay, and the newer answer wins")
  func thereToHere() async throws {
    let (here, there) = sides
    let (result, merge) = try await merged(here, there)
    #expect(
      result
        == Recollection(
          workers: [
            worker("both", title: "Mine", seen: "new", at: 20), worker("same"),
            worker("adopted", title: "Named", instruction: "work"), worker("here"),
            worker("there", title: "Far"),
          ],
          drafts: [draft("mine", of: "both"), draft("same", of: "same"), draft("x", of: "there")],
          intents: [intent("i1", "mine"), intent("i2", "same"), intent("i3", "new")]))
    #expect(merge.workers == .init(added: 1, updated: 2, skipped: 1))
    #expect(merge.drafts == .init(added: 1, kept: 1, skipped: 1))
    #expect(merge.intents == .init(added: 1, kept: 1, skipped: 1))
  }

  @Test("The other way round the other side's words stay, and an older answer changes nothing")
  func hereToThere() async throws {
    let (here, there) = sides
    let (result, merge) = try await merged(there, here)
    #expect(
      result
        == Recollection(
          workers: there.workers + [worker("here")], drafts: there.drafts,
          intents: there.intents))
    #expect(merge.workers == .init(added: 1, kept: 2, skipped: 1))
    #expect(merge.drafts == .init(kept: 1, skipped: 1))
    #expect(merge.intents == .init(kept: 1, skipped: 1))
  }

  @Test("A second merge of the same document changes nothing")
  func twice() async throws {
    let (here, there) = sides
    let (once, _) = try await merged(here, there)
    let (twice, merge) = try await merged(once, there)
    #expect(twice == once)
    #expect(merge.memos == [])
  }

  @Test("Merging keeps every worker while another console writes")
  func together() async throws {
    let folder = try Folder()
    let registries = try [0, 1].map { _ in try Registry.open(folder: folder.path) }
    try await withThrowingTaskGroup { group in
      for (index, registry) in registries.enumerated() {
        group.addTask {
          for step in 0..<20 {
            let added = RegistryDocument(
              Recollection(workers: [
                KnownWorker(id: "\(index).\(step)", instruction: "i", budget: .low, addedAt: 1)
              ]))
            try await registry.revise { (RegistryMerge(added, into: $0).memos, 0) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await registries[0].recall().workers.count == 40)
  }
}
