internal import CCurl
internal import Glibc
internal import WorkerAPI

/// The thread that owns libcurl's handles: it sleeps in poll until bytes, a command or a deadline.
///
/// It is not Sendable and is made on the thread itself, so that nothing else can reach it.
final class LoopThread {
  private let loop: CurlLoop
  private let multi: UnsafeMutableRawPointer
  private var transfers: [CurlLoop.ID: Transfer] = [:]
  private let clock = ContinuousClock()

  /// Idle connections kept for the next request; the oldest is closed past this.
  private static let idleConnections = 16
  /// libcurl is set up once in a process and never torn down: the system does that at exit.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// False when the system refuses a thread.
  static func start(_ loop: CurlLoop) -> Bool {
    let context = Unmanaged.passRetained(loop)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        LoopThread.main(Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue())
        return nil
      }, context.toOpaque())
    if status != 0 { context.release() }
    return status == 0
  }

  private static func main(_ loop: CurlLoop) {
    blockSignals()
    guard isReady, let multi = curl_multi_init() else {
      return loop.close(.unreachable("libcurl does not start"))
    }
    loop.adopt(multi)
    LoopThread(loop, multi).run()
    loop.disown()
    curl_multi_cleanup(multi)
  }

  /// Leaves the program's signals to the main thread, and turns a SIGPIPE of TLS into an error.
  ///
  /// Faults are let through: the handlers that give the terminal back run where the fault is.
  private static func blockSignals() {
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS] {
      sigdelset(&signals, fault)
    }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private init(_ loop: CurlLoop, _ multi: UnsafeMutableRawPointer) {
    self.loop = loop
    self.multi = multi
    _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.idleConnections)
  }

  private func run() {
    while let commands = loop.takeCommands() {
      for command in commands { carryOut(command) }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      settleFinished()
      // After the bytes that are there: a machine that slept must not call its streams silent.
      let now = clock.now
      for (id, transfer) in transfers where transfer.deadline.map({ $0 <= now }) ?? false {
        remove(id, .failure(transfer.expired()))
      }
      curl_multi_poll(multi, nil, 0, milliseconds(from: now), nil)
    }
    for id in transfers.keys { remove(id, .failure(.cancelled)) }
  }

  private func carryOut(_ command: CurlLoop.Command) {
    switch command {
    case .start(let id, let order):
      guard let transfer = Transfer(order, id: id, loop: loop) else {
        return loop.ended(.failure(.unreachable("out of memory")), for: id)
      }
      transfers[id] = transfer
      begin(transfer)
    case .resume(let id): transfers[id]?.resume()
    case .stop(let id): remove(id, .failure(.cancelled))
    }
  }

  private func begin(_ transfer: Transfer) {
    transfer.prepareHop()
    let code = curl_multi_add_handle(multi, transfer.easy)
    if code != CURLM_OK {
      remove(transfer.id, .failure(.unreachable(String(cString: curl_multi_strerror(code)))))
    }
  }

  private func settleFinished() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let transfer = transfers.values.first(where: { $0.easy == easy })
      else { continue }
      let code = ccurl_result(message)
      switch transfer.finished(code) {
      case .nextHop:
        curl_multi_remove_handle(multi, easy)
        begin(transfer)
      case .over(let result): remove(transfer.id, result)
      }
    }
  }

  private func remove(_ id: CurlLoop.ID, _ result: Result<Void, TransportError>) {
    guard let transfer = transfers.removeValue(forKey: id) else { return }
    curl_multi_remove_handle(multi, transfer.easy)
    loop.ended(result, for: id)
  }

  /// Until the first deadline, rounded up; without one until woken, or a day, which is as good.
  private func milliseconds(from now: ContinuousClock.Instant) -> Int32 {
    let day = Duration.seconds(86_400)
    let first = transfers.values.compactMap(\.deadline).min() ?? now + day
    return Int32((max(.zero, min(first - now, day)) / .milliseconds(1)).rounded(.up))
  }
}
