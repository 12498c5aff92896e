/// Why a recording cannot be made or played; each description is a sentence for the operator.
public enum RecordingError: Error, Hashable, Sendable {
  case exists(path: String)
  case unusable(path: String, reason: String)
  case noRecording(path: String)
  case newer(path: String, version: Int)
}

extension RecordingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .exists(let path): "\(path) is there already; a recording never replaces a file"
    case .unusable(let path, let reason): "\(path): \(reason)"
    case .noRecording(let path): "\(path) is no recording: its first line does not say so"
    case .newer(let path, let version):
      "\(path) is a recording of version \(version); this program reads \(Recording.version)"
    }
  }
}
