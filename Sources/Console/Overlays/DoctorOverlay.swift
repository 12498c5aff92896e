import Canvas

/// What is wrong with terminal, link, server and files, and what to do about it.
enum DoctorOverlay {
  static func draw(_ view: View, _ doctor: Doctor?, _ scroll: Scroll, into frame: inout Frame) {
    let width = width(in: view.screen.size)
    guard let doctor else {
      let inner = view.box("Doctor", width: width, height: 1, into: &frame)
      frame.write(
        "Looking at terminal, link, server and files" + view.ellipsis, x: inner.x, y: inner.y,
        view.theme[.dim].over(view.theme[.overlay]), in: inner)
      return
    }
    let lines = lines(doctor, view.theme, width: width)
    let height = min(lines.count, height(in: view.screen.size))
    let inner = view.box("Doctor: \(doctor.summary)", width: width, height: height, into: &frame)
    for (row, index) in scroll.visible(of: lines.count, height: inner.height).enumerated() {
      frame.write(
        lines[index].cut(to: inner.width, ellipsis: view.ellipsis), x: inner.x, y: inner.y + row,
        over: view.theme[.overlay], in: inner)
    }
    if lines.count > inner.height {
      let place = " \(min(lines.count, scroll.offset + inner.height))/\(lines.count) "
      frame.write(place, x: inner.maxX - place.count, y: inner.maxY, view.theme[.overlayFrame])
    }
  }

  static func width(in size: Size) -> Int { max(1, min(96, size.columns - 4)) }

  /// Lines of the box in a screen of that size.
  static func height(in size: Size) -> Int {
    max(1, size.rows - (size.columns < 30 || size.rows < 8 ? 2 : 5))
  }

  static func lines(_ doctor: Doctor, _ theme: Theme, width: Int) -> [Line] {
    // What is to be mended comes first, the worst before the rest.
    let troubled = doctor.findings.filter { $0.judgement != .ok }
    let sorted =
      troubled.filter { $0.judgement.word == "bad" }
      + troubled.filter { $0.judgement.word != "bad" }
    var groups = [("To look at", sorted)]
    groups += Doctor.Section.allCases.map { section in
      (section.rawValue, doctor.findings.filter { $0.section == section && $0.judgement == .ok })
    }
    let names = width < 50 ? 0 : doctor.findings.map { Width.of($0.name) }.max() ?? 0
    var lines: [Line] = []
    for (title, findings) in groups where !findings.isEmpty {
      if !lines.isEmpty { lines.append(Line()) }
      lines.append(Line(title, theme[.group]))
      for finding in findings { lines += rows(finding, names, theme, width) }
    }
    return lines
  }

  /// A finding with its advice below; without room for a column of names, values follow them.
  private static func rows(
    _ finding: Doctor.Finding, _ names: Int, _ theme: Theme, _ width: Int
  ) -> [Line] {
    let role = role(finding.judgement)
    let indent = names == 0 ? min(7, width / 3) : 9 + names
    let line = Line([
      Span("\(finding.judgement.sign) ", theme[role]),
      Span(Width.padded(finding.judgement.word, to: 5), theme[role]),
      Span(
        Width.padded(finding.name, to: max(names, Width.of(finding.name))) + "  ",
        theme[.inputLabel]),
      Span(finding.value, theme[.text]),
    ])
    let lines = Wrap.lines(line, width: width, indent: indent)
    guard let advice = finding.judgement.advice, !advice.isEmpty else { return lines }
    let blank = String(repeating: " ", count: indent)
    let note = Line([Span(blank, theme[.text]), Span(advice, theme[role])])
    return lines + Wrap.lines(note, width: width, indent: indent)
  }

  private static func role(_ judgement: Doctor.Judgement) -> Role {
    switch judgement {
    case .ok: .dim
    case .warn: .messageWarning
    case .bad: .messageError
    }
  }
}

extension Screen {
  /// Asks for an examination, and shows it when it is there.
  mutating func openDoctor() -> [Outcome] {
    overlays.append(.doctor(nil, Scroll()))
    return [.examine]
  }

  /// Takes what was found, where it is still wanted.
  public mutating func show(_ doctor: Doctor) {
    overlays = overlays.map { overlay in
      if case .doctor(_, let scroll) = overlay { .doctor(doctor, scroll) } else { overlay }
    }
  }

  mutating func scroll(_ doctor: Doctor?, _ scroll: Scroll, _ command: Command?) -> [Outcome] {
    let page = DoctorOverlay.height(in: size)
    var scroll = scroll
    switch command {
    case .dismiss:
      overlays.removeLast()
      return []
    case .refresh:
      overlays[overlays.count - 1] = .doctor(nil, Scroll())
      return [.examine]
    case .moveDown: scroll.offset += 1
    case .moveUp: scroll.offset -= 1
    case .pageDown: scroll.offset += page
    case .pageUp: scroll.offset -= page
    default: return []
    }
    let count =
      doctor.map { DoctorOverlay.lines($0, theme, width: DoctorOverlay.width(in: size)).count } ?? 0
    overlays[overlays.count - 1] = .doctor(doctor, scroll.clamped(of: count, height: page))
    return []
  }
}
