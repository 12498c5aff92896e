import Testing
import WorkerAPI

@testable import WorkerClient

@Suite("An endpoint")
struct EndpointTests {
  @Test("An empty environment means the vendor's server without a key", arguments: ["", " \n"])
  func defaults(blank: String) throws {
    let endpoint = try Endpoint(environment: [
      "HANDINGER_BASE_URL": blank, "HANDINGER_API_KEY": blank, "HANDINGER_CUSTOM_HEADERS": blank,
      "SSL_CERT_FILE": blank,
    ])
    #expect(try endpoint == Endpoint(environment: [:]))
    #expect(endpoint.base == "https://v3.handinger.com")
    #expect(endpoint.key == nil)
    #expect(endpoint.extraHeaders == [])
    #expect(endpoint.certificates == nil)
    #expect(endpoint.timeouts == .init(connect: 10, answer: 60, stall: 30))
    #expect(endpoint.userAgent == "signalbox/development")
  }

  @Test("Everything is read from the environment")
  func environment() throws {
    let endpoint = try Endpoint(environment: [
      "HANDINGER_BASE_URL": " http://h:8080/pre/ ", "HANDINGER_API_KEY": "hdg_live_1\n",
      "HANDINGER_CUSTOM_HEADERS": "X-One: 1\r\n\n  x-two:a:b  \nX-Three:\n",
      "SSL_CERT_FILE": "/etc/ca.pem",
    ])
    #expect(
      try endpoint
        == Endpoint(
          base: "http://h:8080/pre", key: "hdg_live_1",
          extraHeaders: [
            HTTPHeader("X-One", "1"), HTTPHeader("x-two", "a:b"), HTTPHeader("X-Three", ""),
          ], certificates: "/etc/ca.pem"))
  }

  @Test(
    "What is wrong in the environment is said in a sentence",
    arguments: [
      (
        "HANDINGER_BASE_URL", "ftp://h",
        "The base URL cannot be used: only http and https are spoken."
      ),
      (
        "HANDINGER_BASE_URL", "handinger.com",
        "The base URL cannot be used: it is not a URL such as https://host/path."
      ),
      (
        "HANDINGER_BASE_URL", "https://",
        "The base URL cannot be used: it is not a URL such as https://host/path."
      ),
      (
        "HANDINGER_BASE_URL", "https://h:99999",
        "The base URL cannot be used: it is not a URL such as https://host/path."
      ),
      (
        "HANDINGER_BASE_URL", "https://h\u{1B}/",
        "The base URL cannot be used: it is not a URL such as https://host/path."
      ),
      (
        "HANDINGER_BASE_URL", "https://me:pw@h",
        "The base URL cannot be used: it holds a user name or a password."
      ),
      (
        "HANDINGER_BASE_URL", "https://h/?a=b",
        "The base URL cannot be used: it has a query or a fragment."
      ),
      (
        "HANDINGER_API_KEY", "a\nb",
        "The API key holds a control character, such as a line break; copy it again."
      ),
      (
        "HANDINGER_CUSTOM_HEADERS", "A: 1\nB",
        "HANDINGER_CUSTOM_HEADERS, line 2, is not of the form Name: value."
      ),
      (
        "HANDINGER_CUSTOM_HEADERS", "A B: 1",
        "HANDINGER_CUSTOM_HEADERS, line 1, is not of the form Name: value."
      ),
    ])
  func errors(name: String, value: String, sentence: String) {
    let error = #expect(throws: EndpointError.self) {
      try Endpoint(environment: [name: value])
    }
    #expect(error?.description == sentence)
  }

  @Test(
    "Base and path are joined by one slash",
    arguments: [
      ("http://h", "/api/workers", "http://h/api/workers"),
      ("http://h/", "/api/workers", "http://h/api/workers"),
      ("http://h/pre", "/api/w%2F1?a=b", "http://h/pre/api/w%2F1?a=b"),
      ("http://h/pre//", "api", "http://h/pre/api"),
    ])
  func join(base: String, path: String, url: String) throws {
    #expect(try Endpoint(base: base).url(for: .path(path)) == url)
  }

  @Test("An absolute target is taken as it is, if it is http or https and names no user")
  func absolute() throws {
    let endpoint = try Endpoint(base: "http://h/pre")
    let url = "https://cdn.example:8443/f%20g?x=1"
    #expect(try endpoint.url(for: .absolute(url)) == url)
    for (bad, reason) in [
      ("file:///etc/passwd", "only http and https are spoken"),
      ("javascript://h/%0Aalert(1)", "only http and https are spoken"),
      ("/relative", "it is not a URL such as https://host/path"),
      ("https://u@h/", "it holds a user name or a password"),
    ] {
      #expect(throws: TransportError.badAddress(reason)) {
        try endpoint.url(for: .absolute(bad))
      }
    }
  }

  @Test("No form of it, nor of what holds it, shows the key or the value of a header")
  func secrets() throws {
    let endpoint = try Endpoint(
      base: "https://h", key: "hdg_live_secret",
      extraHeaders: [HTTPHeader("X-Gate", "hdg_live_secret")])
    #expect(endpoint.description == "https://h (with a key, headers X-Gate)")
    let transport = CurlTransport(endpoint: endpoint)
    let order = try Order(
      TransportRequest(method: .get, target: .path("/")), kind: .whole, endpoint: endpoint)
    for value in [endpoint, transport, order, [endpoint], Optional(endpoint) as Any] as [Any] {
      var dumped = ""
      dump(value, to: &dumped)
      for text in [String(describing: value), String(reflecting: value), dumped] {
        #expect(!text.contains("secret"))
      }
    }
  }

  @Test("A header of the request replaces an extra one, that replaces ours; framing stays ours")
  func headers() throws {
    let endpoint = try Endpoint(
      base: "https://h", key: "k",
      extraHeaders: [
        HTTPHeader("user-agent", "mine"), HTTPHeader("X-A", "1"), HTTPHeader("x-b", "1"),
        HTTPHeader("Content-Length", "9"), HTTPHeader("Transfer-Encoding", "chunked"),
      ])
    let order = try Order(
      TransportRequest(
        method: .get, target: .path("/"),
        headers: [HTTPHeader("x-a", "2"), HTTPHeader("Authorization", "Basic x")]),
      kind: .whole, endpoint: endpoint)
    #expect(
      order.headers(isOwnOrigin: true) == [
        HTTPHeader("user-agent", "mine"), HTTPHeader("x-b", "1"), HTTPHeader("x-a", "2"),
        HTTPHeader("Authorization", "Basic x"),
      ])
    #expect(
      order.headers(isOwnOrigin: false) == [
        HTTPHeader("User-Agent", "signalbox/development"), HTTPHeader("x-a", "2"),
      ])
  }
}
