import Canvas
import Fleet
import WorkerAPI

/// The files that the worker was given or made, numbered, with how each stands on this side.
enum FilesPane {
  static func draw(_ view: View, _ rect: Rect, into frame: inout Frame) {
    let body = ListPane.title(.files, view, rect, into: &frame)
    let files = view.worker?.files ?? []
    guard !files.isEmpty else { return view.empty(absence(view), in: body, into: &frame) }
    let marked = Set(files.indices.filter { view.screen.markedFiles.contains(files[$0].key) })
    let numbers = "F\(files.count)".count
    ListPane.draw(view, .files, files.count, body, into: &frame, marked: marked) { index, width in
      let file = files[index]
      let name = Sanitise.line(file.filename ?? Address.short(file.url))
      let state = FileRow.state(view.worker?.downloads[file.key], file, view, width: width)
      var right = Line()
      if width >= 44, state.width + 24 < width {
        right.append(Span(Sanitise.line(file.mediaType) + "  ", view.theme[.dim]))
      } else if width >= 28 {
        let kind = Sanitise.line(FileRow.kind(file.mediaType))
        right.append(Span(Width.cut(kind, to: 9) + "  ", view.theme[.dim]))
      }
      for span in state.spans { right.append(span) }
      let number = Width.padded("F\(index + 1)", to: numbers, alignment: .right) + " "
      let left = Line([Span(number, view.theme[.dim]), Span(name, view.theme[.fileName])])
      return .row(left, right, width: width, ellipsis: view.ellipsis)
    }
  }

  private static func absence(_ view: View) -> [String] {
    ListPane.absence(
      .files, view, over: "None of its runs made a file.",
      waiting: ["No files yet.", "They come as the worker writes them."])
  }
}

/// How a file stands: not saved, on its way with a bar, saved with its hash.
enum FileRow {
  /// Columns of a bar.
  private static let bar = 10

  static func state(
    _ download: Download?, _ file: WorkerFile, _ view: View, width: Int
  ) -> Line {
    let theme = view.theme
    switch download {
    case nil:
      let size = file.size.map(Figures.bytes) ?? ""
      guard width >= 60 else {
        let hint = "\(view.key(.download, in: .files)) saves"
        return Line(size.isEmpty ? hint : size, theme[.dim])
      }
      return Line(size.isEmpty ? "not downloaded" : "\(size)  not downloaded", theme[.dim])
    case .running(let progress):
      let line = Line(words(progress, isLong: width >= 60), theme[.toolRunning])
      guard width >= 50, let share = progress.share else { return line }
      let full = Int((share * Double(bar)).rounded(.down))
      let signs = view.unicode ? ("█", "░") : ("#", ".")
      return Line(
        [
          Span(String(repeating: signs.0, count: full), theme[.toolRunning]),
          Span(String(repeating: signs.1, count: bar - full) + " ", theme[.dim]),
        ] + line.spans)
    case .stopping: return Line("stopping", theme[.toolRunning])
    case .begun(let bytes, let total):
      let share = amount(Progress(bytes: bytes, of: total, at: 0))
      return Line(width >= 60 ? "saved in part, \(share)" : "\(share) saved", theme[.stale])
    case .done(let saved):
      let digest = saved.digest.map { " sha256 \($0.prefix(width >= 90 ? 16 : 8))" } ?? ""
      return Line([
        Span("saved \(Figures.bytes(saved.bytes))", theme[.toolDone]),
        Span(width >= 50 ? digest : "", theme[.dim]),
      ])
    case .failed: return Line("not saved", theme[.toolFailed])
    }
  }

  /// What of a media type tells files apart in few columns: `text/csv` is `csv`.
  static func kind(_ mediaType: String) -> String {
    let essence = mediaType.prefix { !";+".contains($0) }
    let name = essence.split(separator: "/").last.map(String.init) ?? ""
    return String(name.split { ".-".contains($0) }.last ?? "")
  }

  /// The same in words, for a line of facts.
  static func words(_ download: Download) -> String {
    switch download {
    case .running(let progress): "saving \(words(progress, isLong: true))"
    case .stopping(let progress): "stopping at \(amount(progress))"
    case .begun(let bytes, let total):
      "saved in part, \(amount(Progress(bytes: bytes, of: total, at: 0)))"
    case .done(let saved): "saved" + (saved.digest.map { ", sha256 \($0.prefix(16))" } ?? "")
    case .failed(let reason): "not saved: \(Sanitise.line(reason))"
    }
  }

  /// How far a download is.
  static func amount(_ progress: Progress) -> String {
    progress.share.map { "\(Int($0 * 100)) %" } ?? Figures.bytes(progress.bytes)
  }

  private static func words(_ progress: Progress, isLong: Bool) -> String {
    guard isLong else { return amount(progress) }
    let share = progress.share.map { "\(Int($0 * 100)) %" }
    let whole = progress.total.map { " of \(Figures.bytes($0))" } ?? ""
    let rate = progress.rate.map { " \(Figures.bytes(Int($0)))/s" } ?? ""
    return [share, Figures.bytes(progress.bytes) + whole].compactMap(\.self).joined(separator: " ")
      + rate
  }
}

extension State {
  /// The downloads that end with the console; nil when there are none.
  var breaksOff: String? {
    let running = workers.values.flatMap { worker in
      worker.downloads.values.compactMap { download in
        if case .running(let progress) = download { progress } else { nil }
      }
    }
    guard running.count < 2 else { return "\(running.count) downloads break off" }
    return running.first.map { "a download breaks off at \(FileRow.amount($0))" }
  }
}
