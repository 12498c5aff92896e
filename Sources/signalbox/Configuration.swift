import FoundationEssentials
import Themes
import Yams

/// The settings file: every key optional; what cannot be read is said and the default is used.
struct Configuration {
  var baseURL: String?
  var theme: String?
  var isSlow = false
  var isASCII = false
  /// Sentences with the file's name, the line and the reason.
  var warnings: [String] = []

  static let keys = ["base_url", "theme", "slow", "ascii"]

  /// A missing file is the default unless it was asked for by name.
  init(path: String, isRequired: Bool) {
    guard let data = FileManager.default.contents(atPath: path) else {
      if isRequired { warnings.append("\(path): no such file; the defaults are used") }
      return
    }
    let text = String(decoding: data.prefix(256 << 10), as: UTF8.self)
    do {
      guard let node = try Yams.compose(yaml: text) else { return }
      guard case .mapping(let mapping) = node else {
        warnings.append("\(path):1: not a list of 'key: value'; the defaults are used")
        return
      }
      for (key, value) in mapping { read(key, value, path) }
    } catch let error as YamlError {
      warnings.append("\(path):\(Self.place(error)); the defaults are used")
    } catch {
      warnings.append("\(path): \(error); the defaults are used")
    }
  }

  private mutating func read(_ key: Node, _ value: Node, _ path: String) {
    let name = key.string ?? ""
    let line = key.mark?.line ?? 1
    func wrong(_ what: String) { warnings.append("\(path):\(line): \(name): \(what)") }
    switch name {
    case "base_url":
      if let text = value.string { baseURL = text } else { wrong("not a URL") }
    case "theme":
      if let text = value.string { theme = text } else { wrong("not a name") }
    case "slow":
      if let flag = value.bool { isSlow = flag } else { wrong("neither true nor false") }
    case "ascii":
      if let flag = value.bool { isASCII = flag } else { wrong("neither true nor false") }
    default:
      wrong("unknown key; known are \(Self.keys.joined(separator: ", "))")
    }
  }

  /// Line and reason of what the YAML reader found.
  private static func place(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "\(mark.line): \(problem)"
    default: " \(error)"
    }
  }
}
