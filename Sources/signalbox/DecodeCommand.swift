import ArgumentParser
import WorkerAPI

/// Plumbing for people who debug streams.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Reads a stream on standard input, as the console reads it.",
    discussion: """
      curl -N -H "Authorization: Bearer $HANDINGER_API_KEY" URL/stream > stream
      signalbox decode messages < stream
      """,
    subcommands: [DecodeSSECommand.self, DecodeMessagesCommand.self])

  /// Answers each request line with one line; what is no request gets a line that says so.
  static func batch(_ answer: (JSON) throws(BatchFailure) -> JSON) throws {
    try StandardInput.eachLine { line in
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
      do {
        guard let request = try? JSONReader.read(line), request.object != nil else {
          throw BatchFailure(sentence: "the line is not a JSON object")
        }
        Output.json(try answer(request).text)
      } catch let failure as BatchFailure {
        Output.line((["error": .string(failure.sentence)] as JSON).text)
      }
    }
  }

  struct BatchFailure: Error {
    var sentence: String
  }
}

/// The events of a server-sent event stream.
struct DecodeSSECommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sse", abstract: "Prints each event of a stream as a JSON line.")

  @Flag(help: "Read JSON requests, one a line: {\"chunks\": [BASE64, ...]}.")
  var batch = false

  func run() throws {
    guard !batch else { return try DecodeCommand.batch(SSECase.answer) }
    var decoder = SSEDecoder()
    do {
      while let chunk = try StandardInput.chunk() {
        for event in try decoder.feed(chunk) { Output.json(SSECase.json(event).text) }
      }
    } catch is SSEDecoder.Overflow {
      throw CommandFailure(
        message: "an event is larger than \(SSEDecoder.eventLimit >> 20) MiB",
        status: CommandFailure.failed)
    } catch let failure as StandardInput.Failure {
      throw CommandFailure(
        message: "cannot read standard input: \(failure.reason)", status: CommandFailure.failed)
    }
  }
}

/// The transcript of a worker's stream, or of a worker's stored messages.
struct DecodeMessagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages",
    abstract: "Prints the transcript of a stream, or of a worker object, as it stands at the end.")

  @Flag(help: "Read JSON requests, one a line: {\"frames\": [DATA, ...]}.")
  var batch = false

  @Flag(help: "As a terminal would show it, not as JSON.")
  var text = false

  @Option(help: "Columns of the text (default: COLUMNS, else 80).")
  var width: Int?

  func validate() throws {
    if batch, text { throw ValidationError("--batch answers in JSON; leave out --text") }
    if let width, !(20...1000).contains(width) {
      throw ValidationError("a width is from 20 to 1000 columns")
    }
  }

  func run() throws {
    guard !batch else { return try DecodeCommand.batch(MessagesCase.answer) }
    var reading = MessagesCase()
    do {
      try reading.readInput()
    } catch {
      throw CommandFailure(
        message: "cannot read standard input: \(error.reason)", status: CommandFailure.failed)
    }
    if text {
      for line in reading.screen(width: width) { Output.line(line) }
    } else {
      Output.json(reading.json.pretty())
    }
    if let problem = reading.problem {
      throw CommandFailure(message: problem, status: CommandFailure.failed)
    }
  }
}
