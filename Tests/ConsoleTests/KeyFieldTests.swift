import Canvas
import Fleet
import Testing
import WorkerAPI

@testable import Console

@Suite("Another API key while the console runs")
struct KeyFieldTests {
  private static let refusal = Service.Failure.refused(APIError(status: 401, message: "revoked"))

  private func bench(_ place: KeyPlace? = KeyPlace(name: "~/key", isReadable: true)) -> Bench {
    var bench = Bench()
    bench.screen.keyPlace = place
    return bench
  }

  private func refuse(_ bench: inout Bench) {
    bench.tell(.pollFailed(worker: "wrk_prices", Self.refusal))
  }

  @Test("a refused key opens the field once, and what is typed there is never shown")
  func asks() {
    var bench = bench()
    refuse(&bench)
    #expect(bench.screen.context == .keyField)
    #expect(bench.text.contains("revoked: the server wants another key"))
    #expect(bench.text.contains("Enter alone reads ~/key again"))
    bench.type("sk-")
    bench.send(.paste("secret\n"))
    #expect(bench.text.contains("│ *********") && !bench.text.contains("secret"))
    bench.press("enter")
    #expect(bench.outcomes.last == .renewKey("sk-secret"))
    #expect(bench.screen.overlays.isEmpty)
    refuse(&bench)
    #expect(bench.screen.overlays.isEmpty, "asked already, and the answer is on its way")
    bench.tell(.refresh(nil))
    refuse(&bench)
    #expect(bench.screen.context == .keyField, "the other key is refused too")
  }

  @Test("Enter alone reads the key's place again; where that cannot be read it says so")
  func rereads() {
    var bench = bench()
    refuse(&bench)
    bench.press("enter")
    #expect(bench.outcomes.last == .renewKey(nil))
    bench = self.bench(KeyPlace(name: "HANDINGER_API_KEY", isReadable: false))
    refuse(&bench)
    bench.press("enter")
    #expect(!bench.outcomes.contains(.renewKey(nil)))
    #expect(bench.text.contains("type or paste a key first"))
  }

  @Test("Esc leaves the key, and the command line gives another at any time")
  func leaves() {
    var bench = bench()
    refuse(&bench)
    bench.press("esc")
    #expect(bench.rows.last == "> the key stays; :key gives another")
    refuse(&bench)
    #expect(bench.screen.overlays.isEmpty)
    bench.press(": key enter")
    #expect(bench.screen.context == .keyField)
  }

  @Test("a key that is taken after all closes the field that nobody types in")
  func closes() {
    var bench = bench()
    refuse(&bench)
    bench.tell(.refresh(nil))
    #expect(bench.screen.overlays.isEmpty)
    refuse(&bench)
    bench.type("x")
    bench.tell(.refresh(nil))
    #expect(bench.screen.context == .keyField, "what is typed is not taken away")
  }

  @Test("nothing that is open is covered, and where no key is sent none is asked for")
  func stays() {
    var bench = bench()
    bench.press("n")
    refuse(&bench)
    #expect(bench.screen.context == .composer)
    bench.press("esc")
    #expect(bench.screen.context == .keyField)
    bench = self.bench(nil)
    refuse(&bench)
    #expect(bench.screen.overlays.isEmpty)
    bench.press(": key enter")
    #expect(bench.rows.last == "> no other key can be given here")
  }
}
