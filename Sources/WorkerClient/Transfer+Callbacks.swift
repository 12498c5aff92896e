internal import CCurl
internal import WorkerAPI

/// Gives libcurl the functions that it calls with the lines of a head and the bytes of a body.
///
/// The context is the transfer itself, which outlives its handle.
func setReceivers(_ easy: UnsafeMutableRawPointer, _ context: UnsafeMutableRawPointer) {
  _ = ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
  _ = ccurl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.received(headerLine: line) ? line.count : 0
  }
  _ = ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
  _ = ccurl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
    switch transfer.received(body: chunk) {
    case .taken: return chunk.count
    case .refused: return Int(CURL_WRITEFUNC_PAUSE)
    // Any number but that of the bytes breaks the transfer off.
    case .unwanted: return 0
    }
  }
}

extension TransportError {
  /// Sorts libcurl's failures by the one question that matters: can the request have arrived?
  init(_ code: CURLcode, reason: String, wasSent: Bool, connectTimeout: Double) {
    switch code {
    // The only timeout that libcurl is given is that of connecting.
    case CURLE_OPERATION_TIMEDOUT:
      let limit = Int(exactly: connectTimeout).map { "\($0)" } ?? "\(connectTimeout)"
      self = wasSent ? .broken(reason) : .unreachable("no connection within \(limit) s")
    case CURLE_URL_MALFORMAT: self = .badAddress(reason)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
      CURLE_PROXY, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ISSUER_ERROR:
      self = .unreachable(reason)
    default: self = wasSent ? .broken(reason) : .unreachable(reason)
    }
  }
}
