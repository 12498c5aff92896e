import Support
import Testing
import WorkerAPI

@Suite struct CronFuzzTests {
  private static let pieces = [
    "*", "*", "*/5", "0", "1", "7", "12", "29", "31", "59", "60", "1-5", "5-1", "1,2", "*/0", "2/3",
    "FEB", "sun", "MON-FRI", "JAN,MAR", "10-20/4", "", " ", "\t", "-", "/", ",", "é", "0-59",
    "99999",
  ]
  /// Nine years, the time that is searched, in seconds.
  private static let horizon = 9.0 * 366 * 86_400

  private static func expression(_ random: inout Seeded) -> String {
    let fields = (0..<5).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
    var bytes = Array(fields.joined(separator: " ").utf8)
    if Int.random(in: 0..<4, using: &random) == 0 { Mutation.mutate(&bytes, &random) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Any expression is read or refused with a sentence, and its fires are those of its fields")
  func fires() throws {
    try Fuzz(share: 5, name: "cron").run { random in
      let expression = Self.expression(&random)
      let cron: Cron
      do throws(Cron.Failure) {
        cron = try Cron(expression)
      } catch {
        return error.description.isEmpty ? Fuzz.Failure("no sentence", expression) : nil
      }
      guard let plain = PlainCron(expression) else { return Fuzz.Failure("is no cron", expression) }
      let start = Double(Int.random(in: -4_000_000_000...20_000_000_000, using: &random)) + 0.5
      guard let next = cron.next(after: start) else {
        let fires = plain.firstDay(after: start, days: 366 * 8)
        return fires == nil ? nil : Fuzz.Failure("never fires after \(start)", expression)
      }
      guard next > start, next - start <= Self.horizon, next.remainder(dividingBy: 60) == 0,
        plain.matches(Int(next))
      else { return Fuzz.Failure("fires at \(next) after \(start)", expression) }
      // Nothing is left out: looked at minute by minute for a while before.
      for minute in 1...30 where next - Double(minute) * 60 > start {
        if plain.matches(Int(next) - minute * 60) {
          return Fuzz.Failure("misses \(Int(next) - minute * 60) after \(start)", expression)
        }
      }
      return nil
    }
  }
}
