import Glibc
import WorkerAPI

/// Ids of workers from arguments, files and standard input, each checked before any is adopted.
struct AdoptList {
  /// Ids in all; a longer list is refused.
  static let limit = 100_000
  /// Bytes of a list.
  static let sizeLimit = 64 << 20
  /// Bad entries that are told one by one; of further ones only the number is told.
  static let problemLimit = 20

  /// Each once, in the order in which they came.
  private(set) var ids: [String] = []
  /// As in `list.txt:7: "a b": ...`.
  private(set) var problems: [String] = []
  private var seen: Set<String> = []
  private var problemCount = 0
  private var isFull = false

  /// Takes in ids, addresses, files, and `-` for standard input.
  init(_ arguments: [String]) {
    for argument in arguments {
      if argument == "-" {
        read(STDIN_FILENO, "standard input")
      } else if AdoptedID.isAddress(argument) {
        add(argument, "")
      } else if argument.utf8.contains(UInt8(ascii: "/")) || Self.isFile(argument) {
        readFile(argument)
      } else {
        add(argument, "")
      }
    }
    if problemCount > problems.count {
      problems.append("and \(problemCount - problems.count) more")
    }
  }

  /// One id or address a line; blank lines and lines that begin with `#` are passed over.
  mutating func read(lines bytes: [UInt8], _ name: String) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if let first = lines.first, first.starts(with: [0xEF, 0xBB, 0xBF]) {
      lines[0] = first.dropFirst(3)
    }
    for (index, line) in lines.enumerated() {
      let start = line.firstIndex { !Self.isBlank($0) } ?? line.endIndex
      let end = line.lastIndex { !Self.isBlank($0) }.map { $0 + 1 } ?? start
      guard start < end, line[start] != UInt8(ascii: "#") else { continue }
      add(String(decoding: line[start..<end], as: UTF8.self), "\(name):\(index + 1): ")
      if isFull { return }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  private mutating func add(_ text: String, _ place: String) {
    switch AdoptedID.read(text) {
    case .failure(let fault): report("\(place)\(fault.description)")
    case .success(let id):
      guard seen.insert(id).inserted else { return }
      guard ids.count < Self.limit else {
        if !isFull { report("\(place)more than \(Self.limit) ids") }
        isFull = true
        return
      }
      ids.append(id)
    }
  }

  private mutating func readFile(_ path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      return report("\(AdoptedID.shown(path)): \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    read(file, AdoptedID.shown(path))
  }

  private mutating func read(_ file: Int32, _ name: String) {
    do throws(WholeFile.Failure) {
      read(lines: try WholeFile.read(file, limit: Self.sizeLimit), name)
    } catch {
      report("\(name): \(error.reason)")
    }
  }

  private mutating func report(_ problem: String) {
    problemCount += 1
    if problems.count < Self.problemLimit { problems.append(problem) }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }
}
