import GraderCore

/// Feeds libarchive from a stream of ours, and keeps what it cannot carry: the exact failure.
final class TarSource {
  /// Why the stream stopped; libarchive only learns that it did.
  private(set) var failure: ReadFailure?
  private(set) var isAtEnd = false
  private let stream: any ByteStream
  private let meter: Meter
  /// The first block, until it is given out.
  private var peeked: UnsafeRawBufferPointer?
  /// The block that was given out last, and how much had been given out before it.
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  private var before: UInt64 = 0

  init(_ stream: any ByteStream, _ meter: Meter) {
    self.stream = stream
    self.meter = meter
  }

  /// The beginning of the stream, without using it up.
  func peek() throws(ReadFailure) -> [UInt8] {
    let first = try stream.next()
    peeked = first
    return Array(first.prefix(512))
  }

  /// The next block; nil when the stream has failed, empty at its end.
  func next() -> UnsafeRawBufferPointer? {
    guard failure == nil else { return nil }
    do throws(ReadFailure) {
      before += UInt64(block.count)
      if let peeked { block = peeked } else { block = try stream.next() }
      peeked = nil
      isAtEnd = block.isEmpty
      try meter.count(block.count)
      return block
    } catch {
      failure = error
      return nil
    }
  }

  /// Reads on behind the end of the tar: only there is it known that nothing is cut off.
  ///
  /// - Parameter consumed: How much of the stream the tar took.
  /// - Returns: The bytes that follow it and are not just padding.
  func drain(consumed: UInt64) throws(ReadFailure) -> UInt64 {
    var rest = UnsafeRawBufferPointer(
      rebasing: block.dropFirst(consumed > before ? Int(clamping: consumed - before) : 0)
    )
    var surplus: UInt64 = 0
    while true {
      let meant = surplus > 0 ? rest.count : rest.count - rest.prefix { $0 == 0 }.count
      surplus += UInt64(meant)
      guard !isAtEnd else { break }
      guard let next = next() else { throw failure ?? .truncated(during: nil) }
      rest = next
    }
    return surplus + stream.trailingBytes
  }

  /// Whether the part of the latest block in front of `consumed` ends as a tar should.
  func endsWithMarker(consumed: UInt64) -> Bool {
    guard consumed >= before, consumed - before >= 512 else { return true }
    let end = Int(clamping: consumed - before)
    return block.prefix(end).suffix(512).allSatisfy { $0 == 0 }
  }
}
