import Canvas
import Fleet
import WorkerAPI

extension Composer {
  /// The place of the chosen file; the first is chosen until another one is.
  var fileIndex: Int? {
    files.isEmpty ? nil : files.firstIndex { $0.key == fileKey } ?? 0
  }

  /// Left and right choose a file, Space names the chosen one in the text.
  mutating func chooseFile(_ key: Key) {
    switch key {
    case .character(" "): nameFile()
    case .left, .up, .character("h"), .character("k"): moveFile(-1)
    case .right, .down, .character("l"), .character("j"): moveFile(1)
    default: break
    }
  }

  private mutating func moveFile(_ step: Int) {
    guard let index = fileIndex else { return }
    fileKey = files[min(max(0, index + step), files.count - 1)].key
  }

  /// Tells of the chosen file in the text; the focus stays, so that another one can follow.
  mutating func nameFile() {
    guard let index = fileIndex else {
      problem = "this worker has no file yet"
      return
    }
    let isNew = mention([files[index]])
    guard problem == nil else { return }
    note = isNew ? Self.mentioned(1) : "its name and address are in the text already"
  }

  /// Puts a line for each file at the end, once: the API takes text alone, so the worker is told of
  /// the name and the address. False when all of them are there.
  @discardableResult
  mutating func mention(_ files: [WorkerFile]) -> Bool {
    let text = area.text
    let there = text.split(separator: "\n").map(String.init)
    let lines = files.map(Self.line).filter { !there.contains($0) }
    guard !lines.isEmpty else { return false }
    area.cursor = text.count
    let start = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    insert(start + lines.joined(separator: "\n") + "\n")
    return true
  }

  /// What is said then, so that nobody takes the file for sent.
  static func mentioned(_ count: Int) -> String {
    count == 1
      ? "no file goes with a follow-up: its name and address are in the text"
      : "no file goes with a follow-up: the names and addresses are in the text"
  }

  /// A file by its name and the address that the server gave.
  private static func line(_ file: WorkerFile) -> String {
    let url = Sanitise.line(file.url)
    guard let name = file.filename.map(Sanitise.line), name != url else { return "file \(url)" }
    return "file \(name): \(url)"
  }
}
