import Console
import Fleet
import Registry

/// Reads the operator's themes again whenever one is saved; what is broken is named, and the theme
/// that was stays.
@MainActor
final class ThemeWatch {
  private let folder: ThemeFolder
  private let session: Session
  private let store: Store
  private var watch: FolderWatch?
  private var hadProblems = false

  init(_ folder: ThemeFolder, _ session: Session, _ store: Store) {
    self.folder = folder
    self.session = session
    self.store = store
    begin()
  }

  func end() { watch?.end() }

  /// A folder that is not there yet is waited for in the one that would hold it; where that is
  /// missing too, the next run sees it.
  private func begin() {
    watch = FolderWatch(
      folder.path, events: [.written, .created, .replaced, .removed]
    ) { [weak self] _ in
      Task { @MainActor in self?.read() }
    }
    guard watch == nil, let cut = folder.path.lastIndex(of: "/") else { return }
    let name = String(folder.path[folder.path.index(after: cut)...])
    watch = FolderWatch(
      String(folder.path[..<cut]), events: [.created, .replaced]
    ) { [weak self] names in
      guard names.contains(name) else { return }
      Task { @MainActor in
        guard let self else { return }
        self.watch?.end()
        self.begin()
        self.read()
      }
    }
  }

  private func read() {
    let (shelf, problems) = folder.read()
    session.take(shelf)
    for problem in problems {
      store.send(.say(.warning, "\(problem); the theme from before stays"))
    }
    // What was said before is not true any more.
    if problems.isEmpty, hadProblems {
      store.send(.say(.info, "your themes are read, all of them"))
    }
    hadProblems = !problems.isEmpty
  }
}
