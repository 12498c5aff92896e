/// A text that is to become a file of its own in the state folder.
public struct Export: Hashable, Sendable {
  /// The folders that exports go to.
  public enum Place: String, Hashable, Sendable { case copies, saved }

  public var place: Place
  /// What it would like to be called; the folder makes it safe and finds one that is free.
  public var name: String
  public var text: String
  /// What is said before "saved as": why it is a file, or what it is.
  public var said: String

  public init(place: Place, name: String, text: String, said: String) {
    self.place = place
    self.name = name
    self.text = text
    self.said = said
  }
}

/// The port to the folders of exports.
public protocol Exports: Sendable {
  /// Writes a new file that only this user can read, never over another one.
  func write(_ export: Export) async throws -> SavedFile
}

extension Runner {
  func write(_ export: Export) async {
    guard let exports = ports.exports else {
      return send(.answer(.error, "\(export.said) not saved: this console keeps no files"))
    }
    do {
      let file = try await exports.write(export)
      send(.answer(.info, "\(export.said) saved as \(file.path)"))
    } catch {
      send(.answer(.error, "\(export.said) not saved: \(error)"))
    }
  }
}
