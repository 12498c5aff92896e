extension ThemeLibrary {
  /// A theme and its text, which the build embeds.
  struct BuiltIn: Sendable {
    var name: String
    var yaml: @Sendable () -> [UInt8]
  }

  static let builtIn: [BuiltIn] = [
    BuiltIn(name: "terminal") { PackageResources.terminal_yaml },
    BuiltIn(name: "dark") { PackageResources.dark_yaml },
    BuiltIn(name: "light") { PackageResources.light_yaml },
    BuiltIn(name: "mono") { PackageResources.mono_yaml },
    BuiltIn(name: "high-contrast") { PackageResources.high_contrast_yaml },
    BuiltIn(name: "okabe") { PackageResources.okabe_yaml },
    BuiltIn(name: "nord") { PackageResources.nord_yaml },
    BuiltIn(name: "gruvbox-dark") { PackageResources.gruvbox_dark_yaml },
    BuiltIn(name: "gruvbox-light") { PackageResources.gruvbox_light_yaml },
    BuiltIn(name: "catppuccin-mocha") { PackageResources.catppuccin_mocha_yaml },
    BuiltIn(name: "catppuccin-latte") { PackageResources.catppuccin_latte_yaml },
    BuiltIn(name: "solarized-dark") { PackageResources.solarized_dark_yaml },
    BuiltIn(name: "solarized-light") { PackageResources.solarized_light_yaml },
    BuiltIn(name: "tokyo-night") { PackageResources.tokyo_night_yaml },
    BuiltIn(name: "dracula") { PackageResources.dracula_yaml },
  ]
}
