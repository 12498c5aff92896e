import Support
import Testing
import WorkerAPI
import WorkerClient
import WorkerServer

/// Clients that this project did not write, against its server.
@Suite(
  "Foreign clients", .enabled(if: PythonEnvironment.isReady, "\(PythonEnvironment.skipped)"),
  .timeLimit(.minutes(2)))
struct SDKTests {
  @Test(
    "The public Python SDK drives every method, errors included",
    arguments: ["Handinger", "AsyncHandinger"])
  func everyMethod(client: String) async throws {
    try await EmbeddedServer.serving { address, _ in
      let ending = try await PythonEnvironment.run(
        "drive.py", client, address, EmbeddedServer.key)
      #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
      #expect(ending.output.hasSuffix("checks passed\n"), "\(ending.output)")
    }
  }

  @Test("A public reader of server-sent events sees what our own sees")
  func events() async throws {
    try await EmbeddedServer.serving { address, world in
      let transport = CurlTransport(
        endpoint: try Endpoint(base: address, key: EmbeddedServer.key))
      let service = Service(transport: transport)
      let worker = try await service.create(
        RunRequest(input: "prices", budget: .high), idempotencyKey: "one")
      let own = try await EventReader.events(of: worker.id, service)
      let path = Route.stream(worker: worker.id).path
      let ending = try await PythonEnvironment.run("reader.py", address + path, EmbeddedServer.key)
      #expect(ending.status == 0, "\(ending.errors)")
      let foreign = try ending.output.split(separator: "\n").map { line in
        let json = try JSONReader.read(Array(line.utf8))
        return ServerSentEvent(
          type: try #require(json["event"]?.string), data: try #require(json["data"]?.string),
          id: try #require(json["id"]?.string))
      }
      #expect(foreign == own && own.count > 100)
      transport.close()
    }
  }
}
