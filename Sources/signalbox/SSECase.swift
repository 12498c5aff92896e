import FoundationEssentials
import WorkerAPI

/// One request of `decode sse --batch`, and its answer.
enum SSECase {
  static func answer(_ request: JSON) throws(DecodeCommand.BatchFailure) -> JSON {
    guard let chunks = request["chunks"]?.array else {
      throw DecodeCommand.BatchFailure(sentence: "\"chunks\" is missing, or not an array")
    }
    var decoder = SSEDecoder()
    var events: [JSON] = []
    var counts: [JSON] = []
    var overflow: String?
    for (index, chunk) in chunks.enumerated() {
      guard let text = chunk.string, let data = Data(base64Encoded: text) else {
        throw DecodeCommand.BatchFailure(sentence: "chunk \(index) is not Base64")
      }
      if overflow == nil {
        do throws(SSEDecoder.Overflow) {
          events += try decoder.feed(Array(data)).map(json)
        } catch {
          overflow = "an event is larger than \(SSEDecoder.eventLimit >> 20) MiB"
        }
      }
      counts.append(.integer(events.count))
    }
    var answer = JSONObject([
      ("events", .array(events)), ("last_event_id", .string(decoder.lastEventID)),
      ("retry", decoder.retryMilliseconds.map { .integer($0) } ?? .null),
      ("events_after_chunk", .array(counts)),
    ])
    answer["error"] = overflow.map { .string($0) }
    return .object(answer)
  }

  static func json(_ event: ServerSentEvent) -> JSON {
    ["event": .string(event.type), "data": .string(event.data), "id": .string(event.id)]
  }
}
