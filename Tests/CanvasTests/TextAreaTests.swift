import Canvas
import Support
import Testing

struct TextAreaTests {
  @Test("Typing, deleting and killing change text and cursor")
  func editing() {
    var area = TextArea(text: "hello big world", cursor: 9)
    area.killWord()
    #expect(area == TextArea(text: "hello  world", cursor: 6))
    area.insert("a\r\nb")
    #expect(area == TextArea(text: "hello a\nb world", cursor: 9))
    area.deleteBackward()
    area.deleteForward()
    #expect(area == TextArea(text: "hello a\nworld", cursor: 8))
    area.killToEnd()
    #expect(area == TextArea(text: "hello a\n", cursor: 8))
    area.killLine()
    #expect(area == TextArea(text: "hello a", cursor: 7))
    area.killLine()
    #expect(area == TextArea())
    area.deleteBackward()
    area.deleteForward()
    area.killToEnd()
    area.killWord()
    area.killLine()
    #expect(area == TextArea())
    area.newline()
    #expect(area == TextArea(text: "\n"))
  }

  @Test("What was killed comes back, kills in a row as one, and what is between them ends the row")
  func yanking() {
    var area = TextArea(text: "one two three four")
    area.killWord()
    area.killWord()
    area.yank()
    #expect(area.text == "one two three four")
    area.cursor = 4
    area.killToEnd()
    area.yank()
    area.yank()
    #expect(area.text == "one two three fourtwo three four")
    area.killLine()
    area.yank()
    #expect(area.text == "one two three fourtwo three four")
    var fresh = TextArea(text: "x")
    fresh.yank()
    #expect(fresh == TextArea(text: "x"))
  }

  @Test("What was undone is done again, until another edit")
  func redoing() {
    var area = TextArea()
    area.insert("a")
    area.insert("b\nc")
    area.killWord()
    let after = area
    area.undo()
    area.undo()
    #expect(area == TextArea(text: "a"))
    area.redo()
    #expect(area == TextArea(text: "ab\nc"))
    area.redo()
    #expect(area == after)
    let atEnd = area.redo()
    #expect(!atEnd)
    area.undo()
    area.insert("!")
    let afterEdit = area.redo()
    #expect(!afterEdit)
    #expect(area.text == "ab\nc!")
  }

  @Test("Another text in place of it is one edit, with the cursor behind what differs")
  func replacing() {
    for (before, after, cursor) in [
      ("Count the bridges", "Count all the bridges", 10), ("abc", "", 0), ("", "abc", 3),
      ("aa", "aaa", 3), ("same", "same", 4), ("abcd", "ad", 1),
    ] {
      var area = TextArea(text: before)
      let fits = area.replaceAll(with: after)
      #expect(fits)
      #expect(area == TextArea(text: after, cursor: cursor))
      if before != after { area.undo() }
      #expect(area.text == before)
    }
    var area = TextArea(text: "x")
    let fits = area.replaceAll(with: String(repeating: "y", count: TextArea.byteLimit + 1))
    #expect(!fits)
    #expect(area.text == "x")
  }

  @Test("Killing to the end at the end of a line joins the next line")
  func join() {
    var area = TextArea(text: "a\nb", cursor: 1)
    area.killToEnd()
    #expect(area == TextArea(text: "ab", cursor: 1))
  }

  @Test("A word is killed forwards to its end, and comes back")
  func killNextWord() {
    var area = TextArea(text: "one two-three", cursor: 3)
    area.killNextWord()
    #expect(area == TextArea(text: "one-three", cursor: 3))
    area.killNextWord()
    #expect(area == TextArea(text: "one", cursor: 3))
    area.killNextWord()
    area.yank()
    #expect(area == TextArea(text: "one two-three"))
  }

  @Test("The cursor moves by character, word and line and stays inside")
  func moving() {
    var area = TextArea(text: "ab cd\nef", cursor: 0)
    area.moveLeft()
    #expect(area.cursor == 0)
    area.wordRight()
    #expect(area.cursor == 2)
    area.wordRight()
    #expect(area.cursor == 5)
    area.moveRight()
    area.lineEnd()
    #expect(area.cursor == 8)
    area.moveRight()
    #expect(area.cursor == 8)
    area.lineStart()
    #expect(area.cursor == 6)
    area.wordLeft()
    #expect(area.cursor == 3)
    area.cursor = 99
    #expect(area.cursor == 8)
  }

  @Test("Undo takes back typing as one step and other edits one by one")
  func undo() {
    var area = TextArea(text: "x")
    for letter in ["a", "b", "c"] { area.insert(letter) }
    area.deleteBackward()
    area.insert("pasted text")
    #expect(area.text == "xabpasted text")
    area.undo()
    #expect(area == TextArea(text: "xab"))
    area.undo()
    #expect(area == TextArea(text: "xabc"))
    area.undo()
    #expect(area == TextArea(text: "x"))
    let isUndone = area.undo()
    #expect(!isUndone)
  }

  @Test("Two hundred steps can be taken back, not more")
  func undoBound() {
    var area = TextArea()
    for _ in 0..<250 { area.newline() }
    var steps = 0
    while area.undo() { steps += 1 }
    #expect(steps == 200)
    #expect(area.text.count == 50)
  }

  @Test("Text beyond one mebibyte is refused and nothing changes")
  func bound() {
    var area = TextArea(text: String(repeating: "é", count: 1 << 19))
    let before = area
    let isRefused = !area.insert("x")
    #expect(isRefused)
    #expect(area == before)
    area.deleteBackward()
    let answers = [area.insert("xy"), area.insert("z")]
    #expect(answers == [true, false])
  }

  @Test("A combining mark joins the character before the cursor")
  func combining() {
    var area = TextArea(text: "ex", cursor: 1)
    area.insert("\u{301}")
    #expect(area == TextArea(text: "e\u{301}x", cursor: 1))
    area.undo()
    #expect(area == TextArea(text: "ex", cursor: 1))
  }

  @Test("Up and down follow the rows on the screen and keep their column")
  func vertical() {
    var area = TextArea(text: "one two three\n\nlonger line", cursor: 13)
    #expect(area.layout(width: 9).rows == [0..<8, 8..<13, 14..<14, 15..<22, 22..<26])
    area.cursor = 6
    var places: [Int] = []
    for _ in 0..<5 {
      area.moveDown(width: 9)
      places.append(area.cursor)
    }
    for _ in 0..<5 {
      area.moveUp(width: 9)
      places.append(area.cursor)
    }
    #expect(places == [13, 14, 21, 26, 26, 21, 14, 13, 6, 6])
  }

  @Test("Drawing shows the rows around the cursor")
  func draw() {
    let text = (1...9).map { "line \($0)" }.joined(separator: "\n")
    func shown(_ cursor: Int) -> String {
      var frame = Frame(size: Size(columns: 10, rows: 4))
      TextArea(text: text, cursor: cursor).draw(
        into: &frame, rect: Rect(x: 1, y: 0, width: 8, height: 3))
      return frame.golden
    }
    #expect(shown(0) == " line 1\n line 2\n line 3\n\ncursor 0:1")
    #expect(shown(30) == " line 4\n line 5\n line 6\n\ncursor 1:3")
    #expect(shown(99) == " line 7\n line 8\n line 9\n\ncursor 2:7")
  }

  @Test("No edit can bring the cursor or the rows out of the text")
  func fuzz() {
    var generator = Seeded(3)
    let pieces = [
      "a", " ", "\n", "日本", "\u{301}", "\u{200D}", "👩", "🇪", "🇸", "word word", "\r", "\r\n",
    ]
    for _ in 0..<300 {
      var area = TextArea(text: "start")
      for _ in 0..<60 {
        switch Int.random(in: 0...14, using: &generator) {
        case 0...4: area.insert(pieces.randomElement(using: &generator) ?? "")
        case 5: area.deleteBackward()
        case 6: area.deleteForward()
        case 7: area.killWord()
        case 8: area.killToEnd()
        case 9: area.killLine()
        case 10: area.undo()
        case 11: area.moveUp(width: Int.random(in: -1...12, using: &generator))
        case 12: area.moveDown(width: Int.random(in: -1...12, using: &generator))
        case 13: area.wordLeft()
        default: area.cursor = Int.random(in: -2...40, using: &generator)
        }
        let text = area.text
        #expect(area.cursor >= 0 && area.cursor <= text.count)
        let isWhole = area == TextArea(text: text, cursor: area.cursor)
        #expect(isWhole, "\(text.debugDescription)")
        let width = Int.random(in: 2...12, using: &generator)
        let layout = area.layout(width: width)
        let shown = layout.rows.map { area.text(of: $0) }.joined()
        #expect(shown == text.filter { $0 != "\n" })
        #expect(layout.rows.indices.contains(layout.cursor.y))
        #expect(layout.cursor.x < width)
      }
    }
  }
}
