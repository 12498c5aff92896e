/// Where what goes over the wire is written down now; an operator may begin and end at any time.
public actor Tape {
  /// Nil while nothing is recorded.
  public private(set) var recorder: Recorder?

  public init(_ recorder: Recorder? = nil) { self.recorder = recorder }

  /// What is open stays with the recorder that saw it open, and is not in a later recording.
  public func put(_ recorder: Recorder?) { self.recorder = recorder }
}
