import Canvas
import WorkerAPI

/// A template that changed the budget with the text: undo takes back both.
struct TakenTemplate: Hashable, Sendable {
  /// Of more the oldest are let go, each with two whole texts; undo then leaves their budgets.
  static let limit = 8

  struct Side: Hashable, Sendable {
    var text: String
    var budget: Budget
  }

  var before: Side
  var after: Side
  var isUndone = false
}

extension Composer {
  /// After undo or redo in the text: the budget goes along with a template, unless another one was
  /// chosen since.
  mutating func followUndo(_ key: Key) {
    let isUndo = key == .control("_")
    guard isUndo || key == .control("r") else { return }
    let place =
      isUndo ? taken.lastIndex { !$0.isUndone } : taken.firstIndex { $0.isUndone }
    guard let place else { return }
    let (from, to) =
      isUndo ? (taken[place].after, taken[place].before) : (taken[place].before, taken[place].after)
    guard area.text == to.text else { return }
    taken[place].isUndone = isUndo
    guard budget == from.budget, budget != to.budget else { return }
    budget = to.budget
    note = "the budget is \(budget.word) \(isUndo ? "again, as before the template" : "again")"
  }
}
