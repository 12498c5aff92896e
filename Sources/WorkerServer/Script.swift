public import WorkerAPI

/// What a worker will do and when, made chapter by chapter as it is read, so that an hour of work or
/// 20,000 lines cost no more memory than the next few seconds of it.
public struct Script: Sequence, Sendable {
  /// Scenes of one chapter, nil after the last; the generator depends on the seed and the chapter only.
  typealias Chapter = @Sendable (Int, inout SplitMix64) -> [Scene]?

  let seed: UInt64
  let model: Model
  let chapter: Chapter

  /// The model that the worker thinks with.
  struct Model: Sendable {
    /// Tokens that it reads at a step at most; older ones are left out.
    var contextLimit: Int
    /// What its tokens cost, against the tariff's.
    var price: Double

    static let large = Model(contextLimit: 60_000, price: 1)
    static let small = Model(contextLimit: 3_000, price: 0.1)
  }

  init(seed: UInt64, model: Model = .large, chapter: @escaping Chapter) {
    self.seed = seed
    self.model = model
    self.chapter = chapter
  }

  /// A script short enough to be written in one go.
  init(seed: UInt64, scenes: @escaping @Sendable (inout SplitMix64) -> [Scene]) {
    self.init(seed: seed) { number, random in number == 0 ? scenes(&random) : nil }
  }

  public func makeIterator() -> Iterator { Iterator(script: self) }

  /// Reads beats in the order of their time.
  public struct Iterator: IteratorProtocol, Sendable {
    private let script: Script
    private var stage: Stage
    private var chapter = 0
    private var beats: [Beat] = []
    private var position = 0

    init(script: Script) {
      self.script = script
      stage = Stage(seed: script.seed, model: script.model)
    }

    public mutating func next() -> Beat? {
      while position == beats.count {
        var random = SplitMix64(seed: script.seed, part: chapter)
        guard let scenes = script.chapter(chapter, &random) else { return nil }
        chapter += 1
        beats = []
        position = 0
        for scene in scenes { stage.play(scene, into: &beats) }
      }
      position += 1
      return beats[position - 1]
    }
  }
}

/// Something that happens at a moment of a script.
public struct Beat: Hashable, Sendable {
  /// Seconds since the script's beginning.
  public var at: Double
  public var happening: Happening
}

/// What can happen in a run.
public enum Happening: Hashable, Sendable {
  case thinking(String)
  case text(String)
  case toolStart(call: String, name: String)
  case toolInputDelta(call: String, String)
  case toolInput(call: String, name: String, JSON)
  case toolOutput(call: String, JSON)
  case toolError(call: String, String)
  case source(id: String, title: String, url: String)
  case file(path: String, mediaType: String, bytes: [UInt8])
  /// A named value for the operator, such as the progress of a plan; the same name replaces it.
  case data(name: String, JSON)
  /// What the run has used up since the last such beat.
  case spending(Spending)
  /// Ends a step and begins the next.
  case step
  case error(String)
  case finish(reason: String)
}
