/// A part of the screen that can have the focus; its number is the key that gives it.
public enum Pane: Int, Hashable, Sendable, CaseIterable {
  case workers = 1
  case output, sources, files, schedules, info

  public var name: String {
    switch self {
    case .workers: "Workers"
    case .output: "Output"
    case .sources: "Sources"
    case .files: "Files"
    case .schedules: "Schedules"
    case .info: "Info"
    }
  }

  /// The panes that show one worker; in a small terminal they share one place as tabs.
  static let details: [Pane] = [.output, .sources, .files, .schedules, .info]
}

/// How much of the screen the focused pane takes.
public enum Zoom: Int, Hashable, Sendable {
  case normal, half, full
}
