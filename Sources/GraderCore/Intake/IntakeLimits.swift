/// The amounts of an archive that are read before it is refused.
package struct IntakeLimits: Equatable, Sendable {
  /// Bytes of the file as it was uploaded.
  package var packedBytes: UInt64 = 256 << 20
  /// Bytes unpacked while reading, of entries kept or not.
  package var streamedBytes: UInt64 = 2 << 30
  package var entries: UInt64 = 50_000
  /// Bytes unpacked for each packed byte, beyond `freeBytes`.
  package var ratio: UInt64 = 200
  /// Unpacked bytes that the ratio is not asked of.
  package var freeBytes: UInt64 = 16 << 20
  package var keptFiles: UInt64 = 64
  package var keptFileBytes: UInt64 = 1 << 20

  package init() {}

  /// A limit that an archive can pass.
  package enum Name: UInt8, CaseIterable, Sendable {
    case packedBytes, streamedBytes, entries, ratio, keptFiles, keptFileBytes
    /// Files that could be meant, before it is known which assignment this is.
    case candidateFiles
    /// Memory of the reader; the jail sets this one.
    case memory
  }

  /// Files at a listed path under some folder, for all assignments together.
  package var candidateFiles: UInt64 { keptFiles * 8 }
  /// Bytes of those files.
  package var candidateBytes: UInt64 { 96 << 20 }
  /// Files whose name alone fits; beyond this they are counted as not listed.
  package var strayFiles: UInt64 { keptFiles * 4 }
  package var strayBytes: UInt64 { 16 << 20 }

  /// The longest answer of an honest reader, in bytes: where the grader stops to listen.
  package var listingBytes: UInt64 { candidateBytes + strayBytes + (4 << 20) }
}
