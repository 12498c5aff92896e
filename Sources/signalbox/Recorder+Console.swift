import Fleet
import Registry
import WorkerAPI
import WorkerClient

extension Recorder {
  /// A recording of a console that knows these workers; throws `CommandFailure` with status 2.
  init(path: String, of endpoint: Endpoint, knowing registry: Registry) async throws {
    let known = try await registry.recall().workers
    let startedAt = wallClock()
    let clock = ScaledClock(speed: 1)
    let head = Recording.Head(
      startedAt: startedAt, server: endpoint.origin.host,
      registry: RegistryDocument(Recollection(workers: known)).json(exportedAt: startedAt))
    let secrets = [endpoint.key].compactMap(\.self) + endpoint.extraHeaders.map(\.value)
    do {
      try self.init(path: path, head: head, secrets: secrets, elapsed: { clock.seconds })
    } catch {
      throw CommandFailure(
        message: "cannot record: \(error)", status: CommandFailure.usage)
    }
  }
}
