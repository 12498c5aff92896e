import Fleet

extension FleetFixture.Builder {
  /// What a search for `price` found.
  mutating func tellFinds() {
    let worker = FleetFixture.watched
    func find(
      _ section: Leaf.Section, _ kind: Leaf.Kind, _ number: Int, _ before: String, _ match: String,
      _ after: String
    ) -> Finds.Find {
      Finds.Find(
        worker: worker, section: section, number: number, kind: kind,
        snippet: [Finds.Piece(before), Finds.Piece(match, isMatch: true), Finds.Piece(after)],
        line: 0)
    }
    at(1, .scrollbackOpened(isFresh: false))
    at(
      1,
      .found(
        Finds(
          search: ScrollbackSearch("price"),
          finds: [
            find(.prompt, .prompt, 0, "Compare list ", "prices", " of three vendors"),
            find(.source, .source, 1, "", "Price", " list 2026 https://vendor.example/prices"),
            find(.file, .file, 0, "reports/", "price", "s.csv"),
            find(.entry, .tool, 3, "https://vendor.example/", "price", "-list?page=2"),
            find(
              .entry, .text, 4, "... of the three, the second ", "price",
              " is the lowest \u{1B}[31mby far\u{202E}, and a long sentence goes on after it"),
          ], count: 12)))
  }
}
