public import Fleet

/// A text that one of the operator's own programs gets, together with the terminal.
public struct Handover: Hashable, Sendable {
  public enum Purpose: Hashable, Sendable { case edit, page }

  public var purpose: Purpose
  public var text: String
  /// The file's name; its end tells programs what it is.
  public var name: String

  public init(_ purpose: Purpose, _ text: String, name: String) {
    self.purpose = purpose
    self.text = text
    self.name = name
  }

  /// A text as a field takes it: the line end that editors put at the end is not part of it.
  static func taken(_ text: String) -> String {
    Sanitise.text(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }

  /// What came of it.
  public enum Return: Hashable, Sendable {
    case edited(String)
    /// It was only to be read.
    case closed
    /// The text is as it was, and this is why.
    case failed(reason: String)
  }
}

/// The operator's own programs, and where they find the texts that they are given.
public struct Programs: Sendable {
  public var scratch: any Scratch
  /// Shell lines, such as `vim` or `less -R`.
  public var editor: String
  public var pager: String
  /// Shows a recording.
  public var player: String

  public init(scratch: any Scratch, editor: String, pager: String, player: String = "") {
    self.scratch = scratch
    self.editor = editor
    self.pager = pager
    self.player = player
  }

  func line(for purpose: Handover.Purpose) -> String {
    switch purpose {
    case .edit: editor
    case .page: pager
    }
  }
}
