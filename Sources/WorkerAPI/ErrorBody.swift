/// What the body of a refusal says, whichever of the usual shapes it has.
///
/// Read as one line: white space is joined, control characters are dropped, and a body that holds
/// nothing for people (a bare number, bytes, a page without a title) gives no sentence.
struct ErrorBody {
  /// At most `sentenceLimit` characters.
  private(set) var sentence: String?
  private(set) var code: String?

  /// Bytes of a body that are read as text; what follows is not looked at.
  private static let textLimit = 64 << 10
  private static let sentenceLimit = 600
  /// Entries of a list of errors that are named; of the others only the number.
  private static let listLimit = 3

  init(_ body: [UInt8], status: Int) {
    guard let json = try? JSONReader.read(body) else {
      sentence = Self.text(String(decoding: body.prefix(Self.textLimit), as: UTF8.self), status)
      return
    }
    sentence = Self.sentence(in: json, status: status, depth: 0)
    code = json["code"]?.string ?? json["error"]?["code"]?.string
    code = code.map { Self.oneLine($0, limit: 100) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: JSON

  /// In this order: an error is often repeated as a word, and the sentence stands under another name.
  private static let names = [
    "error", "message", "error_description", "detail", "details", "errors", "title", "reason",
    "msg", "description", "errorMessage", "error_message", "errorText", "Message",
  ]

  private static func sentence(in json: JSON, status: Int, depth: Int) -> String? {
    guard depth < 4 else { return nil }
    switch json {
    case .string(let text):
      let line = oneLine(text, limit: sentenceLimit)
      return line.isEmpty ? nil : line
    case .array(let entries): return list(entries, status, depth)
    case .object(let object):
      let found = names.compactMap { name -> (name: String, text: String)? in
        guard let value = object[name] else { return nil }
        let text =
          name == "errors"
          ? errors(value, status, depth)
          : sentence(in: value, status: status, depth: depth + 1)
        return text.map { (name, $0) }
      }
      guard let first = found.first else { return nil }
      // RFC 9457, section 3.1: the title names the type of the problem, the detail this one.
      let title = found.first { $0.name == "title" }?.text
      let detail = found.first { $0.name == "detail" || $0.name == "errors" }?.text
      if let title, let detail, first.name == "detail" || first.name == "errors" {
        return title == detail ? title : "\(title): \(detail)"
      }
      guard isWord(first.text, status) else { return first.text }
      return found.first { !isWord($0.text, status) }?.text ?? first.text
    default: return nil
    }
  }

  /// `invalid_request` or `Bad Request` beside a sentence says nothing more.
  private static func isWord(_ text: String, _ status: Int) -> Bool {
    !text.contains(" ") || text.lowercased() == phrase(status)
  }

  /// A list of errors: sentences, or objects with a place (`loc`, `field`, `path`) and a sentence.
  private static func list(_ entries: [JSON], _ status: Int, _ depth: Int) -> String? {
    let texts = entries.prefix(50).compactMap { entry -> String? in
      guard let text = sentence(in: entry, status: status, depth: depth + 1) else { return nil }
      let place = place(entry["loc"] ?? entry["field"] ?? entry["path"] ?? entry["param"])
      return place.isEmpty ? text : "\(place): \(text)"
    }
    return joined(texts, of: entries.count)
  }

  /// `{"errors": {"input": ["is empty"]}}`, as several frameworks write it, or a list.
  private static func errors(_ value: JSON, _ status: Int, _ depth: Int) -> String? {
    guard case .object(let object) = value else {
      return sentence(in: value, status: status, depth: depth + 1)
    }
    let texts = object.members.prefix(50).compactMap { member -> String? in
      sentence(in: member.value, status: status, depth: depth + 1)
        .map { "\(oneLine(member.name, limit: 60)): \($0)" }
    }
    return joined(texts, of: object.members.count)
  }

  private static func joined(_ texts: [String], of count: Int) -> String? {
    guard !texts.isEmpty else { return nil }
    let more = count - min(texts.count, listLimit)
    return texts.prefix(listLimit).joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
  }

  /// `["body", "when", 0]` becomes `body.when.0`.
  private static func place(_ value: JSON?) -> String {
    switch value {
    case .string(let text)?: oneLine(text, limit: 60)
    case .integer(let number)?: "\(number)"
    case .array(let parts)?:
      parts.prefix(8).map { place($0) }.filter { !$0.isEmpty }.joined(separator: ".")
    default: ""
    }
  }

  // MARK: Text

  private static func text(_ text: String, _ status: Int) -> String? {
    guard isForPeople(text) else { return nil }
    let body = text.drop(while: \.isWhitespace)
    guard body.hasPrefix("<") else {
      let line = body.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      let sentence = oneLine(line, limit: sentenceLimit)
      return sentence.isEmpty ? nil : sentence
    }
    return ["title", "h1", "message"].lazy.compactMap { Markup.content(of: $0, in: body) }
      .map { Self.withoutStatus(Self.oneLine($0, limit: 200), status) }
      .first { !$0.isEmpty }
  }

  /// Neither binary nor an encoding that we do not know.
  private static func isForPeople(_ text: String) -> Bool {
    let start = text.unicodeScalars.prefix(1000)
    let odd = start.count { $0 == "\u{FFFD}" || $0.value == 0 }
    return odd * 20 <= start.count
  }

  /// A page's title often repeats the number: `502 Bad Gateway`, `Error 502 - Bad Gateway`.
  private static func withoutStatus(_ title: String, _ status: Int) -> String {
    guard let range = title.firstRange(of: "\(status)") else { return title }
    let rest = title[range.upperBound...]
      .drop { !$0.isLetter && !$0.isNumber }
    return String(rest)
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 400: "bad request"
    case 401: "unauthorized"
    case 402: "payment required"
    case 403: "forbidden"
    case 404: "not found"
    case 405: "method not allowed"
    case 408: "request timeout"
    case 409: "conflict"
    case 413: "payload too large"
    case 415: "unsupported media type"
    case 422: "unprocessable entity"
    case 429: "too many requests"
    case 500: "internal server error"
    case 502: "bad gateway"
    case 503: "service unavailable"
    case 504: "gateway timeout"
    default: ""
    }
  }

  /// Without control and formatting characters, white space joined to single spaces.
  static func oneLine(_ text: String, limit: Int) -> String {
    var line = ""
    var isGap = false
    var count = 0
    for scalar in text.unicodeScalars {
      let isBlank = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      if isBlank || scalar.properties.generalCategory == .format {
        isGap = isGap || isBlank
        continue
      }
      if isGap, !line.isEmpty { line.unicodeScalars.append(" ") }
      isGap = false
      line.unicodeScalars.append(scalar)
      count += 1
      if count == limit { break }
    }
    return line
  }
}

/// As much of HTML and XML as the title of an error page asks for.
private enum Markup {
  /// The text inside the first element of this name, tags taken out and common references resolved.
  static func content(of name: String, in page: Substring) -> String? {
    let bytes = Array(page.utf8)
    guard let start = position(of: Array("<\(name)".utf8), in: bytes, from: 0),
      let open = bytes[start...].firstIndex(of: UInt8(ascii: ">")),
      let end = position(of: Array("</\(name)".utf8), in: bytes, from: open)
    else { return nil }
    var text: [UInt8] = []
    var isTag = false
    for byte in bytes[(open + 1)..<end] {
      if byte == UInt8(ascii: "<") { isTag = true }
      if !isTag { text.append(byte) }
      if byte == UInt8(ascii: ">") { isTag = false }
    }
    var plain = String(decoding: text, as: UTF8.self)
    for (reference, sign) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "),
      ("&amp;", "&"),
    ] {
      plain.replace(reference, with: sign)
    }
    return plain
  }

  /// Letter case does not count.
  private static func position(of name: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= name.count, start <= bytes.count - name.count else { return nil }
    return (start...(bytes.count - name.count)).first { index in
      name.indices.allSatisfy { bytes[index + $0] | 0x20 == name[$0] | 0x20 }
    }
  }
}
