import Fleet
import Support
import Testing
import WorkerAPI
import WorkerClient

/// A server that this project did not write (Python/producer.py), against its client.
@Suite(
  "A foreign producer", .enabled(if: PythonEnvironment.isReady, "\(PythonEnvironment.skipped)"),
  .timeLimit(.minutes(2)))
struct ProducerTests {
  @Test("A stream of the public Vercel AI adapter is read to its end, part by part")
  func whole() async throws {
    let transcript = try await transcript(of: "whole")
    #expect(
      try transcript.entries.map(Said.init) == [
        .reasoning("The weather is asked for."),
        .text("Let me look."),
        .tool(
          "weather", id: "call_1", input: #"{"city":"München","days":3}"#,
          output: #"{"celsius":[21.5,19,-3],"city":"München","note":"trüb\nund naß"}"#),
        .tool(
          "weather", id: "call_2", input: #"{"city":"Atlantis","days":1}"#,
          output: "failed: there is no such city"),
        .text("Grüße, Welt! 😀 # no heading\n\n| a | b |\n\\ \" \u{2028} end"),
      ])
    #expect(transcript.oddities.malformed == 0 && transcript.oddities.unknown.isEmpty)
    #expect(transcript.turns.map(\.status) == [.completed] && transcript.isDone)
    #expect(transcript.turns.first?.metadata?["pydantic_ai"]?["timestamp"]?.string != nil)
  }

  @Test("A run that fails there has failed here, and keeps what it said")
  func broken() async throws {
    let transcript = try await transcript(of: "broken")
    #expect(
      try transcript.entries.map(Said.init) == [
        .text("All is well"), .error("the model fell over"),
      ])
    #expect(transcript.oddities.malformed == 0 && transcript.oddities.unknown.isEmpty)
    #expect(transcript.turns.map(\.status) == [.failed] && transcript.isDone)
    #expect(transcript.turns.map(\.finishReason) == ["error"])
  }

  @Test("Its worker object is understood as well")
  func worker() async throws {
    try await producing { service in
      let worker = try await service.retrieve("whole")
      #expect(worker.id == "whole" && worker.status == .completed && !worker.isRunning)
    }
  }

  private func transcript(of worker: String) async throws -> Transcript {
    var transcript = Transcript()
    try await producing { service in
      for event in try await EventReader.events(of: worker, service) {
        transcript.apply(WorkerEvent(data: event.data), now: nil)
      }
    }
    return transcript
  }

  private func producing(_ test: (Service) async throws -> Void) async throws {
    let producer = try await PythonEnvironment.serve("producer.py")
    defer { producer.process.end() }
    let transport = CurlTransport(endpoint: try Endpoint(base: producer.address, key: "k"))
    defer { transport.close() }
    try await test(Service(transport: transport))
  }
}

/// An entry without what differs from run to run.
private enum Said: Hashable {
  case text(String)
  case reasoning(String)
  case tool(String, id: String, input: String, output: String)
  case error(String)

  init(_ entry: Transcript.Entry) throws {
    switch entry.content {
    case .text(let text): self = .text(text)
    case .reasoning(let text, _): self = .reasoning(text)
    case .error(let message): self = .error(message)
    case .tool(let call):
      let output =
        if case .failed(let message) = call.stage { "failed: \(message)" } else {
          Self.sorted(call.output)
        }
      self = .tool(call.name, id: call.id, input: Self.sorted(call.input), output: output)
    default: throw Child.Failure(description: "no place for \(entry.content)")
    }
  }

  /// Members by name, as their order is the producer's own affair.
  private static func sorted(_ json: JSON?) -> String {
    guard let members = json?.object?.members else { return json?.text ?? "none" }
    let lines = members.sorted { $0.name < $1.name }.map { member in
      "\(JSON.string(member.name).text):\(member.value.text)"
    }
    return "{\(lines.joined(separator: ","))}"
  }
}
