/// How many colours a display can tell apart.
public enum ColorDepth: Hashable, Sendable {
  case mono, ansi8, ansi16, indexed256, direct
}

/// A place where frames are shown and keys come from.
@MainActor
public protocol Display: AnyObject {
  var size: Size { get }
  var depth: ColorDepth { get }
  /// False where only ASCII can be shown.
  var isUnicode: Bool { get }
  /// Seconds for which the terminal held up the last frame.
  var wait: Double { get }
  /// Sentences on what was found when it was claimed.
  var remarks: [String] { get }

  /// Takes the screen and the keyboard; claiming again after `restore` is allowed.
  func claim() throws
  /// Shows a frame; answers how many bytes that took, 0 where none are counted.
  @discardableResult
  func present(_ frame: Frame) -> Int
  /// Paints the last frame again from nothing.
  func redraw()
  /// Gives the screen and the keyboard back as they were; more calls do nothing.
  func restore()
  /// Gives the terminal back, stops the process group, and reclaims when it is continued.
  func suspend()
  /// Gives the terminal to a program until it ends, then claims it again; nothing is presented and
  /// no key is read meanwhile. `restore` ends the program.
  func run(_ program: Program) async -> Program.End
  /// Says something beside the next frame; nothing of it is drawn.
  func say(_ news: [Aside])
  /// Turns reports of the mouse on or off; false where there cannot be any.
  func setMouse(_ isOn: Bool) -> Bool
  /// Hands text to the clipboard of whoever looks at the display, and answers by which way.
  func copy(_ text: String) async -> CopyRoute
  /// Sends everything that was waiting as one batch, never an empty one.
  func listen(_ handler: @escaping @MainActor ([Event]) -> Void)
}

extension Display {
  public var wait: Double { 0 }
  public var remarks: [String] { [] }
}
