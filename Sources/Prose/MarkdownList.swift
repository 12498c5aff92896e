/// A bullet, numbered or task list.
public struct MarkdownList: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    /// Whether the task is done; nil for an item without a box.
    public var task: Bool?
    public var blocks: [Block]

    public init(task: Bool? = nil, blocks: [Block]) {
      self.task = task
      self.blocks = blocks
    }
  }

  /// The first number, 0 to 999,999,999; nil for bullets.
  public var start: Int?
  /// No blank line stands between the items.
  public var isTight: Bool
  public var items: [Item]

  public init(start: Int? = nil, isTight: Bool = true, items: [Item]) {
    self.start = start
    self.isTight = isTight
    self.items = items
  }
}
