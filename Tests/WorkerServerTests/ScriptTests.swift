import Testing
import WorkerAPI

@testable import WorkerServer

@Suite("Scripts")
struct ScriptTests {
  /// Each scenario played once, as the long ones take a while.
  private static let whole = Dictionary(
    uniqueKeysWithValues: Scenario.allCases.map { ($0, played(recipe($0))) })

  private static func recipe(
    _ scenario: Scenario, seed: UInt64 = 5, budget: Budget = .unlimited,
    input: String = "Compare the delivery times of Northway Supply and Quayside"
  ) -> Recipe {
    Recipe(
      worker: "t_org_123_w_01ARZ3NDEKTSV4RRFFQ69G5FAV", scenario: scenario, seed: seed,
      input: input, budget: budget, startedAt: 1_000)
  }

  private static func played(_ recipe: Recipe, to seconds: Double = 10_000) -> Turn {
    var turn = Turn(recipe)
    _ = turn.advance(to: recipe.startedAt + seconds)
    return turn
  }

  @Test("The same seed gives the same events, another seed others", arguments: Scenario.allCases)
  func deterministic(scenario: Scenario) throws {
    let first = try #require(Self.whole[scenario])
    #expect(first.log == Self.played(Self.recipe(scenario)).log)
    #expect(first.log != Self.played(Self.recipe(scenario, seed: 6), to: 60).log)
  }

  @Test("Playing in small strides gives what playing at once gives", arguments: Scenario.allCases)
  func strides(scenario: Scenario) {
    var turn = Turn(Self.recipe(scenario))
    var files: [MadeFile] = []
    for second in stride(from: 1_000.0, through: 11_000, by: 3.7) {
      files += turn.advance(to: second)
    }
    #expect(turn.log == Self.whole[scenario]?.log)
    let paths: [Scenario: [String]] = [
      .prices: ["reports/prices.csv", "chart.png"], .composed: ["scratchpad/notes.md"],
    ]
    #expect(files.map(\.path) == paths[scenario] ?? [])
    #expect(turn.isFinished && turn.nextDue == nil)
  }

  @Test("Every event is a chunk that the protocol knows", arguments: Scenario.allCases)
  func known(scenario: Scenario) throws {
    for event in try #require(Self.whole[scenario]).log {
      switch WorkerEvent(data: event.data) {
      case .unknown, .malformed, .plainText, .snapshot, .message, .done:
        Issue.record("not a chunk: \(event.data)")
      default: break
      }
    }
  }

  @Test(
    "Parts open before they grow, close once, and nothing follows the finish",
    arguments: Scenario.allCases)
  func order(scenario: Scenario) throws {
    var open: Set<String> = []
    var calls: Set<String> = []
    var finished = 0
    for event in try #require(Self.whole[scenario]).log {
      #expect(finished == 0)
      switch WorkerEvent(data: event.data) {
      case .textStart(let id, _), .reasoningStart(let id, _): #expect(open.insert(id).inserted)
      case .textDelta(let id, _, _), .reasoningDelta(let id, _, _): #expect(open.contains(id))
      case .textEnd(let id, _), .reasoningEnd(let id, _): #expect(open.remove(id) != nil)
      case .tool(let call, .inputStart): #expect(calls.insert(call).inserted)
      case .tool(let call, _): #expect(calls.contains(call))
      case .finishStep: #expect(open.isEmpty)
      case .finish: finished += 1
      default: break
      }
    }
    #expect(finished == 1 && open.isEmpty)
  }

  @Test(
    "A sealed turn folds to the same message as the one that was played",
    arguments: Scenario.allCases)
  func sealed(scenario: Scenario) throws {
    let turn = try #require(Self.whole[scenario])
    let again = Turn(turn.recipe, sealed: turn.log.map(\.data))
    #expect(again.message == turn.message)
    #expect(again.log == turn.log)
  }

  @Test(
    "The scenarios last as long as they should",
    arguments: [
      (Scenario.research, 90.0...150.0), (.prices, 40...120), (.lines, 100...106),
      (.handbook, 100...106), (.fails, 30...70), (.marathon, 3_300...4_200), (.composed, 20...120),
    ])
  func duration(scenario: Scenario, range: ClosedRange<Double>) {
    for seed in UInt64(1)...2 {
      let turn = Self.played(Self.recipe(scenario, seed: seed))
      let seconds = (turn.message.usage?.durationMilliseconds ?? 0) / 1000
      #expect(range.contains(seconds), "seed \(seed)")
    }
  }

  @Test("Research reads six sources, prices leaves a table and a chart, lines has 20,000 lines")
  func substance() {
    let research = Self.played(Self.recipe(.research)).message
    #expect(research.parts.count { if case .source = $0 { true } else { false } } == 6)
    #expect(
      research.texts.joined().contains("| Study |") || research.texts.joined().contains("Van"))
    var prices = Turn(Self.recipe(.prices))
    let files = prices.advance(to: 10_000)
    #expect(files.map(\.path) == ["reports/prices.csv", "chart.png"])
    #expect(files[0].bytes.count { $0 == 0x0A } == 7)
    #expect(files[1].bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    let lines = Self.played(Self.recipe(.lines)).message.texts.joined()
    #expect(lines.contains("\n20000 ") && !lines.contains("\n20001 "))
  }

  @Test("A handbook has as many lines as its instruction says, each with its number, in Markdown")
  func handbook() {
    var recipe = Self.recipe(.handbook)
    recipe.input = "Write a handbook of 41 lines."
    let text = Self.played(recipe).message.texts.joined()
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    #expect((1...41).allSatisfy(numbers.contains) && text.contains("\n**41 lines written.**\n"))
    for mark in ["\n## 21 ", "\n- **5** ", "\n> **10** ", "\n|---|---|---:|\n| 11 ", "\n```sh\n"] {
      #expect(text.contains(mark), "\(mark)")
    }
  }

  @Test(
    "A budget's ceiling stops a run and says so; unlimited has none",
    arguments: [(Budget.low, true), (.standard, false), (.unlimited, false)])
  func ceiling(budget: Budget, stops: Bool) throws {
    let turn = Self.played(Self.recipe(.research, budget: budget))
    #expect(turn.message.finishReason == (stops ? "length" : "stop"))
    #expect(turn.message.incompleteDetails?["reason"] == (stops ? "budget" : nil))
    #expect(turn.message.incompleteDetails?["budget"] == (stops ? "low" : nil))
    if stops, let used = turn.message.usage?.credits { #expect(used >= 15 && used < 22) }
  }

  @Test("A larger budget works longer, and the instruction is quoted")
  func composed() {
    let seconds = Budget.all.map {
      Self.played(Self.recipe(.composed, budget: $0)).message.usage?.durationMilliseconds ?? 0
    }
    #expect(seconds == seconds.sorted() && Set(seconds).count == 4)
    let text = Self.played(Self.recipe(.composed)).message.texts.joined()
    #expect(text.contains("> Compare the delivery times of Northway Supply and Quayside"))
  }

  @Test(
    "Any instruction can be planned",
    arguments: ["x", "   a  ", "???", "请比较价格", "watch", String(repeating: "very ", count: 4_000)])
  func anything(input: String) {
    for budget in Budget.all {
      #expect(Self.played(Self.recipe(.composed, budget: budget, input: input)).isFinished)
    }
  }

  @Test("A failed run has an error and finishes with that reason")
  func failure() {
    let message = Self.played(Self.recipe(.fails)).message
    #expect(message.finishReason == "error")
    #expect(message.error?.contains("refused the connection three times") == true)
  }
}
