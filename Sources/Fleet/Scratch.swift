/// The port to private files for the operator's own programs, such as an editor.
public protocol Scratch: Sendable {
  /// Writes a text to a new file that only this user can read, and answers its path.
  func put(_ text: String, as name: String) async throws -> String
  /// The text of that file as it is now; throws when it is gone or cannot be a text of ours.
  func text(of path: String) async throws -> String
  /// Removes the file with what the program put beside it.
  func remove(_ path: String) async
}
