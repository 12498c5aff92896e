/// What a program wrote and used within some time.
struct BenchSpan {
  var readings: [PseudoTerminal.Reading]
  /// Seconds.
  var seconds: Double
  /// In hundredths of a core.
  var processor: Double

  /// `read` reads until the moment that it is given.
  init(
    of terminal: PseudoTerminal, seconds: Double,
    read: (Double) -> [PseudoTerminal.Reading]
  ) {
    let (began, used) = (ProcessUse.now.clock, terminal.processor)
    readings = read(began + seconds)
    self.seconds = ProcessUse.now.clock - began
    processor = (terminal.processor - used) / self.seconds * 100
  }

  var bytes: Int { readings.reduce(0) { $0 + $1.bytes.count } }

  /// Bytes a second.
  var rate: Double { Double(bytes) / seconds }

  /// Bytes that are not those of a clock that shows the minute: they come within the second in which
  /// one begins.
  var bytesBesideMinute: Int {
    let offset = wallClock() - ProcessUse.now.clock
    return readings.reduce(0) { sum, reading in
      let second = (reading.at + offset).truncatingRemainder(dividingBy: 60)
      return second < 1 ? sum : sum + reading.bytes.count
    }
  }
}
