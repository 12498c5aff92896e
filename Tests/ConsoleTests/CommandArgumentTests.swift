import Canvas
import Fleet
import Support
import Testing
import Themes
import WorkerAPI

@testable import Console

@Suite("Commands with words after their names")
struct CommandArgumentTests {
  private func box(_ bench: Bench) -> CommandBox? {
    if case .command(let box)? = bench.screen.overlays.last { box } else { nil }
  }

  private func typed(_ line: String, in bench: Bench = Bench()) -> Bench {
    var bench = bench
    bench.press(":")
    bench.type(line)
    bench.press("enter")
    return bench
  }

  @Test("each does what it says at once")
  func does() {
    #expect(typed("sort cost").screen.listing.order.word == "cost state")
    #expect(typed("group bud").actions.contains(.prefer(name: "list", value: "recent budget")))
    #expect(typed("filter s:run cost>1").screen.listing.filter?.words.count == 2)
    #expect(
      typed("theme solarized-light").actions.contains(
        .prefer(name: "theme", value: "solarized-light")))
    #expect(
      typed("rename The new name").actions.contains(.rename(FleetFixture.watched, "The new name")))
    #expect(typed("adopt wrk_a, wrk_b").screen.remark == "adopted: 2 workers")
    let source = typed("source 3")
    #expect(source.screen.focus == .sources && source.screen.cursors[.sources] == 2)
    guard
      case .composer(let composer)? = typed("new Read it", in: Bench(FleetFixture.single())).screen
        .overlays.last
    else {
      return #expect(Bool(false), "the composer is open")
    }
    #expect(composer.area.text == "Read it")
  }

  @Test("continue begins a follow-up with its text, unless another draft of it is kept")
  func continues() {
    let bench = typed("continue And the second page?", in: Bench(FleetFixture.single()))
    guard case .composer(let composer)? = bench.screen.overlays.last else {
      return #expect(Bool(false), "the composer is open")
    }
    #expect(composer.area.text == "And the second page?" && composer.worker != nil)
    #expect(bench.actions.last == .write(composer.draft))
    var later = bench
    later.press("esc")
    later = typed("continue Something else", in: later)
    #expect(later.screen.overlays == [])
    #expect(
      later.screen.remark
        == "a draft of this follow-up is kept: c opens it, to be sent or emptied first")
  }

  @Test("a theme of the operator's own is taken by name, and completed")
  func ownTheme() throws {
    var file = try #require(try ThemeLibrary.file(named: "nord"))
    file.name = "harbour"
    let theme = Theme(try ThemeLibrary.resolve(file))
    var bench = Bench()
    bench.screen.take(
      ThemeShelf(own: [ThemeShelf.Entry(theme: theme, variant: .dark, isOwn: true)]))
    bench.press(":")
    bench.type("theme har")
    bench.press("tab")
    #expect(box(bench)?.field.text == "theme harbour")
    bench.press("enter")
    #expect(bench.screen.theme == theme && bench.screen.overlays == [])
    #expect(bench.actions.contains(.prefer(name: "theme", value: "harbour")))
  }

  @Test(
    "what is wrong is named, and the line stays to be mended",
    arguments: [
      ("sort size", "no sort is called size: recent title cost change state"),
      ("sort c", "c may be cost, change"),
      ("filter s:zz", "zz is no state: run pend done new fail arch gone ?"),
      ("filter b:hgih", "hgih is no budget: low standard high unlimited extra"),
      ("adopt nonsense id", "\"nonsense\": this is no worker's id, as in t_org_1_w_2"),
      ("filter /(/", "a ( is not closed"), ("source 99", "a source has a number from 1 to 9"),
      ("source x", "a source has a number from 1 to 9"), ("pin it", "pin takes no words"),
    ])
  func problems(_ line: String, _ problem: String) {
    let bench = typed(line)
    #expect(box(bench)?.problem == problem && box(bench)?.field.text == line)
  }

  @Test("tab completes the words after a name too")
  func complete() {
    for (line, completed) in [
      ("sort co", "sort cost"), ("sort c", "sort c"), ("group d", "group day"),
      ("group zz", "group zz"),
      ("search pri", "search pri"), ("grou", "group "),
    ] {
      var bench = Bench()
      bench.press(":")
      bench.type(line)
      bench.press("tab")
      #expect(box(bench)?.field.text == completed)
    }
  }

  @Test("lines are kept for the next run, the newest last, and hostile ones stay harmless")
  func history() {
    var bench = typed("zone")
    bench = typed("follow", in: bench)
    #expect(bench.actions.last == .prefer(name: "commands", value: "zone\nfollow"))
    var fleet = FleetFixture.full
    _ = reduce(
      &fleet, .prefer(name: "commands", value: "zone\nsort \u{1B}[31mcost"), now: FleetFixture.now)
    var next = Bench(fleet)
    next.press(": up")
    #expect(box(next)?.field.text == "sort \u{FFFD}[31mcost")
    next.press("up")
    #expect(box(next)?.field.text == "zone")
  }

  @Test("the view is set by name and value, with a blank or an equals sign")
  func sets() {
    let bench = typed("set times=utc", in: typed("set wrap off", in: Bench()))
    #expect(!bench.screen.reading.isWrapped && bench.screen.reading.times == .utc)
    #expect(
      bench.screen.remark
        == "wrap=off  times=utc  text=rendered  follow=on  mouse=off  zone=local  agenda=this  "
        + "reasoning=folded")
    #expect(typed("set", in: bench).screen.remark == bench.screen.remark)
    #expect(typed("set mouse=on").outcomes.contains(.mouse(true)))
    #expect(typed("set mouse=off").outcomes.contains(.mouse(false)) == false)
    #expect(typed("set zone=utc").screen.showsUTC)
    #expect(typed("set rea=o").screen.output.isUnfolded == false)
    #expect(
      box(typed("set rea=o"))?.problem?.hasPrefix("no setting is called rea=o: wrap=on wrap=off")
        == true)
    for choice in Setting.choices { #expect(box(typed("set \(choice)")) == nil, "\(choice)") }
  }

  @Test("a read-only console opens nothing that would send, and says so")
  func readOnly() {
    var fleet = State(isReadOnly: true)
    let known = KnownWorker(id: "wrk_a", instruction: "Go", budget: .low, addedAt: 0)
    _ = reduce(&fleet, .recalled(Recollection(workers: [known])), now: FleetFixture.now)
    for line in ["new Read it", "continue it", "template x"] {
      #expect(box(typed(line, in: Bench(fleet)))?.problem == State.readOnlyReason)
    }
    for keys in ["n", "c", "N", "5 n", "5 D", "ctrl-n"] {
      var bench = Bench(fleet)
      bench.press(keys)
      #expect(bench.screen.overlays == [] && bench.screen.remark == State.readOnlyReason, "\(keys)")
    }
    let text = Bench(fleet).text
    #expect(text.hasPrefix("signalbox  prod  READ-ONLY  "))
    #expect(!text.contains("n new") && !text.contains("c continue") && text.contains("/ filter"))
  }
}
