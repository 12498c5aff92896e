import Glibc

/// Relative luminance and contrast as WCAG 2.2 defines them.
public enum Contrast {
  /// Red, green and blue from 0 to 255.
  public struct Light: Hashable, Sendable {
    public var red: Double
    public var green: Double
    public var blue: Double

    public init(_ red: Double, _ green: Double, _ blue: Double) {
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  /// Nil for the sixteen colours and the terminal's own, which only the terminal knows.
  public static func light(_ color: ThemeColor?) -> Light? {
    switch color {
    case .rgb(let red, let green, let blue):
      return Light(Double(red), Double(green), Double(blue))
    case .indexed(let number) where number >= 232:
      let grey = Double(8 + 10 * (Int(number) - 232))
      return Light(grey, grey, grey)
    case .indexed(let number) where number >= 16:
      let steps: [Double] = [0, 95, 135, 175, 215, 255]
      let cube = Int(number) - 16
      return Light(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    default:
      return nil
    }
  }

  /// 1 to 21.
  public static func ratio(_ one: Light, _ other: Light) -> Double {
    let (first, second) = (luminance(one), luminance(other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  private static func luminance(_ light: Light) -> Double {
    func linear(_ value: Double) -> Double {
      let part = value / 255
      return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(light.red) + 0.7152 * linear(light.green) + 0.0722 * linear(light.blue)
  }
}
