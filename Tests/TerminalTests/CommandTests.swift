import Foundation
import Support
import Testing

/// One at a time: each starts programs, and some of them look at how soon something is on the screen.
@Suite("The binary", .serialized)
enum BinaryTests {}

extension BinaryTests {
  @Suite("The command line", .timeLimit(.minutes(3)))
  struct CommandTests {
    @Test("without a key the console says how to give one and ends with 2")
    func needsKey() throws {
      let ending = try Workshop().run([])
      #expect(ending.status == 2)
      #expect(ending.output == "")
      #expect(
        ending.errors
          == "signalbox: no API key: set HANDINGER_API_KEY to one, or name where it is in the "
          + "configuration, or try 'signalbox demo', which needs none\n")
    }

    @Test("config check names file, line and reason, and ends with 2 for an error")
    func checksConfiguration() throws {
      let workshop = try Workshop()
      let path = "\(workshop.folder)/config.yaml"
      try "thmee: nord\nfollowed: 0\n".write(toFile: path, atomically: true, encoding: .utf8)
      let ending = try workshop.run(["config", "check", "--config", path])
      #expect(ending.status == 2)
      #expect(
        ending.output
          == "warning: \(path):1: unknown key thmee; did you mean theme?\n"
          + "error: \(path):2: followed: not a whole number from 1 to 64\n")
      let example = try workshop.run(["config", "example"])
      try example.output.write(toFile: path, atomically: true, encoding: .utf8)
      let sound = try workshop.run(["config", "check", "--config", path])
      #expect((sound.status, sound.output) == (0, "\(path): no errors\n"))
      #expect(try workshop.run(["config", "path", "--config", path]).output == path + "\n")
    }

    @Test("without a terminal the console says so and ends with 2")
    func needsTerminal() throws {
      let ending = try Workshop().run([], environment: ["HANDINGER_API_KEY": "k"])
      #expect(ending.status == 2)
      #expect(ending.errors.contains("needs a terminal"))
    }

    @Test(
      "wrong usage ends with 2 and a sentence",
      arguments: [
        (["demo", "--speed", "0"], "a speed is from above 0"),
        (["demo", "--scenario", "nonsense"], "no scenario \"nonsense\"; there are research"),
        (["replay", "x", "--speed", "0"], "it goes from 0.1 to 1000"),
        (["replay", "/dev/null"], "/dev/null is no recording"),
        (["serve", "--port", "70000"], "a port is from 0 to 65535"),
        (["snapshot", "--size", "wide"], "a size is COLUMNSxROWS"),
        (["snapshot", "--keys", "hyper-x"], "no key is called \"hyper-x\""),
        (["snapshot", "--theme", "pink"], "no theme \"pink\"; there are terminal"),
        (["--nonsense"], "Unknown option '--nonsense'"),
      ])
    func refusesWrongUsage(_ arguments: [String], _ sentence: String) throws {
      let ending = try Workshop().run(arguments)
      #expect(ending.status == 2)
      #expect(ending.errors.contains(sentence), "\(ending.errors)")
      #expect(ending.output == "")
    }

    @Test("a base URL that is none is named")
    func refusesBadAddress() throws {
      let ending = try Workshop().run(
        [], environment: ["HANDINGER_API_KEY": "k", "HANDINGER_BASE_URL": "ftp://x"])
      #expect(ending.status == 2)
      #expect(ending.errors.hasPrefix("signalbox: "))
    }

    @Test("the demo without a terminal prints the run as plain lines and ends with it")
    func printsPlainLines() throws {
      let ending = try Workshop().run(["demo", "--scenario", "prices", "--speed", "200"])
      #expect(ending.status == 0)
      #expect(ending.output.contains("prices: = running"))
      #expect(ending.output.contains("prices: file reports/prices.csv"))
      #expect(ending.output.contains("prices: = done, "))
      #expect(!ending.output.contains("\u{1B}"))
      #expect(ending.errors == "")
    }

    @Test("a snapshot is the same each time")
    func repeatsSnapshot() throws {
      let workshop = try Workshop()
      let arguments = ["snapshot", "--scenario", "research", "--at", "60", "--size", "100x30"]
      let first = try workshop.run(arguments)
      #expect(first.status == 0)
      #expect(first.output.contains("1 Workers 1"))
      #expect(try workshop.run(arguments) == first)
    }

    @Test("a theme file that does not parse is named with its line and the reason")
    func namesBrokenTheme() throws {
      let workshop = try Workshop()
      let path = "\(workshop.folder)/night.yaml"
      try "name: night\nvariant: dark\nroles:\n  accent: blu\n".write(
        toFile: path, atomically: true, encoding: .utf8)
      let ending = try workshop.run(["snapshot", "--theme", path])
      #expect(ending.status == 2)
      #expect(
        ending.errors.contains("night.yaml:4: roles.accent: unknown colour \"blu\""), "\(ending)")
    }

    @Test("keys prints the table that README shows")
    func printsKeys() throws {
      let ending = try Workshop().run(["keys", "--markdown"])
      let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")
      #expect(try String(contentsOf: readme, encoding: .utf8).contains(ending.output))
    }

    @Test("bench frame prints a figure a line, for each size")
    func drawsFrames() throws {
      let ending = try Workshop().run(["bench", "frame", "--rounds", "2"])
      let lines = ending.output.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(
        lines.compactMap { $0.first.map(String.init) } == [
          "frame-80x24", "key-80x24", "frame-120x40", "key-120x40", "frame-200x60", "key-200x60",
        ])
      #expect(lines.allSatisfy { $0.count == 3 && Double($0[1]) != nil && $0[2] == "ms" })
    }
  }
}
