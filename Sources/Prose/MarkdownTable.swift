/// A table; every row has as many cells as `alignments` has entries.
public struct MarkdownTable: Hashable, Sendable {
  public enum Alignment: Hashable, Sendable { case left, center, right, none }

  public var alignments: [Alignment]
  public var header: [[Inline]]
  public var rows: [[[Inline]]]

  public init(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]] = []) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}
