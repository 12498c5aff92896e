/// What a display reports.
public enum Event: Hashable, Sendable {
  case key(Key)
  /// Text that was pasted, with `\n` as its only line end; it never acts as keys.
  case paste(String)
  case mouse(Mouse)
  case resize(Size)
  /// The process was stopped and runs again; the screen has been claimed anew.
  case resumed
  /// The terminal is gone.
  case hangup
  /// Somebody outside asks for an end: SIGTERM or SIGINT.
  case terminate
}
