import Hummingbird
import Logging
import NIOCore

/// Puts the application together; it logs nothing but what is really wrong, as the console may own the
/// terminal.
func buildApplication(
  world: World, configuration: ServerConfiguration,
  onListening: @escaping @Sendable (any Channel) async -> Void = { _ in }
) -> Application<WorkerResponder> {
  var logger = Logger(label: "signalbox.server")
  logger.logLevel = .critical
  return Application(
    responder: WorkerResponder(world: world, configuration: configuration),
    server: .http1(configuration: .init(additionalChannelHandlers: [RequestErrorHandler()])),
    configuration: ApplicationConfiguration(
      address: .hostname(configuration.host, port: configuration.port)),
    onServerRunning: onListening,
    logger: logger)
}
