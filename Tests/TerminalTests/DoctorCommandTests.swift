import Foundation
import Support
import Testing

extension BinaryTests {
  @Suite("The doctor's command", .timeLimit(.minutes(1)))
  struct DoctorCommandTests {
    @Test("a console that could work is ended with 0, and the page says what was looked at")
    func sound() throws {
      let workshop = try Workshop()
      let (address, _) = try workshop.serve()
      let ending = try workshop.run(
        ["doctor", "--state", "\(workshop.folder)/state"],
        environment: [
          "HANDINGER_API_KEY": "secret-k", "HANDINGER_BASE_URL": address, "TERM": "xterm-256color",
        ])
      #expect(ending.status == 1)
      #expect(ending.output.contains("HTTP 401"))
      #expect(!ending.output.contains("secret-k"))
      let good = try workshop.run(
        ["doctor", "--state", "\(workshop.folder)/state"],
        environment: [
          "HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": address, "TERM": "xterm-256color",
        ])
      #expect(good.status == 0, "\(good)")
      for words in ["known to terminfo", "HTTP 404", "the key is accepted", "none yet", "ncurses"] {
        #expect(good.output.contains(words), "\(words)")
      }
    }

    @Test("as JSON it is one document, and what is bad is its status")
    func json() throws {
      let ending = try Workshop().run(
        ["doctor", "--json"],
        environment: [
          "HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": "http://127.0.0.1:9", "TERM": "dumb",
        ])
      #expect(ending.status == 1)
      let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
      let findings = try #require(json?["findings"] as? [[String: Any]])
      let bad = findings.filter { $0["judgement"] as? String == "bad" }.compactMap {
        $0["name"] as? String
      }
      #expect(bad == ["TERM", "reach"])
      #expect(json?["bad"] as? Bool == true)
    }
  }
}
