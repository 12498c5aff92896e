import Foundation
import Support
import Testing

extension BinaryTests {
  /// A disk that is slow or full and a clock that jumps, by a library that is loaded before libc.
  @Suite("The console on a bad day", .timeLimit(.minutes(3)))
  struct BadDayTests {
    private let workshop: Workshop
    private let library: String

    init() throws {
      workshop = try Workshop()
      library = "\(workshop.folder)/badday.so"
      let source = "\(workshop.folder)/badday.c"
      try Self.source.write(toFile: source, atomically: true, encoding: .utf8)
      // clang is a part of every Swift toolchain.
      let ending = try Child.run(
        ["clang", "-shared", "-fPIC", "-o", library, source, "-ldl"],
        environment: Child.environment([:]))
      guard ending.status == 0 else { throw Child.Failure(description: ending.errors) }
    }

    private func console(_ address: String) throws -> TmuxTerminal {
      try TmuxTerminal(
        columns: 100, rows: 30,
        "HANDINGER_API_KEY=k HANDINGER_BASE_URL=\(address) LD_PRELOAD=\(library) "
          + "BADDAY=\(workshop.folder) '\(TmuxTerminal.binary)' --state \(workshop.folder)/state; "
          + "echo ended=$?")
    }

    /// From now on, until it is over.
    private func begin(_ trouble: String) throws {
      try "".write(toFile: "\(workshop.folder)/\(trouble)", atomically: false, encoding: .utf8)
    }

    private func end(_ trouble: String) throws {
      try FileManager.default.removeItem(atPath: "\(workshop.folder)/\(trouble)")
    }

    @Test("a disk that takes 200 ms for each fsync holds no key up and loses nothing")
    func slowDisk() async throws {
      let (address, _) = try workshop.serve()
      let terminal = try console(address)
      try await terminal.wait(for: "No workers yet.")
      try begin("slow")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      let text = "a line that is typed key by key"
      let start = ContinuousClock.now
      for letter in text { try terminal.type(String(letter)) }
      try await terminal.wait(for: text)
      // Each key is a transaction: the disk alone takes more than six seconds for all of them.
      #expect(ContinuousClock.now - start < .seconds(5))
      try terminal.press("Escape")
      try await terminal.wait(for: "draft kept")
      // No letter: right behind others that came at once it would be one more of a paste.
      try terminal.press("F10")
      try await terminal.wait(for: "ended=0")
      try end("slow")
      let second = try console(address)
      try await second.wait(for: "No workers yet.")
      try second.press("n")
      try await second.wait(for: text)
    }

    @Test("on a full disk nothing is sent that could not be journaled; with room it goes on")
    func fullDisk() async throws {
      let (address, _) = try workshop.serve()
      let terminal = try console(address)
      try await terminal.wait(for: "No workers yet.")
      try begin("full")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      // With markers: an Enter right behind a paste without them would be a part of it.
      try terminal.paste("Order while it is full")
      try await terminal.wait { $0.contains("Order while it is full") && $0.contains("not kept: ") }
      try terminal.press("Enter")
      try await terminal.wait(for: "could not be journaled")
      try terminal.press("n")
      try await terminal.wait(for: "Order while it is full")
      try end("full")
      try terminal.type("!")
      try await terminal.wait(for: "full!")
      try terminal.press("Enter")
      let shown = try await terminal.wait(for: "started: Order while it is full!")
      #expect(shown.contains("1 Workers 1 "))
    }

    @Test("a clock that is set back an hour stops neither streams nor polls")
    func clockBack() async throws {
      let (address, _) = try workshop.serve(speed: 5)
      let terminal = try console(address)
      try await terminal.wait(for: "No workers yet.")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.paste("Count the bridges")
      try await terminal.wait(for: "Count the bridges")
      try terminal.press("Enter")
      try await terminal.wait(for: "1 run")
      try begin("back")
      try terminal.press("n")
      try await terminal.wait(for: "New worker")
      try terminal.paste("Count the towers")
      try await terminal.wait(for: "Count the towers")
      try terminal.press("Enter")
      try await terminal.wait(for: "started: Count the towers")
      let shown = try await terminal.wait {
        $0.contains("NEEDS YOU 1") && $0.contains("DONE 1")
      }
      #expect(!shown.contains("DOWN"))
      #expect(shown.contains("1 Workers 2 "))
    }

    private static let source = """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <errno.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <time.h>
      #include <unistd.h>

      static int has(const char *trouble) {
        char path[600];
        const char *folder = getenv("BADDAY");
        if (!folder) return 0;
        snprintf(path, sizeof path, "%s/%s", folder, trouble);
        return access(path, F_OK) == 0;
      }

      int fsync(int file) {
        if (has("slow")) usleep(200000);
        return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
      }

      int fdatasync(int file) {
        if (has("slow")) usleep(200000);
        return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
      }

      ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
        if (has("full")) { errno = ENOSPC; return -1; }
        return ((ssize_t (*)(int, const void *, size_t, off64_t))
          dlsym(RTLD_NEXT, "pwrite64"))(file, bytes, count, offset);
      }

      ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
        return pwrite64(file, bytes, count, offset);
      }

      int clock_gettime(clockid_t clock, struct timespec *moment) {
        int status = ((int (*)(clockid_t, struct timespec *))
          dlsym(RTLD_NEXT, "clock_gettime"))(clock, moment);
        if (status == 0 && clock == CLOCK_REALTIME && has("back")) moment->tv_sec -= 3600;
        return status;
      }
      """
  }
}
