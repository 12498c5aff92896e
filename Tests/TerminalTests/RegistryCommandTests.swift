import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("registry on the command line", .timeLimit(.minutes(3)))
  struct RegistryCommandTests {
    private static let document = """
      {"signalbox": "registry", "version": 1, "exportedAt": "2026-01-01T00:00:00Z", "workers": [
      {"id": "wrk_1", "title": "Rex", "instruction": "fetch", "budget": "high", "addedAt": 1.25,
      "isUnread": true, "lastSeen": "{\\"id\\":\\"wrk_1\\"}", "lastSeenAt": 2}],
      "drafts": [{"kind": "followUp", "worker": "wrk_1", "text": "go", "cursor": 2, "budget": "low"}],
      "intents": [{"id": "i", "kind": "schedule", "worker": "wrk_1", "input": "daily",
      "budget": "low", "madeAt": 3, "when": {"type": "cron", "cron": "0 9 * * *"}}]}
      """

    private func registry(
      _ workshop: Workshop, _ arguments: [String], input: String = ""
    ) throws -> Child.Ending {
      try workshop.run(
        ["registry"] + arguments, environment: ["SIGNALBOX_STATE": "\(workshop.folder)/state"],
        input: input)
    }

    @Test("import, export and import elsewhere give the same document")
    func documents() throws {
      let workshop = try Workshop()
      let first = try registry(workshop, ["import", "-"], input: Self.document)
      #expect(first.output == "read 1 workers, 1 drafts, 1 intents\n")
      #expect(first.status == 0)
      #expect(first.errors.contains("1 order without an answer came along"))
      let file = "\(workshop.folder)/export.json"
      #expect(try registry(workshop, ["export", "--output", file]).status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      let elsewhere = ["--state", "\(workshop.folder)/elsewhere"]
      let second = try registry(workshop, ["import", file, "--json"] + elsewhere)
      #expect(second.output == "{\"workers\":1,\"drafts\":1,\"intents\":1}\n")
      let again = try registry(workshop, ["export"] + elsewhere)
      let written = try String(contentsOfFile: file, encoding: .utf8)
      func body(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.contains("exportedAt") }
      }
      #expect(body(again.output) == body(written))
      #expect(written.contains("\"cron\": \"0 9 * * *\""))
    }

    @Test("import refuses a registry with entries and names merge, which counts what it did")
    func merge() throws {
      let workshop = try Workshop()
      #expect(try registry(workshop, ["adopt", "wrk_1", "wrk_2"]).status == 0)
      let refused = try registry(workshop, ["import", "-"], input: Self.document)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("use 'signalbox registry merge' to add to them"))
      let merged = try registry(workshop, ["merge", "-"], input: Self.document)
      #expect(
        merged.output == """
          workers: 0 added, 1 updated, 0 kept as here, 0 skipped as the same
          drafts: 1 added, 0 updated, 0 kept as here, 0 skipped as the same
          intents: 1 added, 0 updated, 0 kept as here, 0 skipped as the same

          """)
      let again = try registry(workshop, ["merge", "-", "--json"], input: Self.document)
      let none = "{\"added\":0,\"updated\":0,\"kept\":0,\"skipped\":1}"
      #expect(
        again.output
          == "{\"workers\":{\"added\":0,\"updated\":0,\"kept\":1,\"skipped\":0},\"drafts\":\(none),"
          + "\"intents\":\(none)}\n")
    }

    @Test("a document with one wrong value changes nothing and is named with file and place")
    func wrongDocument() throws {
      let workshop = try Workshop()
      let file = "\(workshop.folder)/wrong.json"
      try Self.document.replacing("\"cursor\": 2", with: "\"cursor\": -2")
        .write(toFile: file, atomically: true, encoding: .utf8)
      for command in ["import", "merge"] {
        let ending = try registry(workshop, [command, file])
        #expect(ending.status == 1)
        #expect(
          ending.errors
            == "signalbox: \(file): drafts[0].cursor is below 0; nothing was changed\n")
      }
      #expect(try registry(workshop, ["check"]).status == 4)
    }

    @Test("adopt takes ids, addresses, files and standard input in one go")
    func adopt() throws {
      let workshop = try Workshop()
      let file = "\(workshop.folder)/list"
      try "\u{FEFF}# mine\r\nwrk_3\r\n\n  wrk_1\nhttps://h/workers/wrk_4/files/a.md?x=/wrk_9\n"
        .write(
          toFile: file, atomically: true, encoding: .utf8)
      let ending = try registry(
        workshop,
        ["adopt", "wrk_1", "https://api.h/api/workers/t_org_1_w_2/stream", file, "-", "--json"],
        input: "wrk_5")
      #expect(ending.errors == "")
      #expect(
        ending.output
          == "{\"adopted\":[\"wrk_1\",\"t_org_1_w_2\",\"wrk_3\",\"wrk_4\",\"wrk_5\"],\"known\":[]}\n"
      )
      #expect(
        try registry(workshop, ["adopt", "wrk_5", "wrk_6"]).output
          == "1 adopted, 1 known already\n")
    }

    @Test("one wrong id adopts none, and each is named with file and line, without a key")
    func wrongIDs() throws {
      let workshop = try Workshop()
      let ending = try registry(
        workshop, ["adopt", "wrk_1", "-", "no/such/file", "https://h/x"],
        input: "ok\n\u{1B}[2J\nhdg_live_secret\na b\nsch_1\n")
      #expect(ending.status == 1)
      #expect(ending.output == "")
      #expect(
        ending.errors == """
          signalbox: standard input:2: "?[2J": an id has letters, digits and _ - . : only
          signalbox: standard input:3: this looks like an API key, not like a worker's id
          signalbox: standard input:4: "a b": an id has letters, digits and _ - . : only
          signalbox: standard input:5: "sch_1": this is the id of a schedule, not of a worker
          signalbox: "no/such/file": No such file or directory
          signalbox: "https://h/x": no worker's id is in this address
          signalbox: none was adopted

          """)
      #expect(try registry(workshop, ["check"]).status == 4)
    }

    @Test("check tells what is there, and ends with 1 for a damaged file that it leaves alone")
    func check() throws {
      let workshop = try Workshop()
      let path = "\(workshop.folder)/state/registry.sqlite"
      let none = try registry(workshop, ["check"])
      #expect(none.errors == "signalbox: \(path): no registry is there\n")
      #expect(none.status == 4)
      #expect(try registry(workshop, ["export"]).status == 4)
      #expect(!FileManager.default.fileExists(atPath: "\(workshop.folder)/state"))
      #expect(try registry(workshop, ["import", "-"], input: Self.document).status == 0)
      let sound = try registry(workshop, ["check"])
      #expect(sound.status == 0)
      #expect(sound.output.hasPrefix("path        \(path)\nschema      v5 (known here: v5)\n"))
      #expect(
        sound.output.hasSuffix(
          "condition   sound\nworkers     1\ndrafts      1\nintents     1\npreferences 0\n"))
      try "no database at all".write(toFile: path, atomically: true, encoding: .utf8)
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      let damaged = try registry(workshop, ["check", "--json"])
      #expect(damaged.status == 1)
      #expect(
        damaged.output
          == "{\"path\":\"\(path)\",\"schema\":null,\"known\":\"v5\",\"condition\":\"damaged\","
          + "\"size\":18,\"counts\":{},\"unread\":0,\"faults\":[\"the file is no database\"],"
          + "\"copies\":[]}\n")
      #expect(try registry(workshop, ["export"]).status == 1)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "no database at all")
    }
  }
}
