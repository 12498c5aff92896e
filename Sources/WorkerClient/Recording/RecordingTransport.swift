public import WorkerAPI

/// A transport that writes down what goes through it while there is a recorder.
public struct RecordingTransport: Transport {
  private let base: any Transport
  private let tape: Tape

  public init(_ base: any Transport, tape: Tape) {
    self.base = base
    self.tape = tape
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    guard let recorder = await tape.recorder else { return try await base.send(request) }
    let number = await recorder.asked(request)
    do throws(TransportError) {
      let response = try await base.send(request)
      await recorder.answered(number, response.head)
      await recorder.took(number, response.body)
      await recorder.ended(number)
      return response
    } catch {
      await recorder.ended(number, error)
      throw error
    }
  }

  public func open(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
    guard let recorder = await tape.recorder else { return try await base.open(request) }
    let number = await recorder.asked(request)
    do throws(TransportError) {
      let stream = try await base.open(request)
      await recorder.answered(number, stream.head)
      return TransportStream(
        head: stream.head,
        next: { () async throws(TransportError) in
          do throws(TransportError) {
            guard let chunk = try await stream.next() else {
              await recorder.ended(number)
              return nil
            }
            await recorder.took(number, chunk)
            return chunk
          } catch {
            await recorder.ended(number, error)
            throw error
          }
        },
        cancel: {
          stream.cancel()
          Task { await recorder.ended(number, .cancelled) }
        })
    } catch {
      await recorder.ended(number, error)
      throw error
    }
  }
}
