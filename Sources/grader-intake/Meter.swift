import GraderCore

/// Counts what is unpacked, and stops a bomb.
final class Meter {
  private let limits: IntakeLimits
  private let packedBytes: UInt64
  private(set) var streamedBytes: UInt64 = 0

  init(_ limits: IntakeLimits, packedBytes: UInt64) {
    self.limits = limits
    self.packedBytes = packedBytes
  }

  func count(_ bytes: Int) throws(ReadFailure) {
    streamedBytes += UInt64(bytes)
    if streamedBytes > limits.streamedBytes {
      throw .limit(.streamedBytes, maximum: limits.streamedBytes)
    }
    if streamedBytes > max(limits.freeBytes, packedBytes * limits.ratio) {
      throw .limit(.ratio, maximum: limits.ratio)
    }
  }
}
