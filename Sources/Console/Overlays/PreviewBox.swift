import Canvas
import Fleet
public import WorkerAPI

/// A look into a file: where it is scrolled to, and what is folded.
public struct PreviewBox: Hashable, Sendable {
  public var worker: String
  public var file: WorkerFile
  var top = 0
  /// Columns that are scrolled out to the left.
  var left = 0
  /// Long lines go on in the next row, and long cells of a table are cut.
  var wraps = true
  /// The row under the cursor of a tree.
  var cursor = 0
  /// Nodes of a tree that are closed, by their numbers.
  var folded: Set<Int> = []
  /// What is shown, laid out for one size.
  var paper = Derived(PreviewPaper())

  init(worker: String, file: WorkerFile) {
    self.worker = worker
    self.file = file
  }

  /// Lays out anew what came or what has another size; the same twice costs nothing.
  mutating func lay(_ preview: Preview?, _ look: PreviewPaper.Look) {
    guard let preview, preview.worker == worker, preview.file.key == file.key,
      case .shown(let shown) = preview.stage
    else { return }
    var look = look
    look.wraps = wraps
    look.folded = folded
    look.shownAt = shown.at
    look.isCut = shown.isCut
    guard paper.value.look != look else { return }
    paper.value = PreviewPaper(shown.content, look)
    top = min(top, max(0, paper.value.lines.count - 1))
    cursor = min(cursor, max(0, paper.value.lines.count - 1))
  }

  /// `height` is that of the lines that scroll.
  mutating func move(_ command: Command, height: Int) {
    let count = paper.value.lines.count
    let last = max(0, count - height)
    if paper.value.isTree {
      switch command {
      case .moveDown: cursor += 1
      case .moveUp: cursor -= 1
      case .pageDown, .halfPageDown: cursor += max(1, height - 1)
      case .pageUp, .halfPageUp: cursor -= max(1, height - 1)
      case .top: cursor = 0
      case .bottom: cursor = count - 1
      default: break
      }
      cursor = min(max(0, cursor), max(0, count - 1))
      var scroll = Scroll(offset: top)
      scroll.reveal(index: cursor, of: count, height: height)
      top = scroll.offset
      return
    }
    switch command {
    case .moveDown: top += 1
    case .moveUp: top -= 1
    case .pageDown, .halfPageDown: top += max(1, height - 1)
    case .pageUp, .halfPageUp: top -= max(1, height - 1)
    case .top: top = 0
    case .bottom: top = last
    default: break
    }
    top = min(max(0, top), last)
  }

  mutating func moveSideways(_ columns: Int, width: Int) {
    left = min(max(0, left + columns), max(0, paper.value.width - width))
  }

  /// Opens or closes the node under the cursor, or the one that it is in.
  mutating func toggle() {
    guard let number = paper.value.node(at: cursor) else { return }
    if folded.remove(number) == nil { folded.insert(number) }
  }
}

extension Screen {
  /// Opens the look into the file under the cursor.
  mutating func openPreview(_ fleet: State) -> [Outcome] {
    guard let selected, let worker = fleet.workers[selected],
      let file = worker.files.dropFirst(cursors[.files] ?? 0).first
    else {
      remark = "this worker has no file yet"
      return []
    }
    overlays.append(.preview(PreviewBox(worker: selected, file: file)))
    return [.fleet(.preview(worker: selected, file))]
  }

  mutating func preview(_ box: PreviewBox, _ command: Command?, _ fleet: State) -> [Outcome] {
    var box = box
    let body = PreviewOverlay.body(in: size, box)
    switch command {
    case .dismiss:
      overlays.removeLast()
      return [.fleet(.closePreview)]
    case .download:
      if let words = underWay(box.file, of: box.worker, fleet) {
        remark = words
        return []
      }
      return [.fleet(.download(worker: box.worker, box.file))]
    case .stopDownload: return stop([box.file], of: box.worker, fleet)
    case .refresh: return [.fleet(.preview(worker: box.worker, box.file))]
    case .toggleWrap:
      guard box.paper.value.wrapHint != nil else {
        remark = "there is nothing to wrap or to cut here"
        return []
      }
      box.wraps.toggle()
      box.left = 0
    case .sidewaysRight: box.moveSideways(8, width: body.width)
    case .sidewaysLeft: box.moveSideways(-8, width: body.width)
    case .fold:
      if box.paper.value.isTree { box.toggle() } else { box.move(.pageDown, height: body.height) }
    case let command?: box.move(command, height: body.height)
    case nil: return []
    }
    overlays[overlays.count - 1] = .preview(box)
    layPreview(fleet)
    return []
  }

  /// Brings the open look up to what came of the file.
  mutating func layPreview(_ fleet: State) {
    guard case .preview(var box) = overlays.last else { return }
    let body = PreviewOverlay.body(in: size, box)
    let save = keymap.bindings.first { $0.context == .preview && $0.command == .download }
    var look = PreviewPaper.Look(width: body.width, theme: theme, isUnicode: isUnicode)
    look.saveKey = save?.keys.first?.name ?? look.saveKey
    box.lay(fleet.preview, look)
    overlays[overlays.count - 1] = .preview(box)
  }

  /// What the hint line says of a key; of one that does nothing here, nothing.
  func hint(_ binding: Binding, _ fleet: State) -> String? {
    if binding.command == .stopDownload, !canStop(fleet) { return nil }
    guard binding.command == .toggleWrap, case .preview(let box) = overlays.last else {
      return binding.hint
    }
    return box.paper.value.wrapHint
  }
}
