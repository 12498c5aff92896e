/// What the head of an image file says; nothing is decoded.
public struct ImageFacts: Hashable, Sendable {
  public enum Format: String, Hashable, Sendable {
    case png = "PNG"
    case jpeg = "JPEG"
    case gif = "GIF"
    case webp = "WebP"
  }

  public var format: Format
  /// Nil where the head that is there does not say.
  public var width: Int?
  public var height: Int?

  /// Nil for bytes that are no image of these four formats.
  public init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      format = .png
      guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else { return }
      (width, height) = (Self.big(bytes, 16, 4), Self.big(bytes, 20, 4))
    } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
      format = .gif
      (width, height) = (Self.little(bytes, 6, 2), Self.little(bytes, 8, 2))
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      format = .jpeg
      readJPEG(bytes)
    } else if bytes.count >= 16, bytes.starts(with: "RIFF".utf8),
      bytes[8..<12].elementsEqual("WEBP".utf8)
    {
      format = .webp
      readWebP(bytes)
    } else {
      return nil
    }
  }

  /// The first frame header among the segments (ITU T.81, annex B).
  private mutating func readJPEG(_ bytes: [UInt8]) {
    var index = 2
    while index + 4 <= bytes.count, bytes[index] == 0xFF {
      let marker = bytes[index + 1]
      // Fill bytes, and markers that stand alone.
      if marker == 0xFF {
        index += 1
        continue
      }
      if marker == 0x01 || (0xD0...0xD8).contains(marker) {
        index += 2
        continue
      }
      guard marker != 0xD9, marker != 0xDA, let size = Self.big(bytes, index + 2, 2), size >= 2
      else { return }
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        (height, width) = (Self.big(bytes, index + 5, 2), Self.big(bytes, index + 7, 2))
        return
      }
      index += 2 + size
    }
  }

  /// Lossy, lossless and extended files say it in their first chunk.
  private mutating func readWebP(_ bytes: [UInt8]) {
    if bytes[12..<16].elementsEqual("VP8 ".utf8) {
      width = Self.little(bytes, 26, 2).map { $0 & 0x3FFF }
      height = Self.little(bytes, 28, 2).map { $0 & 0x3FFF }
    } else if bytes[12..<16].elementsEqual("VP8L".utf8), let bits = Self.little(bytes, 21, 4) {
      (width, height) = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    } else if bytes[12..<16].elementsEqual("VP8X".utf8) {
      width = Self.little(bytes, 24, 3).map { $0 + 1 }
      height = Self.little(bytes, 27, 3).map { $0 + 1 }
    }
  }

  private static func big(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
    guard start + count <= bytes.count else { return nil }
    return bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func little(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
    guard start + count <= bytes.count else { return nil }
    return bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

extension ImageFacts {
  /// What is said of an SVG text, which is shown as it is written: its size where its first tag says.
  static func source(of text: String) -> String {
    guard let start = text.firstRange(of: "<svg") else { return "source of an SVG image" }
    var rest = text[start.upperBound...].prefix { $0 != ">" }
    var values: [Substring: Substring] = [:]
    while let equals = rest.firstIndex(of: "="),
      let name = rest[..<equals].split(
        whereSeparator: \.isWhitespace
      ).last
    {
      let value = rest[equals...].dropFirst().drop(while: \.isWhitespace)
      guard let quote = value.first, quote == "\"" || quote == "'" else { break }
      values[name] = value.dropFirst().prefix { $0 != quote }
      rest = value.dropFirst(2 + (values[name]?.count ?? 0))
    }
    if let width = values["width"], let height = values["height"] {
      return "source of an SVG image, \(width) x \(height)"
    }
    return "source of an SVG image" + (values["viewBox"].map { ", view box \($0)" } ?? "")
  }
}
