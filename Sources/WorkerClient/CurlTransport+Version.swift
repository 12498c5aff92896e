import CCurl

extension CurlTransport {
  /// The version of libcurl with that of its TLS library, such as `8.5.0 OpenSSL/3.0.13`.
  public static var libraryVersion: String {
    let words = String(cString: curl_version()).split(separator: " ").prefix(2)
    return words.joined(separator: " ").replacingPrefix("libcurl/")
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
