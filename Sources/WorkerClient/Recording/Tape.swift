/// Where what goes over the wire is written down now; an operator may begin and end at any time.
public actor Tape {
  /// Nil while nothing is recorded.
  public private(set) var recorder: Recorder?

  /// Keys that were given while the console runs; the oldest goes past `hiddenLimit`.
  private var hidden: [String] = []
  private static let hiddenLimit = 16
  private var isBeginning = false

  public init(_ recorder: Recorder? = nil) { self.recorder = recorder }

  /// False where a recording goes on already.
  public func begin(_ recorder: Recorder) async -> Bool {
    guard self.recorder == nil, !isBeginning else { return false }
    isBeginning = true
    defer { isBeginning = false }
    // All of them before the first answer, which may hold one; another may be given meanwhile.
    var told: [String] = []
    while told != hidden {
      told = hidden
      for secret in told { await recorder.hide(secret) }
    }
    self.recorder = recorder
    return true
  }

  /// A secret that no recording may hold from now on.
  public func hide(_ secret: String) async {
    if hidden.count == Self.hiddenLimit { hidden.removeFirst() }
    hidden.append(secret)
    await recorder?.hide(secret)
  }

  /// Ends what goes on; false where nothing does.
  public func end() async -> Bool {
    guard let recorder else { return false }
    self.recorder = nil
    await recorder.finish()
    return true
  }
}
