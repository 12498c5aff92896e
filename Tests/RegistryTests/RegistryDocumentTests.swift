import Fleet
import Registry
import Support
import Testing
import WorkerAPI

@Suite struct RegistryDocumentTests {
  @Test("What is exported and imported elsewhere is equal")
  func elsewhere() async throws {
    let (here, there) = (try Folder(), try Folder())
    try await Registry.open(folder: here.path).keep(Samples.all)
    let document = RegistryDocument(try await Registry.read(folder: here.path).recall())
    let text = document.json(exportedAt: 1_700_000_000).pretty()
    let registry = try Registry.open(folder: there.path)
    try await registry.fill(RegistryDocument(Array(text.utf8)).memos)
    var expected = Recollection(
      workers: Samples.recollection.workers, drafts: Samples.drafts, intents: Samples.intents)
    expected.workers[0].account = nil
    #expect(try await registry.recall() == expected)
    #expect(try await Registry.open(folder: there.path).recall() == expected)
    await #expect(throws: RegistryError.notEmpty(path: there.file)) {
      try await registry.fill(document.memos)
    }
    #expect(
      RegistryError.notEmpty(path: "f").description
        == "f has entries already: use 'signalbox registry merge' to add to them.")
  }

  @Test("A document has what its reader needs, and no member without a value")
  func form() {
    let document = RegistryDocument(
      Recollection(
        workers: [Samples.bare], drafts: [Samples.drafts[0]], intents: [Samples.intents[0]],
        preferences: ["theme": "nord"], notices: ["a sentence"]))
    #expect(
      document.json(exportedAt: 1_700_000_000).text == """
        {"signalbox":"registry","version":1,"exportedAt":"2023-11-14T22:13:20Z",\
        "workers":[{"id":"wrk_2","instruction":"","budget":"free","addedAt":0,"isUnread":false}],\
        "drafts":[{"kind":"newWorker","text":"a\\n\\tb","cursor":3,"budget":"low"}],\
        "intents":[{"id":"i1","kind":"create","input":"new","budget":"low","madeAt":1.5}]}
        """)
  }

  private static func with(_ list: String, _ entry: String) -> String {
    let lists = ["workers", "drafts", "intents"].map {
      "\"\($0)\": [\($0 == list ? entry : "")]"
    }
    return "{\"signalbox\": \"registry\", \"version\": 1, \(lists.joined(separator: ", "))}"
  }

  private static let worker =
    #"{"id": "w", "instruction": "", "budget": "low", "addedAt": 1, "isUnread": false}"#

  @Test(
    "What is wrong is named with its place",
    arguments: [
      ("", "the JSON ends too early"),
      ("{\n\"signalbox\": ?", "no JSON in line 2, at byte 15"),
      ("[]", "this is no export of a Signalbox registry"),
      (#"{"signalbox": "registry"}"#, "version is missing"),
      (
        #"{"signalbox": "registry", "version": 2}"#,
        "version 2 is of another Signalbox; this one reads 1"
      ),
      (#"{"signalbox": "registry", "version": 1.5}"#, "version is not a whole number"),
      (#"{"signalbox": "registry", "version": 1, "workers": {}}"#, "workers is not a list"),
      (with("none", "") + "x", "no JSON in line 1, at byte 83"),
      (with("workers", "7"), "workers[0] is not an object"),
      (with("workers", worker + ", {}"), "workers[1].id is missing"),
      (with("workers", #"{"id": 7}"#), "workers[0].id is not a text"),
      (with("workers", #"{"id": ""}"#), "workers[0].id is empty"),
      (
        with("workers", #"{"id": "a\u0000"}"#),
        "workers[0].id is no id: there are spaces or controls in it"
      ),
      (
        with("workers", #"{"id": "a\u202e"}"#),
        "workers[0].id is no id: there are spaces or controls in it"
      ),
      (
        with("workers", "{\"id\": \"\(String(repeating: "a", count: 1_025))\"}"),
        "workers[0].id is longer than 1024 bytes"
      ),
      (with("workers", worker + "," + worker), "workers[1] is the same as workers[0]"),
      (
        with("workers", worker.replacing("1", with: "1e999")), "workers[0].addedAt is not a number"
      ),
      (
        with("workers", worker.replacing("false", with: "0")),
        "workers[0].isUnread is not true or false"
      ),
      (
        with("workers", worker.replacing("}", with: #", "title": []}"#)),
        "workers[0].title is not a text"
      ),
      (
        with("drafts", #"{"kind": "poem"}"#),
        "drafts[0].kind is none of newWorker, followUp and schedule"
      ),
      (with("drafts", #"{"kind": "followUp"}"#), "drafts[0].worker is missing"),
      (
        with("drafts", #"{"kind": "newWorker", "worker": "w"}"#),
        "drafts[0].worker is not of a draft for a new worker"
      ),
      (
        with("drafts", #"{"kind": "newWorker", "text": "", "cursor": 0}"#),
        "drafts[0].text is empty"
      ),
      (
        with("drafts", #"{"kind": "newWorker", "text": "a", "cursor": -1}"#),
        "drafts[0].cursor is below 0"
      ),
      (
        with("intents", #"{"kind": "pause"}"#),
        "intents[0].kind is no kind of order that this Signalbox knows"
      ),
      (
        with("intents", #"{"kind": "schedule", "when": {"type": "interval"}}"#),
        "intents[0].when is not the time of a schedule"
      ),
    ])
  func faults(_ text: String, _ sentence: String) {
    let fault = #expect(throws: RegistryDocument.Fault.self) {
      try RegistryDocument(Array(text.utf8))
    }
    #expect(fault?.description == sentence)
  }

  @Test("A document of any damage is refused or read, and what is read is written again the same")
  func mutations() throws {
    let whole = Array(RegistryDocument(Samples.recollection).json(exportedAt: 0).bytes)
    var random = Seeded(11)
    var (read, refused) = (0, 0)
    for _ in 0..<3_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes.randomElement(using: &random) ?? 0, at: place)
        }
      }
      do throws(RegistryDocument.Fault) {
        let document = try RegistryDocument(bytes)
        #expect(try RegistryDocument(document.json(exportedAt: 1).bytes) == document)
        read += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(read > 100 && refused > 100)
  }
}
