public import Canvas
public import Fleet

/// What is on the screen apart from the fleet: focus, selection, scrolling, what is open. A value.
public struct Screen: Sendable {
  public var size: Size
  public var focus = Pane.workers
  /// The detail pane that a small terminal shows.
  public var detail = Pane.output
  public var zoom = Zoom.normal
  /// The id under the cursor of the list; it stays with its worker when rows move.
  public internal(set) var selected: String?
  var previous: String?
  var workerScroll = Scroll()
  public internal(set) var output = OutputView()
  /// Where the reader was in the text while raw events are shown.
  var textView = OutputView()
  /// The row under the cursor in the panes that are lists.
  var cursors: [Pane: Int] = [:]
  /// What stands there, so that the cursor stays with it when rows come and go.
  var marks: [Pane: String] = [:]
  var scrolls: [Pane: Scroll] = [:]
  /// Files of the selected worker that are marked, by their keys.
  var markedFiles: Set<String> = []
  /// Files that were in sight, by worker: what an earlier attempt left of them was looked for.
  var soughtParts: [String: Set<String>] = [:]
  /// When the files were learned that were looked for last, by worker.
  var soughtAt: [String: Double] = [:]
  /// All workers' schedules or this one's; nil leaves it to the layout.
  var agendaChoice: Bool?
  var showsUTC = false
  public internal(set) var overlays: [Overlay] = []
  var reading = OutputStyle()
  /// How much of the screen the output had before the plain view.
  var zoomBefore = Zoom.normal
  var sourceNumbers = SourceNumbers()
  /// Several workers' lines, while they are shown in one.
  var merged: MergedView?
  /// Where the sources are cited, while their pane is on the screen.
  var citations = Citations()
  /// How they came, as long.
  var arrivals = SourceArrivals()
  /// Words that the output was searched for or filtered by, the newest last.
  var sought: [String] = []
  /// Lines are still to be looked through, which the next frame does.
  var isLooking = false
  /// Lines of the command line, the newest last.
  var commands: [String] = []
  var hasRecalledCommands = false
  public internal(set) var theme: Theme
  /// What can be chosen.
  var shelf = ThemeShelf.builtIn
  /// The terminal reports the mouse; the operator turns that on.
  public var isMouseOn = false
  /// How far the lines between panes were moved, the line that is held, and what the memory gave.
  var split = Split()
  var grip: Grip?
  var keptSplit: String?
  /// What is said about a key that could do nothing; until the next key.
  public internal(set) var remark: String?
  var wantsToQuit = false
  /// The key before this one asked to quit.
  var wasAskedToQuit = false
  /// As the folder was read last.
  public var templates = TemplateSet()
  /// Where the list of what changed meanwhile is opened next.
  var absenceMark: String?
  var listing = Listing()
  /// What letters go back to, for this run of the console.
  var places: [Character: MarkedPlace] = [:]
  var citationStep: CitationStep?
  var sourceStep: SourceStep?
  var keptList: KeptList?
  /// The theme that the memory gave, and the newest worker that was selected by itself.
  var keptTheme: String?
  var keptOrder: String?
  var seenNewest: String?
  public var keymap = Keymap.standard
  public var isUnicode = true
  /// The operator asked for ASCII, whatever the terminal could show.
  public var isASCIIOnly = false
  /// The theme was chosen for this run: the one that was kept does not replace it.
  public var keepsTheme = false
  public var zone: Zone
  /// The name of the server, for the header.
  public var server: String
  /// The server's address, for commands that are copied; empty when it is not known.
  public var endpoint = ""
  /// What the header says in place of the link's state, such as `REPLAY x4`.
  public var standing: String?
  /// Where the key came from; nil where no key can be given.
  public var keyPlace: KeyPlace?
  /// The field for another key was opened for the refusal that stands.
  var wasAskedForKey = false
  /// The source of idempotency keys.
  var dice: Dice

  public init(
    size: Size, theme: Theme = .builtIn("dark") ?? .plain, zone: Zone = .utc,
    server: String = "", seed: UInt64 = 1
  ) {
    self.size = size
    self.theme = theme
    self.zone = zone
    self.server = server
    dice = Dice(seed: seed)
  }

  /// The zone in which times are shown.
  var shownZone: Zone { showsUTC ? .utc : zone }

  /// Where a key is looked up first.
  public var context: Binding.Context {
    switch overlays.last {
    case nil: .pane(focus)
    case .composer(let composer): composer.field == .confirmation ? .typedYes : .composer
    case .templates: .templates
    case .preview: .preview
    case .form(let form): form.field == .confirmation ? .typedYes : .form
    case .confirm(let confirm): confirm.typed == nil ? .confirm : .typedYes
    case .spending: .spending
    case .requests: .requests
    case .doctor: .doctor
    case .absence: .absence
    case .search: .search
    case .command: .command
    case .find: .find
    case .merged: .merged
    case .outline: .outline
    case .copying: .copying
    case .rename: .renaming
    case .adopt: .adoption
    case .key: .keyField
    case .palette: .palette
    case .inspection: .inspection
    case .letter: .letter
    case .filter: .filter
    case .order: .order
    case .help(let box): box.isTyping ? .helpFilter : .help
    case .comparison: .comparison
    case .themes: .themes
    case .forecast: .forecast
    case .orders(let list): list.adoption == nil ? .orders : .adoption
    }
  }

  func arrangement(_ fleet: State) -> Arrangement {
    Arrangement(
      size: size, focus: focus, detail: detail, zoom: zoom,
      workers: max(1, fleet.order.count), split: split,
      hasLog: !fleet.requests.entries.isEmpty)
  }

  func list(_ fleet: State) -> WorkerList {
    if let keptList, keptList.holds(fleet, self) { return keptList.list }
    return KeptList(fleet, self, after: keptList).list
  }

  /// Works the list out once for all frames in which it is the same.
  mutating func keepList(_ fleet: State) {
    if keptList?.holds(fleet, self) == true { return }
    keptList = KeptList(fleet, self, after: keptList)
  }

  var showsGroups: Bool { size.columns >= 100 && size.rows >= 28 || zoom == .full }

  /// Rows up to which a running worker has a line of its own for what it does; nil where its row
  /// says it.
  func activityRoom(_ fleet: State) -> Int? {
    guard size.columns >= 100, size.rows >= 28, zoom != .full else { return nil }
    if size.columns >= 160 { return zoom == .half && focus == .workers ? nil : .max }
    // Two columns: only in rows that are free.
    guard let rect = arrangement(fleet).panes[.workers],
      WorkersPane.Columns(width: rect.width).activity == 0
    else { return nil }
    return rect.height - 1
  }

  /// How a first worker is started from where the operator is.
  var startHint: String { "\(keymap.key(for: .newWorker, in: focus)) starts one" }

  /// A key that no request had before: 32 hexadecimal digits.
  mutating func newKey() -> String {
    (0..<32).map { _ in String(Int(dice.roll() * 16), radix: 16) }.joined()
  }
}

/// Something in front of the panes; the last one gets the keys.
public enum Overlay: Hashable, Sendable {
  case composer(Composer)
  /// In front of a composer, which takes the text.
  case templates(TemplateBox)
  case form(ScheduleForm)
  case preview(PreviewBox)
  case confirm(Confirm)
  case help(HelpBox)
  /// `before` is the theme to go back to.
  case themes(names: [String], index: Int, before: Theme)
  case orders(OrderList)
  case comparison(Comparison)
  case forecast(worker: String, schedule: String)
  case spending
  /// The worker under the cursor; the first one when it is not in the list.
  case absence(String?)
  /// How many entries of the log were there when it was scrolled; nil follows the newest.
  case requests(until: Int?)
  /// Nil while it is looked.
  case doctor(Doctor?, Scroll)
  case search(SearchBox)
  case command(CommandBox)
  case find(FindBox)
  case merged
  /// The item under the cursor.
  case outline(Int)
  case copying
  case rename(worker: String, LineField)
  case adopt(AdoptField)
  case key(KeyField)
  case palette(Palette)
  case inspection(Inspection)
  case letter(LetterPurpose)
  case filter(FilterBox)
  case order(OrderMenu)
}

/// A question before something that cannot be taken back.
public struct Confirm: Hashable, Sendable {
  public var title: String
  /// Of those whom it is about, as many as there is room for.
  public var names: [String] = []
  /// What else it is about, row by row.
  public var lines: [String]
  /// An instruction, of which the beginning is enough.
  public var quote = ""
  /// What follows from a yes, and the same in a few words.
  public var consequence = ""
  public var brief = ""
  /// What is said besides, where there is room.
  public var aside = ""
  public var action: Action
  /// What the two answers do.
  public var yes = "cancel it"
  public var no = "keep it"
  /// What was typed so far where a typed yes is asked for; nil where `y` is enough.
  public var typed: String?
  /// The order that the typed yes lets pass a ceiling.
  public var allows: String?
}

/// What a key or an event leads to outside of the screen.
public enum Outcome: Hashable, Sendable {
  case fleet(Action)
  case copy(Clip)
  case mouse(Bool)
  case quit
  case suspend
  case redraw
  /// Look at terminal, link, server and files, and show what was found.
  case examine
  /// Gives a text and the terminal to one of the operator's programs.
  case handOver(Handover)
  /// Reads the folder of templates anew.
  case loadTemplates
  /// Writes down what goes over the wire from now on, in a new file; nil ends it.
  case record(String?)
  /// Sends another key from now on; nil reads its place again.
  case renewKey(String?)
  /// Gives the terminal to a console that plays this recording.
  case replay(String)
}
