public import Fleet

/// Private files made of memory.
public actor FakeScratch: Scratch {
  public private(set) var files: [String: String] = [:]
  /// Paths in the order in which they were made.
  public private(set) var made: [String] = []
  private var failure: FakeMemory.Failure?

  public init() {}

  /// From now on nothing can be written; nil heals.
  public func fail(with failure: FakeMemory.Failure?) { self.failure = failure }

  /// What a program writes.
  public func write(_ text: String, to path: String) { files[path] = text }

  public func put(_ text: String, as name: String) throws -> String {
    if let failure { throw failure }
    let path = "/scratch/\(made.count + 1)/\(name)"
    made.append(path)
    files[path] = text
    return path
  }

  public func text(of path: String) throws -> String {
    guard let text = files[path] else { throw FakeMemory.Failure("\(path) is gone") }
    return text
  }

  public func remove(_ path: String) { files[path] = nil }
}
