import Canvas
import Fleet

/// A text on its way to the operator's clipboard.
public struct Clip: Hashable, Sendable {
  /// What it is, for the message: "the message".
  public var what: String
  public var text: String

  /// What can be copied of the place where the operator is.
  public enum Subject: Hashable, Sendable, CaseIterable {
    /// The message, or the row under the cursor.
    case line
    case output, block, id, url, email
    /// A command for a shell that asks the server for the same.
    case command
  }

  /// What is said of the way that it took; the word "copied" would claim more than is known.
  func sentence(_ route: CopyRoute) -> String {
    let size = Figures.bytes(text.utf8.count)
    return switch route {
    case .terminal(.bare):
      "\(what), \(size), sent to the terminal by OSC 52; whether it was taken is not known"
    case .terminal(let passage):
      "\(what), \(size), sent through \(passage) by OSC 52; whether it was taken is not known"
    case .tmuxBuffer(isOffered: true):
      "\(what), \(size), in tmux's buffer; tmux was asked to pass it to the clipboard"
    case .tmuxBuffer(isOffered: false): "\(what), \(size), in tmux's buffer"
    case .none(.tooLarge): "\(what), \(size), too large for the clipboard:"
    case .none(.unknownTerminal): "this terminal has no clipboard for \(what), \(size):"
    }
  }

  /// The file that it becomes where no way leads to the clipboard.
  func export(_ route: CopyRoute) -> Export? {
    guard case .none = route else { return nil }
    return Export(place: .copies, name: "copied.txt", text: text, said: sentence(route))
  }
}
