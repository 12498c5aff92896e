import Dispatch
public import Fleet
import Glibc
import Synchronization

/// The consoles on one state folder: which of them are there, and which one asks the server.
///
/// Each holds a lock on a byte of `consoles.lock` that is its own, and one of them, the leader, the
/// lock on the first byte. The system lets go of them with the process, however it ends. Where the
/// folder takes no locks, every console asks the server.
public final class Attendance: Company {
  /// The byte that is this console's; orders in the journal carry it.
  public let id: Int
  public let leads: Bool
  public let succession: AsyncStream<Void>
  public let memoryChanges: AsyncStream<Void>
  public let scrollbackChanges: AsyncStream<Void>

  /// Whose mark on an order is.
  public enum Standing: Hashable, Sendable { case own, other, gone }

  /// -1 where there are no locks.
  private let presence: Int32
  private let watch: FolderWatch?
  private let turn: LeadTurn

  init(folder: String, id: Int = Int.random(in: 1..<Int.max)) {
    self.id = id
    let path = "\(folder)/consoles.lock"
    presence = Self.take(path, byte: id) ?? -1
    let lead = Self.take(path, byte: 0)
    leads = presence < 0 || lead != nil
    let turns: AsyncStream<Void>.Continuation
    (succession, turns) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    turn = LeadTurn(held: lead)
    let changes:
      (memory: AsyncStream<Void>.Continuation, scrollback: AsyncStream<Void>.Continuation)
    (memoryChanges, changes.memory) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    (scrollbackChanges, changes.scrollback) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingNewest(1))
    watch = FolderWatch(folder) { names in
      if names.contains("registry.sqlite-wal") { changes.memory.yield() }
      if names.contains("transcripts.sqlite-wal") { changes.scrollback.yield() }
    }
    guard !leads else { return }
    let file = open(path, O_RDWR | O_CLOEXEC)
    DispatchQueue(label: "signalbox.succession").async { [turn] in
      // Waits until the leader is gone, in a thread of its own.
      while Self.lock(file, Command.wait, byte: 0) != 0 {
        guard errno == EINTR else {
          close(file)
          return
        }
      }
      if turn.take(file) { turns.yield() }
    }
  }

  deinit { leave() }

  /// Whether any console is open on a folder; false where it takes no locks.
  static func isAnyone(in folder: String) -> Bool {
    let file = open("\(folder)/consoles.lock", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var range = range(1)
    // To the end, wherever that is.
    range.l_len = 0
    return fcntl(file, Command.look, &range) == 0 && range.l_type != Int16(F_UNLCK)
  }

  /// Whether the console of an order's mark is there.
  public func standing(of owner: Int) -> Standing {
    guard owner != id else { return .own }
    guard presence >= 0 else { return .gone }
    var range = Self.range(owner)
    let answer = fcntl(presence, Command.look, &range)
    return answer == 0 && range.l_type == Int16(F_UNLCK) ? .gone : .other
  }

  /// Another console may ask the server now.
  public func leave() {
    guard turn.end() else { return }
    watch?.end()
    if presence >= 0 { close(presence) }
  }
}

extension Attendance {
  /// Locks of an open file description, fcntl(2): unlike older ones they stay when the program
  /// closes the file elsewhere. Glibc's module has no names for them.
  private enum Command {
    static let look: Int32 = 36
    static let take: Int32 = 37
    static let wait: Int32 = 38
  }

  private static func range(_ byte: Int) -> flock {
    flock(
      l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: byte, l_len: 1, l_pid: 0)
  }

  private static func lock(_ file: Int32, _ command: Int32, byte: Int) -> Int32 {
    var range = range(byte)
    return fcntl(file, command, &range)
  }

  /// The file with that byte locked; nil where another has it, or there are no locks.
  private static func take(_ path: String, byte: Int) -> Int32? {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    guard lock(file, Command.take, byte: byte) == 0 else {
      close(file)
      return nil
    }
    return file
  }
}

/// The leader's lock from when it is held until the console leaves.
private final class LeadTurn: Sendable {
  private struct State {
    var file: Int32?
    var isOver = false
  }

  private let state: Mutex<State>

  init(held file: Int32?) { state = Mutex(State(file: file)) }

  /// False when the console left before, and then the next one may lead.
  func take(_ file: Int32) -> Bool {
    state.withLock { state in
      guard !state.isOver else {
        close(file)
        return false
      }
      state.file = file
      return true
    }
  }

  /// False when it was over before.
  func end() -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      state.isOver = true
      if let file = state.file { close(file) }
      state.file = nil
      return true
    }
  }
}
