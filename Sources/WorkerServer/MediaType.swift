/// Media types by the extension of a name, as IANA lists them.
enum MediaType {
  static let unknown = "application/octet-stream"

  static func of(_ path: String) -> String {
    known[FilePath.fileExtension(of: path)] ?? unknown
  }

  static func isKnown(_ fileExtension: String) -> Bool { known[fileExtension] != nil }

  /// True for what a person can read as it is.
  static func isText(_ type: String) -> Bool {
    type.hasPrefix("text/") || type.hasSuffix("+xml")
      || ["application/json", "application/x-ndjson", "application/yaml", "application/toml"]
        .contains(type)
  }

  private static let known: [String: String] = {
    var types = [
      "md": "text/markdown", "markdown": "text/markdown", "txt": "text/plain",
      "log": "text/plain", "rst": "text/plain", "csv": "text/csv",
      "tsv": "text/tab-separated-values", "html": "text/html", "htm": "text/html",
      "css": "text/css", "js": "text/javascript", "mjs": "text/javascript", "xml": "text/xml",
      "ics": "text/calendar", "json": "application/json", "jsonl": "application/x-ndjson",
      "ndjson": "application/x-ndjson", "yaml": "application/yaml", "yml": "application/yaml",
      "toml": "application/toml", "pdf": "application/pdf", "zip": "application/zip",
      "gz": "application/gzip", "bin": unknown, "dat": unknown, "sqlite": unknown,
      "wasm": "application/wasm", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
      "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml", "mp3": "audio/mpeg",
      "wav": "audio/wav", "mp4": "video/mp4",
    ]
    for source in [
      "py", "swift", "ts", "sh", "c", "h", "cpp", "rs", "go", "java", "kt", "rb", "sql", "ini",
      "cfg", "conf", "patch", "diff", "tex",
    ] {
      types[source] = "text/plain"
    }
    return types
  }()
}
