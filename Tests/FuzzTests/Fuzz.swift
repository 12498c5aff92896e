import FoundationEssentials
import Support
import Testing

/// Runs a check on inputs made from one seed after the other.
///
/// `SIGNALBOX_FUZZ` says how many inputs all fuzzers have together, 100,000 by default;
/// `SIGNALBOX_FUZZ_SEED` the first seed, to see a failure again. With `SIGNALBOX_FUZZ_TRACE`, a folder,
/// the seed at work is kept in a file there, which outlives a crash.
struct Fuzz {
  /// Its part of all inputs, in percent.
  var share: Int
  /// Names the file of its seed.
  var name: String

  private static let environment = ProcessInfo.processInfo.environment

  private var count: Int {
    let total = Self.environment["SIGNALBOX_FUZZ"].flatMap { Int($0) } ?? 100_000
    return max(1, total * share / 100)
  }

  /// The check gives what is wrong with its input, or nil; the first wrong one ends the run.
  func run(_ check: (inout Seeded) -> Failure?) throws {
    let trace = try Trace(name, in: Self.environment["SIGNALBOX_FUZZ_TRACE"])
    let first = Self.environment["SIGNALBOX_FUZZ_SEED"].flatMap { UInt64($0) } ?? 0
    for seed in first..<(first + UInt64(count)) {
      trace?.note(seed)
      var random = Seeded(seed)
      guard let failure = check(&random) else { continue }
      Issue.record("seed \(seed): \(failure.reason)\ninput: \(failure.input)")
      return
    }
    trace?.remove()
  }

  struct Failure {
    var reason: String
    var input: String

    init(_ reason: String, _ input: String) {
      self.reason = reason
      self.input = input.debugDescription
    }

    init(_ reason: String, _ input: [UInt8]) {
      self.reason = reason
      self.input = "\(input) \(String(decoding: input, as: UTF8.self).debugDescription)"
    }
  }
}
