import Canvas
public import Fleet

/// Writing with help from outside of the console.
extension Screen {
  /// Hands what stands in the open field to the operator's editor.
  func editElsewhere() -> [Outcome] {
    switch overlays.last {
    case .composer(let composer):
      [.handOver(Handover(.edit, composer.area.text, name: "instruction.md"))]
    case .form(let form):
      [.handOver(Handover(.edit, form.area.text, name: "instruction.md"))]
    default: []
    }
  }

  /// Takes in what came of a text that was handed over.
  public mutating func takeBack(
    _ result: Handover.Return, _ fleet: State, now: Double
  ) -> [Outcome] {
    remark = nil
    switch result {
    case .closed: return []
    case .failed(let reason):
      remark = reason
      return []
    case .edited(let text): return takeEdited(text)
    }
  }

  /// One step for undo; the line end that editors put at the end is not part of the text.
  private mutating func takeEdited(_ text: String) -> [Outcome] {
    let text = Sanitise.text(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    switch overlays.last {
    case .composer(var composer):
      composer.area.replaceAll(with: text)
      composer.field = .text
      overlays[overlays.count - 1] = .composer(composer)
      return [.fleet(.write(composer.draft))]
    case .form(var form):
      form.area.replaceAll(with: text)
      form.field = .text
      overlays[overlays.count - 1] = .form(form)
      return [.fleet(.write(form.draft))]
    default: return []
    }
  }
}
