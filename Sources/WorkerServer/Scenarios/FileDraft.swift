import FoundationEssentials
import WorkerAPI

/// A file that an instruction asks for: text that can be read where the type is one, real pictures, and
/// all byte values in order for anything else.
struct FileDraft {
  var path: String
  var brief: Brief
  var random: SplitMix64

  var mediaType: String { MediaType.of(path) }

  var bytes: [UInt8] {
    if MediaType.isText(mediaType) { return Array(text.utf8) }
    var random = random
    switch mediaType {
    case "image/png": return Chart(values: (0..<6).map { _ in random.number(0.3...1.0) }).png
    case "application/pdf": return pdf
    default: return Self.smallest[mediaType] ?? (0...255).map(UInt8.init)
    }
  }

  private var rows: [(point: String, finding: String)] {
    let finds = brief.kind.finds(brief.subject)
    let words = brief.keywords.isEmpty ? [brief.subject] : brief.keywords
    return zip(words.prefix(5), finds).map { ($0, $1) }
  }

  private var text: String {
    let rows = rows
    let title = JSON.string(brief.title).text
    switch mediaType {
    case "text/csv": return table(rows, separator: ",")
    case "text/tab-separated-values": return table(rows, separator: "\t")
    case "application/json": return object(rows).pretty() + "\n"
    case "application/x-ndjson":
      return rows.map { pair($0).text + "\n" }.joined()
    case "application/yaml":
      return "title: \(title)\npoints:\n" + rows.map { "  - \(pair($0).text)\n" }.joined()
    case "application/toml":
      return "title = \(title)\npoints = [\n"
        + rows.map { "  \(JSON.string($0.point).text),\n" }.joined() + "]\n"
    case "text/html":
      return
        "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>\(Self.escaped(brief.title))</title>\n"
        + "<ul>\n" + rows.map { "<li>\(Self.escaped($0.finding))</li>\n" }.joined() + "</ul>\n"
    case "text/xml":
      return "<?xml version=\"1.0\"?>\n<report>\n"
        + rows.map { "  <point>\(Self.escaped($0.finding))</point>\n" }.joined() + "</report>\n"
    case "image/svg+xml":
      return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"40\">"
        + "<rect width=\"60\" height=\"40\" fill=\"#4c78a8\"/></svg>\n"
    case "text/markdown":
      return "# \(brief.title)\n\n> \(brief.quote)\n\n"
        + rows.map { "- **\($0.point)**: \($0.finding)\n" }.joined()
    default: return commented(rows)
    }
  }

  private func table(_ rows: [(point: String, finding: String)], separator: String) -> String {
    func cell(_ text: String) -> String {
      "\"" + text.replacing("\"", with: "\"\"").replacing("\t", with: " ") + "\""
    }
    return "point\(separator)finding\n"
      + rows.map { "\(cell($0.point))\(separator)\(cell($0.finding))\n" }.joined()
  }

  private func pair(_ row: (point: String, finding: String)) -> JSON {
    ["point": .string(row.point), "finding": .string(row.finding)]
  }

  private func object(_ rows: [(point: String, finding: String)]) -> JSON {
    [
      "title": .string(brief.title), "asked": .string(brief.quote),
      "points": .array(rows.map(pair)),
    ]
  }

  /// Plain lines, as remarks where the extension is that of a programming language.
  private func commented(_ rows: [(point: String, finding: String)]) -> String {
    let mark =
      switch FilePath.fileExtension(of: path) {
      case "py", "sh", "rb", "conf", "cfg": "# "
      case "swift", "ts", "c", "h", "cpp", "rs", "go", "java", "kt", "js", "mjs": "// "
      case "sql": "-- "
      case "ini": "; "
      case "tex": "% "
      default: ""
      }
    let lines = [brief.title, "", brief.quote, ""] + rows.map { "\($0.point): \($0.finding)" }
    if mediaType == "text/css" { return "/* " + lines.joined(separator: "\n") + " */\n" }
    return lines.map { mark + $0 + "\n" }.joined()
  }

  /// One empty page (ISO 32000-1, section 7.5), with its table of offsets.
  private var pdf: [UInt8] {
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    var text = "%PDF-1.4\n"
    var offsets = ""
    for (index, object) in objects.enumerated() {
      let digits = String(text.utf8.count)
      offsets += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(offsets)"
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// The smallest sound files of types that are not written here: pictures of one pixel, an empty
  /// archive.
  private static let smallest: [String: [UInt8]] = [
    "image/gif": "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    "image/webp": "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
    "image/jpeg": "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////"
      + "////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAA"
      + "AP/aAAgBAQABPxA=",
    "application/zip": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==",
  ].compactMapValues { Data(base64Encoded: $0).map(Array.init) }
}
