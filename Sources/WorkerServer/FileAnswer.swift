import HTTPTypes
import Hummingbird
import NIOCore
import WorkerAPI

/// A file as one request asks for it: whole, in part, or not at all when the client has it already
/// (RFC 9110, sections 13 and 14).
struct FileAnswer {
  var file: MadeFile
  var request: Request

  /// What a client is given of a file.
  enum Portion: Hashable {
    case whole
    case part(Range<Int>)
    /// The client's copy is still true.
    case nothingNew
    /// The range begins behind the end.
    case unsatisfiable
  }

  var portion: Portion {
    if let tags = request.headers[.ifNoneMatch], matches(tags) { return .nothingNew }
    guard request.method == .get, let text = request.headers[.range] else { return .whole }
    // A date is never ours, and a weak tag is no proof of the same bytes (section 13.1.5).
    if let condition = request.headers[.ifRange], condition != file.entityTag { return .whole }
    return Self.portion(of: file.bytes.count, text)
  }

  var response: Response {
    switch portion {
    case .whole: return answer(.ok, file.bytes[...])
    case .part(let range):
      var response = answer(.partialContent, file.bytes[range])
      response.headers[.contentRange] =
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.bytes.count)"
      return response
    case .nothingNew:
      var response = Response(status: .notModified, headers: [.eTag: file.entityTag])
      response.headers[.contentLength] = nil
      return response
    case .unsatisfiable:
      let size = file.bytes.count
      var response = WorkerResponder.response(
        APIError(
          status: 416, message: "this file has \(size) bytes, and the range lies behind them",
          code: "range_not_satisfiable"))
      response.headers[.contentRange] = "bytes */\(size)"
      return response
    }
  }

  /// What a browser might run is never served as a page.
  private func answer(_ status: HTTPResponse.Status, _ bytes: ArraySlice<UInt8>) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: file.mediaType, .contentLength: String(bytes.count),
        .eTag: file.entityTag, .acceptRanges: "bytes", .xContentTypeOptions: "nosniff",
        .contentSecurityPolicy: "sandbox; default-src 'none'",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Compares weakly, as section 13.1.2 wants it.
  private func matches(_ tags: String) -> Bool {
    tags.split(separator: ",").contains { tag in
      let tag = tag.trimmingSpaces
      return tag == "*" || (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == file.entityTag[...]
    }
  }

  /// Reads the field Range; several ranges and what is none are answered with the whole file, as
  /// section 14.2 allows.
  static func portion(of size: Int, _ text: String) -> Portion {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].trimmingSpaces.lowercased() == "bytes" else {
      return .whole
    }
    let ends = halves[1].trimmingSpaces.split(separator: "-", omittingEmptySubsequences: false)
      .map(\.trimmingSpaces)
    guard ends.count == 2 else { return .whole }
    switch (number(ends[0]), number(ends[1])) {
    case (let first?, let last?):
      guard first <= last else { return .whole }
      return first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
    case (let first?, nil):
      guard ends[1].isEmpty else { return .whole }
      return first < size ? .part(first..<size) : .unsatisfiable
    case (nil, let count?):
      guard ends[0].isEmpty else { return .whole }
      return count > 0 && size > 0 ? .part(max(0, size - count)..<size) : .unsatisfiable
    case (nil, nil): return .whole
    }
  }

  /// Digits only; more of them than a file can have count for a very large number.
  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text) ?? Int.max - 1
  }
}

extension Substring {
  /// Without the spaces and tabs around it.
  fileprivate var trimmingSpaces: Substring {
    func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
    var rest = drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }
}

extension WorkerResponder {
  func file(_ request: Request, _ worker: String, _ path: String) async throws -> Response {
    guard FilePath.isSafe(path) else { throw APIError.noFile }
    return FileAnswer(file: try await world.file(worker, path: path), request: request).response
  }
}

extension APIError {
  static let noFile = APIError(
    status: 404, message: "this worker has no file of that name", code: "file_not_found")
}
