// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

// Why these libraries: README.md, "Made with".
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(
  name: "HummingbirdTesting", package: "hummingbird")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// Each file in `themes` that is embedded in the binary.
let themes = [
  "catppuccin-latte",
  "catppuccin-mocha",
  "dark",
  "dracula",
  "gruvbox-dark",
  "gruvbox-light",
  "high-contrast",
  "light",
  "mono",
  "nord",
  "okabe",
  "solarized-dark",
  "solarized-light",
  "terminal",
  "tokyo-night",
]

func library(
  _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [],
  resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, resources: resources,
    swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["Support"], exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "signalbox",
  products: [.executable(name: "signalbox", targets: ["signalbox"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    library("WorkerAPI"),
    library("WorkerClient", ["WorkerAPI", "CCurl"]),
    library("WorkerServer", ["WorkerAPI", hummingbird, grdb]),
    library("Fleet", ["WorkerAPI"]),
    library("Registry", ["Fleet", "WorkerAPI", grdb]),
    library("Canvas"),
    library("Prose", ["CCmark"]),
    library("Themes", path: "themes", [yams], resources: themes.map { .embedInCode("\($0).yaml") }),
    library("Console", ["WorkerAPI", "Fleet", "Canvas", "Prose", "Themes"]),
    library("Curses", ["Canvas", "CNcurses", "CSignals"]),
    // A target of its own: what a header defines exists once for each Swift file that uses it.
    .target(name: "CSignals", cSettings: [.define("_GNU_SOURCE")]),
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CCmark"),
    .systemLibrary(name: "CMalloc"),
    .executableTarget(
      name: "signalbox",
      dependencies: [
        "WorkerAPI", "WorkerClient", "WorkerServer", "Fleet", "Registry", "Canvas", "Prose",
        "Themes", "Console", "Curses", "CMalloc", arguments, yams,
      ],
      swiftSettings: strict),
    .target(
      name: "Support", dependencies: ["WorkerAPI", "Fleet", "Canvas", "Console"],
      path: "Tests/Support", swiftSettings: strict),
    tests("WorkerAPI", ["WorkerAPI"]),
    tests("WorkerClient", ["WorkerClient", "WorkerAPI"]),
    tests(
      "WorkerServer",
      ["WorkerServer", "WorkerAPI", hummingbirdTesting, hummingbird]),
    tests("Fleet", ["Fleet", "WorkerAPI"]),
    tests("Registry", ["Registry", "Fleet", "WorkerAPI", grdb]),
    tests("Canvas", ["Canvas"]),
    tests("Prose", ["Prose"]),
    tests("Themes", ["Themes"]),
    tests(
      "Console", ["Console", "Fleet", "Registry", "WorkerAPI", "Canvas", "Prose", "Themes"],
      exclude: ["Goldens"]),
    tests("Curses", ["Curses", "Canvas", "CNcurses"]),
    tests(
      "Journey",
      [
        "signalbox", "Console", "Fleet", "WorkerAPI", "WorkerClient", "WorkerServer", "Registry",
        "Canvas",
      ]),
    tests(
      "Interop", ["WorkerServer", "WorkerClient", "Fleet", "WorkerAPI"], exclude: ["Python"]),
    tests("Fuzz", ["Console", "Fleet", "WorkerAPI"]),
    tests("Terminal", ["signalbox", "Fleet", "Registry", "WorkerAPI", "WorkerServer"]),
  ]
)
