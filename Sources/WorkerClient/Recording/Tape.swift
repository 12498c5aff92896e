/// Where what goes over the wire is written down now; an operator may begin and end at any time.
public actor Tape {
  /// Nil while nothing is recorded.
  public private(set) var recorder: Recorder?

  public init(_ recorder: Recorder? = nil) { self.recorder = recorder }

  /// False where a recording goes on already.
  public func begin(_ recorder: Recorder) -> Bool {
    guard self.recorder == nil else { return false }
    self.recorder = recorder
    return true
  }

  /// Ends what goes on; false where nothing does.
  public func end() async -> Bool {
    guard let recorder else { return false }
    self.recorder = nil
    await recorder.finish()
    return true
  }
}
