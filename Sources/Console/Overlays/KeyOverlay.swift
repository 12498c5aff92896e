import Canvas
import Fleet

/// Where the key came from that the console has.
public struct KeyPlace: Hashable, Sendable {
  /// Such as `HANDINGER_API_KEY` or the path of a file.
  public var name: String
  /// It can be read again while the console runs; an environment cannot.
  public var isReadable: Bool

  public init(name: String, isReadable: Bool) {
    self.name = name
    self.isReadable = isReadable
  }
}

/// Another key, while it is typed or pasted; it is never shown.
public struct KeyField: Hashable, Sendable {
  var field = LineField(limit: 4_096)
  /// What the server said of the key that it refuses; nil where the operator asked for the field.
  var refusal: String?
  var problem: String?
}

enum KeyOverlay {
  static func draw(_ view: View, _ key: KeyField, into frame: inout Frame) {
    var hidden = LineField(String(repeating: "*", count: key.field.text.count), limit: 4_096)
    hidden.area.cursor = key.field.area.cursor
    let place = view.screen.keyPlace
    let width = LineField.boxWidth(view) - 4
    let asks = key.refusal.map { "\(Sanitise.line($0)): the server wants another key" }
    let again =
      place.flatMap { $0.isReadable ? "Enter alone reads \(Sanitise.line($0.name)) again" : nil }
    let notes = [
      asks ?? "sent from the next request on",
      again, "kept in memory until the console ends, and nowhere else",
    ].compactMap(\.self)
    let rows = key.problem.map { [Sanitise.line($0)] } ?? notes
    hidden.drawBox(
      view, "Another API key",
      rows: rows.flatMap { Wrap.lines(Line($0, Style()), width: max(1, width)).map(\.text) },
      isProblem: key.problem != nil, into: &frame)
  }
}

extension Screen {
  /// Opens the field once for a key that is refused, where nothing else is open; it closes by itself
  /// when the key is taken after all.
  mutating func askForKey(_ fleet: State) {
    guard case .refused(let reason) = fleet.link, keyPlace != nil else {
      wasAskedForKey = false
      if case .key(let key) = overlays.last, key.refusal != nil, key.field.text.isEmpty {
        overlays.removeLast()
      }
      return
    }
    guard !wasAskedForKey, overlays.isEmpty else { return }
    wasAskedForKey = true
    overlays.append(.key(KeyField(refusal: reason)))
  }

  mutating func openKeyField(_ fleet: State) {
    guard keyPlace != nil else {
      remark = "no other key can be given here"
      return
    }
    var key = KeyField()
    if case .refused(let reason) = fleet.link { key.refusal = reason }
    overlays.append(.key(key))
  }

  mutating func giveKey(_ key: inout KeyField, _ pressed: Key, _ command: Command?) -> [Outcome] {
    key.problem = nil
    switch command {
    case .dismiss:
      overlays.removeLast()
      remark = "the key stays; \(keymap.name(of: .giveKey)) gives another"
      return []
    case .accept:
      let text = key.field.text.filter { !$0.isWhitespace }
      if !text.isEmpty || keyPlace?.isReadable == true {
        overlays.removeLast()
        return [.renewKey(text.isEmpty ? nil : text)]
      }
      key.problem = "type or paste a key first; Esc closes"
    default: key.field.type(pressed)
    }
    overlays[overlays.count - 1] = .key(key)
    return []
  }
}

extension Keymap {
  /// How a command is reached: its key, else its name on the command line.
  func name(of command: Command) -> String {
    let key = key(for: command)
    return key.isEmpty ? "\(self.key(for: .commandLine))\(command.name)" : key
  }
}
