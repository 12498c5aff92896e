import Canvas
import Fleet
import Support
import Testing
import WorkerAPI

@testable import Console

@Suite("Orders without an answer")
struct OrderListTests {
  /// A console with an order of each kind whose answer never came.
  private func doubting() -> Bench { Bench(FleetFixture.doubtful) }

  @Test("the list is not opened when nothing is in doubt")
  func none() {
    var bench = Bench(FleetFixture.empty)
    bench.press("O")
    #expect(bench.screen.overlays == [] && bench.actions == [])
    #expect(bench.screen.remark == "every order was answered; none is uncertain")
  }

  @Test("sending again asks first, and sends what is under the cursor")
  func resend() {
    var bench = doubting()
    bench.press("O j r n")
    #expect(bench.actions == [])
    bench.press("r y")
    #expect(bench.actions == [.resend("f")])
    #expect(bench.screen.context == .orders)
    bench.press("esc")
    #expect(bench.screen.overlays == [])
  }

  @Test("discarding asks first")
  func discard() {
    var bench = doubting()
    bench.press("O j j D y")
    #expect(bench.actions == [.settle("s", as: nil)])
  }

  @Test("a new worker is adopted by its id or its address, typed or pasted")
  func adopt() {
    var bench = doubting()
    bench.press("O a")
    bench.type("t_1")
    bench.press("enter")
    #expect(bench.actions == [.settle("c", as: "t_1"), .watch("t_1")])
    var pasting = doubting()
    pasting.press("O a")
    pasting.send(.paste(" https://h.example/api/workers/t_2/stream?x=1\n"))
    #expect(pasting.actions == [])
    pasting.press("enter")
    #expect(pasting.actions == [.settle("c", as: "t_2"), .watch("t_2")])
  }

  @Test(
    "what is no id is not taken, and the field keeps it",
    arguments: [
      ("", "an id is missing"), ("a b", "an id has letters"), ("a/b", "an id has letters"),
      ("..", "an id has letters"), ("https://h.example/", "no worker's id is in this address"),
      ("é", "an id has letters"), ("\u{1B}[31m", "an id has letters"),
      ("hdg_123", "this looks like an API key"),
    ])
  func adoptNothing(text: String, words: String) {
    var bench = doubting()
    bench.press("O a")
    bench.send(.paste(text))
    bench.press("enter")
    #expect(bench.actions == [])
    #expect(bench.screen.context == .adoption)
    #expect(bench.text.contains(words))
    bench.press("esc esc")
    #expect(bench.screen.overlays == [])
  }

  @Test("only a new worker can be adopted; the line names where to look instead")
  func adoptFollowUp() {
    var bench = doubting()
    bench.press("O j a")
    #expect(bench.screen.context == .orders)
    #expect(bench.text.contains("only a new worker can be adopted; look at"))
  }

  @Test("the cursor stays with its order when others are answered, and the empty list closes")
  func answered() {
    var bench = doubting()
    bench.press("O j j")
    bench.tell(.settle("c", as: nil))
    bench.press("r y")
    #expect(bench.actions == [.resend("s")])
    for id in ["f", "x", "s"] { bench.tell(.settle(id, as: nil)) }
    #expect(bench.fleet.uncertain.isEmpty)
    #expect(bench.screen.overlays == [] && bench.actions.count == 1)
  }
}
