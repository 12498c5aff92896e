import WorkerAPI

/// A recipe being played: turns the beats that are due into chunks, by the clock and nothing else.
struct Performance: Sendable {
  let recipe: Recipe
  private var beats: Script.Iterator
  private var coming: Beat?
  private var hasBegun = false
  private(set) var isFinished = false
  private(set) var account = Account()
  private var openPart: OpenPart?
  private var parts = 0

  /// The text or reasoning part that deltas belong to.
  private struct OpenPart: Sendable {
    var isReasoning: Bool
    var id: String
    var kind: String { isReasoning ? "reasoning" : "text" }
  }

  /// One chunk, and the file whose making it tells of.
  struct Output: Sendable {
    var data: String
    var file: MadeFile?
  }

  init(_ recipe: Recipe) {
    self.recipe = recipe
    beats = recipe.scenario.script(for: recipe).makeIterator()
    coming = beats.next()
  }

  /// Seconds since 1970 when something happens next; nil after the end.
  var nextDue: Double? {
    if isFinished { return nil }
    return hasBegun ? coming.map { moment(of: $0) } ?? recipe.startedAt : recipe.startedAt
  }

  /// Everything that happens up to a moment, once.
  mutating func advance(to now: Double) -> [Output] {
    guard !isFinished, now >= recipe.startedAt else { return [] }
    var output: [Output] = []
    if !hasBegun {
      hasBegun = true
      account.countStep()
      let started: JSON = ["createdAt": .number((recipe.startedAt * 1000).rounded())]
      send(Chunk.start(message: recipe.messageID, metadata: started), to: &output)
      send(Chunk.startStep, to: &output)
    }
    while !isFinished, let beat = coming, moment(of: beat) <= now {
      coming = beats.next()
      play(beat, into: &output)
    }
    // A script that ends without saying so must not run for ever.
    if !isFinished, coming == nil { finish("stop", at: age(at: now), to: &output) }
    return output
  }

  private func moment(of beat: Beat) -> Double { recipe.startedAt + beat.at / recipe.speed }

  /// Milliseconds that the run has lasted.
  private func age(at now: Double) -> Double { max(0, now - recipe.startedAt) * 1000 }

  private mutating func play(_ beat: Beat, into output: inout [Output]) {
    let age = beat.at / recipe.speed * 1000
    switch beat.happening {
    case .thinking(let text): extend(isReasoning: true, by: text, to: &output)
    case .text(let text): extend(isReasoning: false, by: text, to: &output)
    case .spending(let growth): spend(growth, at: age, to: &output)
    case .file(let path, let mediaType, let bytes):
      close(to: &output)
      let file = MadeFile(path: path, mediaType: mediaType, bytes: bytes)
      let url = Origin.placeholder + Route.file(worker: recipe.worker, path: path).path
      output.append(Output(data: Chunk.file(url: url, mediaType: mediaType).text, file: file))
    case .step:
      close(to: &output)
      account.countStep()
      send(Chunk.finishStep, to: &output)
      send(Chunk.startStep, to: &output)
    case .finish(let reason): finish(reason, at: age, to: &output)
    case .data(let name, let value): send(Chunk.data(name: name, value), to: &output)
    default:
      close(to: &output)
      if let chunk = plainChunk(beat.happening) { send(chunk, to: &output) }
    }
  }

  private func plainChunk(_ happening: Happening) -> JSON? {
    switch happening {
    case .toolStart(let call, let name): Chunk.toolStart(call: id(of: call), name: name)
    case .toolInputDelta(let call, let text): Chunk.toolInputDelta(call: id(of: call), text)
    case .toolInput(let call, let name, let input):
      Chunk.toolInput(call: id(of: call), name: name, input)
    case .toolOutput(let call, let value): Chunk.toolOutput(call: id(of: call), value)
    case .toolError(let call, let message): Chunk.toolError(call: id(of: call), message)
    case .source(let id, let title, let url):
      Chunk.source(
        id: recipe.number == 1 ? id : "\(id)_\(recipe.number)", title: title, url: url)
    case .error(let message): Chunk.error(message)
    case .thinking, .text, .spending, .file, .step, .finish, .data: nil
    }
  }

  /// Calls of different turns must not share an id.
  private func id(of call: String) -> String { "\(call)_\(recipe.number)" }

  private func send(_ chunk: JSON, to output: inout [Output]) {
    output.append(Output(data: chunk.text))
  }

  private mutating func extend(
    isReasoning: Bool, by text: String, to output: inout [Output]
  ) {
    if openPart?.isReasoning != isReasoning {
      close(to: &output)
      parts += 1
      let opened = OpenPart(isReasoning: isReasoning, id: "part_\(recipe.number)_\(parts)")
      openPart = opened
      send(Chunk.bound("\(opened.kind)-start", id: opened.id), to: &output)
    }
    guard let openPart else { return }
    send(Chunk.delta("\(openPart.kind)-delta", id: openPart.id, text), to: &output)
  }

  private mutating func close(to output: inout [Output]) {
    guard let part = openPart else { return }
    send(Chunk.bound("\(part.kind)-end", id: part.id), to: &output)
    openPart = nil
  }

  /// A run that reaches its budget's ceiling stops where it is.
  private mutating func spend(_ growth: Spending, at age: Double, to output: inout [Output]) {
    account.add(growth, milliseconds: age)
    send(Chunk.metadata(figures), to: &output)
    guard let ceiling = Tariff.ceiling(of: recipe.budget), account.credits >= ceiling,
      let used = account.usage.credits
    else { return }
    let details: JSON = [
      "reason": "budget", "budget": .string(recipe.budget.word), "ceilingCredits": .number(ceiling),
      "usedCredits": .number(used),
    ]
    close(to: &output)
    send(Chunk.metadata(["incompleteDetails": details]), to: &output)
    finish("length", at: age, to: &output)
  }

  private mutating func finish(_ reason: String, at age: Double, to output: inout [Output]) {
    close(to: &output)
    account.settle(milliseconds: age)
    send(Chunk.finishStep, to: &output)
    send(Chunk.finish(reason: reason, metadata: figures), to: &output)
    isFinished = true
    coming = nil
  }

  private var figures: JSON {
    ["usage": account.usage.json, "costs": account.shownCosts.json]
  }
}
