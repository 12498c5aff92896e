import WorkerAPI

/// Something to buy, and how much of it.
private struct Purchase: Sendable {
  var words: [String]
  var name: String
  var unit: String
  var quantity: Int
  /// The price of one unit around which offers lie.
  var price: Double

  static let all = [
    Purchase(
      words: ["bolt", "screw", "steel"], name: "stainless hex bolts M8×40, A4-80", unit: "100 pcs",
      quantity: 60, price: 21.40),
    Purchase(
      words: ["paper", "office", "toner"], name: "recycled A4 paper, 80 g/m²",
      unit: "box of 5 reams",
      quantity: 120, price: 23.90),
    Purchase(
      words: ["coffee", "bean"], name: "espresso beans, fair trade, whole", unit: "kg",
      quantity: 250,
      price: 15.60),
    Purchase(
      words: ["cable", "charg", "wallbox"], name: "type 2 charging cables, 7.5 m, 22 kW",
      unit: "piece", quantity: 40, price: 168),
  ]
}

/// What a supplier asks.
private struct Offer: Sendable {
  var supplier: String
  var host: String
  var price: Double
  var shipping: Double
  var days: Int
  var stock: Int
  var total: Double

  static let suppliers = [
    ("Northway Supply", "northway-supply.example"), ("Brandt & Sons", "brandt-sons.example"),
    ("Harbour Trade", "harbour-trade.example"), ("Quayside Wholesale", "quayside.example"),
    ("Linden Kontor", "linden-kontor.example"), ("Eastgate Parts", "eastgate-parts.example"),
    ("Meridian Direct", "meridian-direct.example"), ("Old Mill Depot", "old-mill-depot.example"),
  ]

  init(_ supplier: (String, String), _ purchase: Purchase, _ random: inout SplitMix64) {
    (self.supplier, host) = supplier
    price = (purchase.price * random.number(0.86...1.24) * 100).rounded() / 100
    shipping = random.number(0...3) == 0 ? 0 : Double(random.number(9...64)) - 0.1
    days = random.number(1...12)
    stock =
      random.number(0...4) == 0 ? purchase.quantity / 2 : purchase.quantity * random.number(2...30)
    total = ((price * Double(purchase.quantity) + shipping) * 100).rounded() / 100
  }
}

extension Script {
  /// Asks six suppliers, writes a table as CSV, draws a chart and recommends one of them.
  static func prices(seed: UInt64, input: String) -> Script {
    let words = input.lowercased()
    let purchase =
      Purchase.all.first { $0.words.contains(where: words.contains) }
      ?? Purchase.all[Int(seed % UInt64(Purchase.all.count))]
    return Script(seed: seed) { random in
      let suppliers = random.shuffled(Offer.suppliers).prefix(6)
      let offers = suppliers.map { Offer($0, purchase, &random) }
      let ranked = offers.sorted { ($0.total, $0.supplier) < ($1.total, $1.supplier) }
      var scenes: [Scene] = [
        .think(
          "The comparison is for \(purchase.quantity) × \(purchase.unit) of \(purchase.name). Unit "
            + "prices alone mislead, because shipping and stock differ; I will compare the total, "
            + "delivered, and leave out whoever cannot deliver everything at once."),
        .say("I will ask six suppliers for **\(purchase.name)** and compare delivered totals.\n\n"),
        .step,
        .call(
          ToolCall(
            "web_search",
            ["query": .string("\(purchase.name) wholesale price \(purchase.unit)"), "count": 20],
            .output([
              "results": .array(
                offers.map {
                  ["title": .string($0.supplier), "url": .string("https://www.\($0.host)/offers")]
                })
            ]), seconds: random.number(2.5...4.5), cost: 0.008, reading: 900)),
      ]
      for (index, offer) in offers.enumerated() {
        if index == 3 { scenes.append(.step) }
        scenes += ask(offer, number: index + 1, purchase, &random)
      }
      scenes += [.step] + write(ranked, purchase, &random)
      scenes += [.step, .say(verdict(ranked, purchase)), .finish]
      return scenes
    }
  }

  private static func ask(
    _ offer: Offer, number: Int, _ purchase: Purchase, _ random: inout SplitMix64
  ) -> [Scene] {
    let url = "https://www.\(offer.host)/offers/\(random.number(10_000...99_999))"
    return [
      .call(
        ToolCall(
          "get_offer", ["url": .string(url), "quantity": .integer(purchase.quantity)],
          .output([
            "supplier": .string(offer.supplier), "unitPrice": .number(offer.price),
            "shipping": .number(offer.shipping), "deliveryDays": .integer(offer.days),
            "stock": .integer(offer.stock), "currency": "EUR",
          ]), seconds: random.number(2.5...6), cost: 0.003, reading: 1_400)),
      .source(id: "src_\(number)", title: offer.supplier, url: url),
      .say(
        "- **\(offer.supplier)**: \(money(offer.price)) a unit, "
          + (offer.shipping == 0 ? "free shipping" : "\(money(offer.shipping)) shipping")
          + ", \(offer.days) days"
          + (offer.stock < purchase.quantity ? " (only \(offer.stock) in stock)" : "") + "\n"),
    ]
  }

  private static func write(
    _ ranked: [Offer], _ purchase: Purchase, _ random: inout SplitMix64
  ) -> [Scene] {
    var table = "supplier,unit_price,quantity,shipping,total,delivery_days,stock\n"
    for offer in ranked {
      table +=
        "\(offer.supplier),\(money(offer.price)),\(purchase.quantity),"
        + "\(money(offer.shipping)),\(money(offer.total)),\(offer.days),\(offer.stock)\n"
    }
    let path = "reports/prices.csv"
    let chart = Chart(values: ranked.map(\.total)).png
    return [
      .call(
        ToolCall(
          "write_file", ["path": .string(path), "rows": .integer(ranked.count + 1)],
          .output(["bytes": .integer(table.utf8.count)]), seconds: 0.8)),
      .file(path: path, mediaType: "text/csv", bytes: Array(table.utf8)),
      .call(
        ToolCall(
          "draw_chart", ["type": "bar", "data": .string(path), "output": "chart.png"],
          .output(["width": .integer(Chart.width), "height": .integer(Chart.height)]),
          seconds: random.number(1.5...3), cost: 0.001)),
      .file(path: "chart.png", mediaType: "image/png", bytes: chart),
    ]
  }

  private static func verdict(_ ranked: [Offer], _ purchase: Purchase) -> String {
    let whole = ranked.filter { $0.stock >= purchase.quantity }
    let best = whole.first ?? ranked[0]
    let spread = (ranked[ranked.count - 1].total / ranked[0].total - 1) * 100
    var text = """

      ## \(purchase.quantity) × \(purchase.unit), delivered

      | # | Supplier | Unit | Shipping | Total | Days | Stock |
      |---:|---|---:|---:|---:|---:|---|

      """
    for (index, offer) in ranked.enumerated() {
      text +=
        "| \(index + 1) | \(offer.supplier) | \(money(offer.price)) | \(money(offer.shipping)) "
        + "| **\(money(offer.total))** | \(offer.days) "
        + "| \(offer.stock >= purchase.quantity ? "yes" : "partly (\(offer.stock))") |\n"
    }
    text += """

      **Recommendation: \(best.supplier)**, \(money(best.total)) EUR delivered in \(best.days) days. \
      The dearest offer costs \(Int(spread.rounded())) % more than the cheapest.


      """
    if best.supplier != ranked[0].supplier {
      text +=
        "> \(ranked[0].supplier) is cheaper, but has only \(ranked[0].stock) of "
        + "\(purchase.quantity) in stock; the rest has no date.\n\n"
    }
    return text
      + "The table is in `reports/prices.csv`, the chart in `chart.png`. Prices are without VAT and "
      + "were read today; two of the suppliers change theirs daily, so order this week.\n"
  }

  private static func money(_ amount: Double) -> String {
    let cents = Int((amount * 100).rounded())
    return "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
  }
}
