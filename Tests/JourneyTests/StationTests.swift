import Fleet
import Foundation
import Support
import Testing

@testable import signalbox

@Suite("Which server, which key, which folder")
struct StationTests {
  private static let text = """
    base_url: https://top.example
    key: {env: TOP}
    theme: nord
    ceilings: {day: 40}
    profiles:
      own: {base_url: "https://own.example", key: {env: OWN}, ceilings: {day: 5}}
      bare: {base_url: "https://bare.example"}
      look: {theme: light, state: /s}
    """

  private func station(
    _ flags: Station.Flags = Station.Flags(), _ environment: [String: String] = [:],
    _ text: String = text
  ) throws -> Station {
    try Station(SettingsReader(text).settings, flags, environment: environment)
  }

  @Test("a command that goes on after its last word is ended in time, with what it started")
  func endless() {
    let fault = KeySource.Fault(description: "no API key from command: it goes on after 0 seconds")
    #expect(throws: fault) {
      try KeySource.command("echo sk-2; exec >&-; sleep 600").read(
        environment: [:], isAlone: false, patience: 0.2)
    }
  }

  @Test("a flag counts before the environment, and that before the file")
  func order() throws {
    let outer = ["HANDINGER_BASE_URL": "https://env.example", "HANDINGER_API_KEY": "k"]
    var flags = Station.Flags()
    #expect(try station(flags).baseURL == "https://top.example")
    #expect(try station(flags, outer).baseURL == "https://env.example")
    #expect(try station(flags, outer).key == .environment)
    flags.baseURL = "https://flag.example"
    flags.state = "/f"
    #expect(try station(flags, outer).baseURL == "https://flag.example")
    #expect(try station(flags, outer).state == "/f")
    #expect(try station(Station.Flags(), ["SIGNALBOX_STATE": "/e"]).state == "/e")
    #expect(
      try station(Station.Flags(), ["HANDINGER_BASE_URL": ""]).baseURL == "https://top.example")
  }

  @Test("a key is never sent to a server that it was not given for")
  func keys() throws {
    let env = ["HANDINGER_BASE_URL": "https://env.example"]
    func isNone(_ station: Station) -> Bool {
      if case .none = station.key { true } else { false }
    }
    // The file's key goes to the file's address only.
    #expect(try station().key == .source(.environment("TOP")))
    #expect(isNone(try station(Station.Flags(), env)))
    #expect(isNone(try station(Station.Flags(baseURL: "https://flag.example"))))
    // A profile's own key and address count before the environment's.
    let outer = env.merging(["HANDINGER_API_KEY": "k"]) { $1 }
    let own = try station(Station.Flags(profile: "own"), outer)
    #expect(own.key == .source(.environment("OWN")) && own.baseURL == "https://own.example")
    // An address of its own without a key gets none of another server.
    #expect(isNone(try station(Station.Flags(profile: "bare"), outer)))
    let same = ["HANDINGER_BASE_URL": "https://bare.example", "HANDINGER_API_KEY": "k"]
    #expect(try station(Station.Flags(profile: "bare"), same).key == .environment)
    // A profile's key and a flag's address do not go together.
    #expect(throws: CommandFailure.self) {
      try station(Station.Flags(baseURL: "https://flag.example", profile: "own"))
    }
  }

  @Test("each profile has a registry, ceilings and a theme of its own")
  func profiles() throws {
    let text = Self.text + "\nstate: /base"
    #expect(try station(Station.Flags(), [:], text).state == "/base")
    #expect(try station(Station.Flags(profile: "own"), [:], text).state == "/base/profiles/own")
    #expect(try station(Station.Flags(profile: "look"), [:], text).state == "/s")
    #expect(try station(Station.Flags(profile: "own")).ceilings == Ceilings(day: 5))
    #expect(try station(Station.Flags(profile: "look")).ceilings == Ceilings(day: 40))
    #expect(try station(Station.Flags(profile: "look")).theme == "light")
    #expect(try station(Station.Flags(profile: "own")).theme == "nord")
    do {
      _ = try station(Station.Flags(profile: "none"))
      Issue.record("a profile that does not exist was taken")
    } catch let failure as CommandFailure {
      #expect(failure.status == CommandFailure.usage)
      #expect(
        failure.message == "no profile \"none\" in the configuration; there are bare, look, own")
    }
  }

  @Test("a key's file is read only when nobody else can")
  func file() throws {
    let folder = try Folders.throwAway()
    defer { Folders.remove(folder) }
    let path = "\(folder)/key"
    try Data("  sk-1 \nmore\n".utf8).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o600)
    #expect(try KeySource.file(path).read(environment: [:]) == "sk-1")
    chmod(path, 0o640)
    let loose = KeySource.Fault(
      description: "no API key from \(path): others can read it: chmod 600 \(path)")
    #expect(throws: loose) { try KeySource.file(path).read(environment: [:]) }
    #expect(
      throws: KeySource.Fault(description: "no API key from \(folder): it is no file")
    ) {
      chmod(folder, 0o700)
      return try KeySource.file(folder).read(environment: [:])
    }
    #expect(throws: KeySource.Fault.self) {
      try KeySource.file("\(folder)/none").read(environment: [:])
    }
  }

  @Test("a key comes from a command's first line, and its failure says no word of its output")
  func command() throws {
    #expect(try KeySource.command("printf 'sk-2\\nx'").read(environment: [:]) == "sk-2")
    for (line, reason) in [
      ("echo sk-secret; exit 3", "it failed"), ("true", "its first line is empty"),
      ("head -c 9000 /dev/zero", "longer than any key"),
    ] {
      let fault = KeySource.Fault(description: "no API key from command: \(reason)")
      #expect(throws: fault) { try KeySource.command(line).read(environment: [:]) }
    }
    #expect(throws: KeySource.Fault(description: "no API key: the environment has no NOPE")) {
      try KeySource.environment("NOPE").read(environment: [:])
    }
  }

  @Test("what would fail later is a warning of the check")
  func prospects() throws {
    let folder = try Folders.throwAway()
    defer { Folders.remove(folder) }
    let path = "\(folder)/c.yaml"
    let text = "theme: nope\nkey: {file: \(folder)/none}\nprofiles: {a: {key: {env: NOPE}}}\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let configuration = try Configuration(path: path, isRequired: true)
    #expect(configuration.findings == [])
    let texts = configuration.prospects([:]).map(\.text)
    #expect(texts.count == 3 && texts[0].hasPrefix("theme: no theme \"nope\""))
    #expect(texts[1] == "key: \(folder)/none: No such file or directory")
    #expect(configuration.prospects([:]).map(\.line) == [1, 2, 3])
    #expect(texts[2] == "profiles.a.key: the environment has no NOPE")
    #expect(throws: CommandFailure.self) {
      try Configuration(path: "\(folder)/other", isRequired: true)
    }
    #expect(try Configuration(path: "\(folder)/other", isRequired: false).findings == [])
  }
}
