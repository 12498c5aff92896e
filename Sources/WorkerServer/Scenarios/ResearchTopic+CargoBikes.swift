import WorkerAPI

extension ResearchTopic {
  static let cargoBikes = ResearchTopic(
    words: ["cargo", "bike", "delivery", "last mile", "parcel"],
    plan: """
      Somebody wants to know whether cargo bikes can replace vans for parcels in an inner city. The \
      useful answer is a number of stops an hour, with the conditions under which it holds. I will \
      look for measured tours first, then for the cost of a depot near the centre, because I suspect \
      that the depot decides and not the vehicle.
      """,
    queries: [
      "cargo bike parcel delivery measured stops per hour compared with van GPS tours",
      "urban micro depot cost per parcel cargo bike winter availability rider turnover",
    ],
    pages: [
      Page(
        id: "src_1", title: "Twelve thousand tours: bikes and vans compared by GPS",
        url: "https://city-logistics-lab.example/papers/twelve-thousand-tours",
        extract: """
          In dense districts cargo bikes made 10.4 stops an hour, vans 6.6. Beyond 3.5 km from the \
          depot the advantage vanished. Parking took 9 minutes of a van's hour.
          """,
        remark:
          "The distance of 3.5 km is the most useful number so far: it draws a circle on a map."),
      Page(
        id: "src_2", title: "Micro depots: rents, sizes and what became of them",
        url: "https://urban-planning-review.example/micro-depots",
        extract: """
          Of 43 micro depots opened since 2019, 26 still run. Those that closed had paid 2.3 times \
          the rent per square metre. 80 to 140 square metres served eight bikes.
          """,
        remark: "17 of 43 closed, and rent explains it. That supports my suspicion about depots."),
      Page(
        id: "src_3", title: "A winter on three wheels: availability and accidents",
        url: "https://rider-safety.example/winter-report",
        extract: """
          Availability was 96.1 % from April to October and 91.8 % in winter. Most days were lost to \
          batteries that had been charged in the cold, not to snow.
          """,
        remark: "Cold batteries rather than snow. A heated charging room belongs in the budget."),
      Page(
        id: "src_4", title: "Cost per parcel on the last mile, an open model",
        url: "https://open-freight.example/models/last-mile",
        extract: """
          Median cost per parcel: van 2.63, cargo bike 2.21 with a depot within 2 km, 2.94 with one \
          beyond 4 km. Wages are 62 % of it.
          """,
        remark: "An open model, so I can put our own figures in. I will do that next."),
      Page(
        id: "src_5", title: "Why riders stay: interviews in five cities",
        url: "https://work-and-streets.example/interviews",
        extract: """
          Riders named predictable shifts and a dry room before pay. Turnover fell from 71 to 38 % a \
          year where both were given.
          """,
        remark: "Turnover is easy to forget in a cost model. It goes into the risks."),
      Page(
        id: "src_6", title: "Parcel sizes in inner cities",
        url: "https://statistics-office.example/parcels/sizes",
        extract: """
          84 % of the parcels to inner-city addresses weigh less than 5 kg, and 93 % fit into a box of \
          two cubic metres with 60 others.
          """,
        remark: "So one van stays for the remaining seven per cent. Good to say it plainly."),
    ],
    deadURL: "https://fast-couriers.example/investors/annual-report.pdf",
    turningPoint: """
      The pieces fit: the vehicle is faster only near the depot, and the depot fails on rent. I will \
      calculate the rent at which the advantage is gone, for 900 parcels a day.
      """,
    calculation: (
      code: """
      parcels, days, van, bike = 900, 300, 2.63, 2.21
      saved = parcels * days * (van - bike)
      print(round(saved), round(saved / 120 / 12, 2))
      """,
      result: ["stdout": "113400 78.75\n", "exitCode": 0]
    ),
    report: """
      # Cargo bikes instead of vans in the inner city

      **In short:** within about 3.5 km of a depot, cargo bikes make *more stops an hour than vans* \
      (10.4 against 6.6) [1]. Whether that saves money is decided by the depot's rent, not by the bike \
      [2]. Keep one van for the 7 % of parcels that do not fit [6].

      ## The vehicle

      | | Cargo bike | Van |
      |---|---:|---:|
      | Stops an hour, dense district [1] | 10.4 | 6.6 |
      | Stops an hour beyond 3.5 km [1] | 6.1 | 6.4 |
      | Availability in winter [3] | 91.8 % | 97 % |
      | Cost per parcel, depot within 2 km [4] | 2.21 | 2.63 |
      | Cost per parcel, depot beyond 4 km [4] | 2.94 | 2.63 |

      A van spends nine minutes of every hour looking for a place to stop [1]. That alone is the \
      difference.

      ## The depot

      > Those that closed had paid 2.3 times the rent per square metre. [2]

      For 900 parcels a day the saving is 113,400 a year. Spread over a depot of 120 m²:

      ```text
      113,400 / 120 m² / 12 months = 78.75 per m² and month
      ```

      Up to that rent the change pays for itself. Ask for:

      - 80 to 140 m² at street level, with
        - a **heated** room for charging (cold batteries cost more days than snow [3]),
        - a dry room for riders,
        - a door that is wider than 1.4 m;
      - a lease of three years with an exit after one.

      ## Risks

      1. **Riders leave.** Turnover is 71 % a year; predictable shifts and a dry room bring it down to \
      38 % [5].
      2. **The circle is smaller than the city.** Two depots with 4 bikes beat one with 8.
      3. **Large parcels.** 7 % do not fit [6]; share one van between both depots.

      ## Recommendation

      Start with *one* depot and six bikes in the district with the most stops per kilometre, for six \
      months. Stop if the stops per hour stay under **8.5**: there the costs meet.

      ### Sources

      [1] [Twelve thousand tours](https://city-logistics-lab.example/papers/twelve-thousand-tours) · \
      [2] [Micro depots](https://urban-planning-review.example/micro-depots) · \
      [3] [Winter report](https://rider-safety.example/winter-report) · \
      [4] [Open model](https://open-freight.example/models/last-mile) · \
      [5] [Interviews](https://work-and-streets.example/interviews) · \
      [6] [Parcel sizes](https://statistics-office.example/parcels/sizes)
      """)
}
