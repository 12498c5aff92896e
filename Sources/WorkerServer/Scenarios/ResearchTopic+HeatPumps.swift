import WorkerAPI

extension ResearchTopic {
  static let heatPumps = ResearchTopic(
    words: ["heat pump", "heating", "boiler", "radiator"],
    plan: """
      The question is whether an air-source heat pump can heat an older block of flats through a \
      cold winter without new radiators. I need measured seasonal efficiencies, not brochure \
      figures, from at least two field studies; then flow temperatures, since they decide whether \
      the radiators can stay; then noise rules and what it costs. I will read the field studies \
      first and the manufacturers last.
      """,
    queries: [
      "field study air source heat pump multi-family building seasonal performance factor",
      "heat pump existing radiators flow temperature 55 retrofit apartment block noise limit",
    ],
    pages: [
      Page(
        id: "src_1", title: "Sixty retrofits, three winters: a field study",
        url: "https://www.institute-for-buildings.example/reports/sixty-retrofits",
        extract: """
          Measured over three winters, the median seasonal performance factor of 60 air-source \
          systems in unrenovated buildings was 2.9; the best tenth reached 3.6, the worst tenth 2.3. \
          The flow temperature explained more of the spread than the year of construction.
          """,
        remark: """
          A median of 2.9 over three winters is solid. The remark on flow temperature matters more \
          than the average: that is where the radiators come in.
          """),
      Page(
        id: "src_2", title: "Monitoring of 14 apartment blocks with central heat pumps",
        url: "https://energy-office.example/monitoring/apartment-blocks-2025",
        extract: """
          Fourteen blocks of 12 to 48 flats. Hot water took 31 % of the heat and pulled the yearly \
          factor down by 0.4 on average. Blocks with separate fresh-water stations did better.
          """,
        remark: "Hot water is the hidden cost in blocks of flats. Few guides mention it."),
      Page(
        id: "src_3", title: "Flow temperatures: what old radiators really need",
        url: "https://heating-engineers.example/journal/flow-temperatures",
        extract: """
          Of 1,180 radiators surveyed, 71 % were larger than their rooms need today, because windows \
          and roofs had been renewed since. With balanced valves 55 °C sufficed on the coldest day in \
          four of five buildings; replacing one radiator in eight sufficed in the rest.
          """,
        remark: """
          This answers the main question: most radiators were oversized to begin with. One in eight \
          to be replaced is a number that an owner can plan with.
          """),
      Page(
        id: "src_4", title: "Noise from heat pumps at the property line",
        url: "https://quiet-cities.example/guides/heat-pump-noise",
        extract: """
          At night 35 dB(A) applies at the nearest bedroom window in purely residential areas. A \
          40 kW unit with a night mode keeps it from 9 metres on, or from 5 behind a screen.
          """,
        remark: "Nine metres, or five with a screen. The courtyard is 14 metres wide, so it fits."),
      Page(
        id: "src_5", title: "What retrofits cost: 212 invoices compared",
        url: "https://tenants-and-owners.example/data/invoices-2025",
        extract: """
          Median cost per flat: 11,400 before subsidies, of which the units were 46 %, hydraulics and \
          storage 29 %, electrical work 14 %, planning 11 %. Spread between the quartiles: 9,100 to \
          14,800.
          """,
        remark: "Invoices rather than offers, which is what I was looking for."),
      Page(
        id: "src_6", title: "Grid connection for central heat pumps: waiting times",
        url: "https://grid-operators.example/statistics/connections",
        extract: """
          Connections above 30 kW took 17 weeks in the median and 41 weeks in the slowest tenth. \
          Applications with a load profile were answered twice as fast.
          """,
        remark: "The connection may take longer than the building work. It has to be in the report."
      ),
    ],
    deadURL: "https://alpine-heating.example/catalogue/model-40",
    turningPoint: """
      I have enough to calculate. Take 24 flats with 70 square metres and 110 kWh per square metre \
      and year, add hot water, and compare gas with a heat pump at factors 2.5, 2.9 and 3.3. If the \
      conclusion holds at 2.5, it holds.
      """,
    calculation: (
      code: """
      flats, area, demand, water = 24, 70, 110, 18
      heat = flats * area * (demand + water)
      for spf in (2.5, 2.9, 3.3):
          print(spf, round(heat / spf), round(heat / spf * 0.24), round(heat / 0.92 * 0.11))
      """,
      result: [
        "stdout": "2.5 86016 20644 25711\n2.9 74152 17796 25711\n3.3 65164 15639 25711\n",
        "exitCode": 0,
      ]
    ),
    report: """
      # Heat pumps in older blocks of flats

      **In short:** yes, in most blocks, and mostly with the radiators that are there. Field studies \
      show a seasonal factor of about 2.9 [1], four out of five buildings get by with 55 °C [3], and \
      the running costs fall by roughly a quarter to a third at today's prices. What takes longest is \
      not the building work but the grid connection [6].

      ## What the measurements say

      | Study | Buildings | Median factor | Range (10–90 %) |
      |---|---:|---:|---|
      | Sixty retrofits [1] | 60 | 2.9 | 2.3–3.6 |
      | Apartment blocks [2] | 14 | 2.7 | 2.4–3.2 |

      The second figure is lower because hot water takes **31 %** of the heat in blocks of flats and \
      has to be made hotter [2]. Separate fresh-water stations win back about half of that.

      > The flow temperature explained more of the spread than the year of construction. [1]

      ## Can the radiators stay?

      1. *Mostly yes.* 71 % of the radiators surveyed are larger than their rooms need today [3].
      2. Balance the valves first:
         - measure the rooms that are farthest from the boiler,
         - set the pump to constant pressure,
         - then lower the flow temperature by 3 °C a week until somebody complains.
      3. Plan to replace **one radiator in eight**, and keep a reserve for bathrooms.

      ## Running costs

      For 24 flats of 70 m², 110 kWh/m² for heating and 18 for hot water:

      ```python
      heat = 24 * 70 * (110 + 18)      # 215,040 kWh a year
      electricity = heat / 2.9         # 74,152 kWh
      ```

      | Factor | Electricity a year | Cost | Gas, for comparison |
      |---:|---:|---:|---:|
      | 2.5 | 86,016 kWh | 20,644 | 25,711 |
      | 2.9 | 74,152 kWh | 17,796 | 25,711 |
      | 3.3 | 65,164 kWh | 15,639 | 25,711 |

      The conclusion holds at the *worst* of the three factors, which is the reason to trust it. It \
      would fail if electricity cost more than 2.7 times as much as gas per kilowatt-hour.

      ## What it costs, and what goes wrong

      - **Investment:** 11,400 per flat in the median of 212 invoices, between 9,100 and 14,800 for the \
      middle half [5]. Units are 46 % of that, hydraulics 29 %.
      - **Noise:** 9 metres to the nearest bedroom window, or 5 behind a screen [4].
      - **Grid:** 17 weeks in the median, 41 in the slowest tenth [6]. *Apply with a load profile*; such \
      applications are answered twice as fast.

      ## What I would do next

      - [x] Read the field studies
      - [ ] Ask the grid operator for the connection **now**, before any planning
      - [ ] Log flow and return temperatures for four winter weeks
      - [ ] Get three offers that name the factor at 55 °C, not at 35 °C

      One manufacturer's catalogue could not be opened (403), so no model is recommended here.

      ### Sources

      [1] [Sixty retrofits](https://www.institute-for-buildings.example/reports/sixty-retrofits) · \
      [2] [Apartment blocks](https://energy-office.example/monitoring/apartment-blocks-2025) · \
      [3] [Flow temperatures](https://heating-engineers.example/journal/flow-temperatures) · \
      [4] [Noise](https://quiet-cities.example/guides/heat-pump-noise) · \
      [5] [Invoices](https://tenants-and-owners.example/data/invoices-2025) · \
      [6] [Grid connections](https://grid-operators.example/statistics/connections)
      """)
}
