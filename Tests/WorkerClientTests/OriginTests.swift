import Testing

@testable import WorkerClient

@Suite("An origin")
struct OriginTests {
  @Test(
    "Scheme, host and port make it, letter case and the scheme's own port do not",
    arguments: [
      ("http://h/a", "http://h:80/b?c", true),
      ("https://h", "https://h:443", true),
      ("https://H.example", "HTTPS://h.EXAMPLE/x", true),
      ("http://[::1]:80/", "http://[::1]/", true),
      ("http://h", "https://h", false),
      ("http://h:80", "http://h:81", false),
      ("http://h", "http://h.h", false),
      ("http://h", "http://h./", false),
      ("http://h:443", "https://h:443", false),
      ("https://h", "https://h.evil/h", false),
      ("https://h", "https://evil/#@h/", false),
      ("https://h", "https://evil?@h/", false),
    ])
  func comparison(one: String, other: String, isSame: Bool) throws {
    #expect((try Origin(url: one) == Origin(url: other)) == isSame)
  }

  @Test(
    "Its parts are those of the URL",
    arguments: [
      ("https://V3.Handinger.com/api", "https", "v3.handinger.com", 443),
      ("http://127.0.0.1:8080", "http", "127.0.0.1", 8080),
    ])
  func parts(url: String, scheme: String, host: String, port: Int) throws {
    let origin = try Origin(url: url)
    #expect(origin.scheme == scheme)
    #expect(origin.host == host)
    #expect(origin.port == port)
  }

  @Test(
    "What two parsers could read in two ways is refused",
    arguments: [
      ("https://h\\@evil/", AddressFault.user), ("https://h evil/", .malformed),
      ("https://h\n/", .malformed), ("//h/", .malformed), ("h/", .malformed), ("", .malformed),
      ("https://a@h/", .user), ("https://:p@h/", .user), ("ws://h/", .scheme),
      ("http:/\t/h/", .malformed),
    ])
  func refused(url: String, fault: AddressFault) {
    #expect(throws: fault) { try Origin(url: url) }
  }

  @Test(
    "A redirect may lead from http to https and not back",
    arguments: [
      ("http://h/a", "https://h/b", nil), ("https://h/a", "https://o/b", nil),
      ("https://h/a", "b", nil), ("https://h/a", "http://h/b", .downgrade),
      ("https://h/a", "//h:80/b", nil), ("https://h/a", "ftp://h/b", .scheme),
    ] as [(String, String, AddressFault?)])
  func downgrade(url: String, location: String, fault: AddressFault?) {
    do {
      let target = try Origin.redirect(to: location, from: url)
      #expect(fault == nil && target.hasPrefix("https://"))
    } catch {
      #expect(error == fault)
    }
  }

  @Test(
    "A redirect's target is resolved against the URL that answered",
    arguments: [
      ("/y", "http://h:1/y"), ("y", "http://h:1/a/y"), ("?q", "http://h:1/a/b?q"),
      ("//other/z", "http://other/z"), ("https://o/", "https://o/"), ("../c", "http://h:1/c"),
      ("/a b", "http://h:1/a%20b"),
    ])
  func resolve(location: String, url: String) throws {
    #expect(try Origin.resolve(location, against: "http://h:1/a/b?c=d") == url)
  }
}
