import Console
import FoundationEssentials
import Glibc

/// The operator's templates: the files `*.md` in `templates` beside the configuration.
struct TemplateFolder: TemplateSource {
  var path: String

  /// Off the main actor, as every read of a disk.
  func load() async -> TemplateSet {
    var set = TemplateSet(folder: path)
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.sorted()
    for name in names.prefix(Template.countLimit) {
      do throws(Template.Fault) {
        set.templates.append(
          try Template(name: String(name.dropLast(3)), try Self.bytes(of: "\(path)/\(name)")))
      } catch {
        set.faults.append("\(name): \(error.description)")
      }
    }
    if names.count > Template.countLimit {
      set.faults.append("\(names.count - Template.countLimit) more files are left out")
    }
    set.templates.sort { $0.title < $1.title }
    return set
  }

  /// One byte more than a template may have tells that there are more.
  private static func bytes(of path: String) throws(Template.Fault) -> [UInt8] {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      throw Template.Fault(description: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var state = stat()
    guard fstat(file, &state) == 0, state.st_mode & S_IFMT == S_IFREG else {
      throw Template.Fault(description: "not a file")
    }
    var bytes = [UInt8](repeating: 0, count: Template.byteLimit + 1)
    var filled = 0
    while filled < bytes.count {
      let count = bytes[filled...].withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Template.Fault(description: String(cString: strerror(errno)))
      }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }
}
