import CSignals

/// Ends the program, with the terminal given back and all output written.
///
/// Nothing is torn down that a thread may still use: libcurl's would free what OpenSSL's handler of
/// `exit` frees at the same time.
public func leave(_ status: Int32) -> Never { signals_leave(status) }
