import Hummingbird
import Logging
import NIOCore

/// The workers API on a port of this machine.
public struct WorkerServer: Sendable {
  public let world: World
  let configuration: ServerConfiguration

  /// Opens the ledger; throws when its folder cannot be used.
  public init(_ configuration: ServerConfiguration) throws {
    self.configuration = configuration
    world = try World(configuration)
  }

  /// Seconds that open streams have to say their end when the server stops.
  private static let farewell = 2.0

  /// Why the server does not listen, as a sentence.
  public struct ListenFailure: Error, CustomStringConvertible {
    public var description: String
  }

  /// Serves until the task is cancelled; `onListening` learns the port.
  ///
  /// At the end open streams are closed in good order, and what was played is written.
  public func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
    guard (0...65_535).contains(configuration.port) else {
      throw ListenFailure(
        description: "cannot listen on port \(configuration.port): ports go from 0 to 65535")
    }
    let (world, configuration) = (world, configuration)
    let application = buildApplication(world: world, configuration: configuration) { channel in
      let port = channel.localAddress?.port ?? configuration.port
      await world.setOrigin("http://\(configuration.host):\(port)")
      await onListening(port)
    }
    // Not a child: a cancelled child could not send the ends of its streams any more.
    let serving = Task { try await application.run() }
    let clock = Task { await world.run() }
    defer { clock.cancel() }
    try await withTaskCancellationHandler {
      do {
        try await serving.value
      } catch is CancellationError {
        // The way in which this server is stopped.
      } catch let error as IOError {
        throw ListenFailure(
          description: "cannot listen on \(configuration.host):\(configuration.port): \(error)")
      }
    } onCancel: {
      Task {
        await world.close()
        await world.farewell(seconds: Self.farewell)
        serving.cancel()
      }
    }
    await world.advance()
  }
}

extension World {
  /// Returns when no stream is open any more, or after so many seconds.
  func farewell(seconds: Double) async {
    let steps = 40
    for _ in 0..<steps where openStreams > 0 {
      _ = try? await Task.sleep(for: .seconds(seconds / Double(steps)))
    }
  }
}
