extension WorkerEvent {
  /// Reads the data of one event; never fails, because an operator must see the rest of the stream.
  public init(data: String) {
    self = DeltaReader.event(data) ?? WorkerEvent(general: data)
  }

  /// The same from the bytes of `SSEDecoder`; those that are not UTF-8 are replaced by U+FFFD.
  public init(bytes: Span<UInt8>) {
    self = bytes.withUnsafeBufferPointer { bytes in
      DeltaReader.event(bytes) ?? WorkerEvent(general: String(decoding: bytes, as: UTF8.self))
    }
  }
}
