import Glibc
import GraderCore

/// Feeds libarchive from a stream of ours, and keeps what it cannot carry: the exact failure.
final class TarSource {
  /// The reason why the stream stopped; libarchive only learns that it did.
  private(set) var failure: ReadFailure?
  private(set) var isAtEnd = false
  private let stream: any ByteStream
  private let meter: Meter
  /// The first block, until it is given out.
  private var peeked: UnsafeRawBufferPointer?
  /// The block that was given out last, and how much had been given out before it.
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  private var before: UInt64 = 0
  /// The end of the block before that one.
  private var previousTail: [UInt8] = []

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
      if !block.isEmpty { previousTail = Array(block.suffix(Self.blockSize)) }
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
  /// - Returns: How many bytes follow it and are not just padding.
  /// - Throws: What is wrong with the rest of the stream.
  func drain(consumed: UInt64) throws(ReadFailure) -> UInt64 {
    var rest = UnsafeRawBufferPointer(
      rebasing: block.dropFirst(consumed > before ? Int(clamping: consumed - before) : 0)
    )
    var surplus: UInt64 = 0
    while true {
      surplus += UInt64(surplus > 0 ? rest.count : rest.count - rest.leadingZeros)
      guard !isAtEnd else { break }
      guard let next = next() else { throw failure ?? .truncated(during: nil) }
      rest = next
    }
    return surplus + stream.trailingBytes
  }

  /// Tells whether the stream in front of `consumed` ends as a tar should; true where that is not
  /// known.
  func endsWithMarker(consumed: UInt64) -> Bool {
    let taken = consumed > before ? Int(clamping: consumed - before) : 0
    let tail = taken == 0 ? previousTail : Array(block.prefix(taken).suffix(Self.blockSize))
    return tail.count < Self.blockSize || tail.allSatisfy { $0 == 0 }
  }

  /// The size of the blocks that a tar is made of.
  private static let blockSize = 512
}

extension UnsafeRawBufferPointer {
  /// The number of bytes that are 0 before the first that is not.
  fileprivate var leadingZeros: Int {
    // A block of nothing but zeros equals itself moved by one; this is fast in any build.
    if let start = baseAddress, first == 0, memcmp(start, start + 1, count - 1) == 0 {
      return count
    }
    return prefix { $0 == 0 }.count
  }
}
