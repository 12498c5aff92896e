import Support
import Testing
import WorkerAPI

@testable import signalbox

@Suite("Ids that are adopted")
struct RegistryAdoptTests {
  @Test(
    "an id is taken by itself or out of an address",
    arguments: [
      ("wrk_a", "wrk_a"), ("t_org_123_w_01ABC", "t_org_123_w_01ABC"), ("a.b:c-d", "a.b:c-d"),
      ("https://h/api/workers/wrk_a", "wrk_a"), ("HTTP://h:1/api/workers/wrk_a/", "wrk_a"),
      ("https://h/api/workers/wrk_a/files/workers/wrk_b", "wrk_a"),
      ("https://h/org/7/wrk_a/wrk_b?tab=wrk_c#wrk_d", "wrk_b"),
      ("https://h/api/workers/plain/stream", "plain"), ("https://h/x/%77rk_a", "wrk_a"),
      ("https://workers/t_org_1_w_2", "t_org_1_w_2"),
    ])
  func reads(_ text: String, _ id: String) {
    #expect(AdoptedID.read(text) == .success(id))
  }

  @Test(
    "what can be no id is refused",
    arguments: [
      "", " ", ".", "..", "-._:", "a b", "a/b", "a\0b", "é", "a\u{202E}b", "a\nb", "a%2Fb",
      String(repeating: "a", count: 201), "hdg_live_x", "sch_1", "tsk_1", "whk_1",
      "https://", "https://wrk_a", "https://h/workers/", "https://h/workers/%2e%2e",
      "https://h/workers/a%2fb", "https://h/workers/%zz", "https://h/workers/hdg_live_x",
      "https://h/workers/" + String(repeating: "a", count: 5_000),
    ])
  func refuses(_ text: String) {
    guard case .failure(let fault) = AdoptedID.read(text) else {
      Issue.record("\(text.prefix(40)) was taken")
      return
    }
    #expect(fault.description.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    #expect(!fault.description.contains("live"))
  }

  @Test(
    "a typed word that can be no worker's id is refused, and what may be one is taken",
    arguments: [
      ("nonsense", false), ("id", false), ("x1", false), ("long-word-without", false),
      ("a.b:c-d", false), ("t_1", true), ("wrk_a", true), ("01ARZ3NDEKTSV4", true),
      ("some_name", true), ("0b9f-4c1d", true), ("https://h/api/workers/plain/stream", true),
    ])
  func typed(_ text: String, _ isTaken: Bool) {
    let isRead = if case .success = AdoptedID.readTyped(text) { true } else { false }
    #expect(isRead == isTaken)
  }

  @Test("lines are counted from 1, each id is taken once, and an end without a line feed counts")
  func lines() {
    var list = AdoptList([])
    list.read(lines: Array("\n#a\n\twrk_a \r\nwrk_b\nwrk_a\n ? \nwrk_c".utf8), "f")
    #expect(list.ids == ["wrk_a", "wrk_b", "wrk_c"])
    #expect(list.problems == [#"f:6: "?": an id has letters, digits and _ - . : only"#])
  }

  @Test("a list that is too long is refused at the line where it is")
  func bound() {
    var list = AdoptList([])
    let lines = (0...AdoptList.limit).map { "w\($0)\n" }.joined()
    list.read(lines: Array(lines.utf8), "f")
    #expect(list.ids.count == AdoptList.limit)
    #expect(list.problems == ["f:100001: more than 100000 ids"])
  }

  @Test("any bytes are read, and what is taken is an id by itself again")
  func fuzz() {
    var random = Seeded(5)
    let words = [
      "wrk_a", "https://h/", "workers/", "/", "%2F", "?", "\n", "#", " ", "é", "\0", "t_x_w_y",
    ]
    var taken = 0
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...6, using: &random))
        .compactMap { _ in words.randomElement(using: &random) }.joined()
      var list = AdoptList([])
      list.read(lines: Array(text.utf8), "f")
      taken += list.ids.count
      for id in list.ids { #expect(AdoptedID.read(id) == .success(id)) }
    }
    #expect(taken > 100)
  }
}
