/// Something that a display says beside its frames.
public enum Aside: Hashable, Sendable {
  case bell
  case notification(String, NotificationForm)
  /// The name of the window; the one before comes back when the display is restored.
  case title(String)
}

/// The sequences by which terminals are asked for a notification.
public enum NotificationForm: Hashable, Sendable {
  case osc9, osc777
}
