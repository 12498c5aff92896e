/// Sizes in few columns: `512 B`, `4.1 kB`, `65 kB`, `3.1 MB`.
public enum ByteCount {
  public static func words(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) B"
    case ..<9950: "\(tenths(count, of: 1000)) kB"
    case ..<999_500: "\(rounded(count, 1000)) kB"
    case ..<999_950_000: "\(tenths(count, of: 1_000_000)) MB"
    default: "\(tenths(count, of: 1_000_000_000)) GB"
    }
  }

  private static func tenths(_ count: Int, of unit: Int) -> String {
    let tenths = rounded(count, unit / 10)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func rounded(_ count: Int, _ unit: Int) -> Int {
    count / unit + (count % unit * 2 >= unit ? 1 : 0)
  }
}
