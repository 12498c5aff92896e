/// What the operator is willing to spend, in credits, or in dollars where the server counts in
/// those; nil is no ceiling.
public struct Ceilings: Hashable, Sendable {
  /// One worker, in all.
  public var worker: Double?
  /// All workers, since midnight in the operator's zone.
  public var day: Double?
  /// All workers, since the first of the month in the operator's zone.
  public var month: Double?
  /// All workers, in all.
  public var fleet: Double?

  public init(
    worker: Double? = nil, day: Double? = nil, month: Double? = nil, fleet: Double? = nil
  ) {
    self.worker = worker
    self.day = day
    self.month = month
    self.fleet = fleet
  }
}
