import Glibc
import GraderCore

/// Writes the answer, and keeps count of what is in it.
struct Recorder {
  let limits: IntakeLimits
  /// The entry that is being read: where a file that breaks off breaks off.
  var current: ShownName?
  private let filter: CandidateFilter
  private var totals = ArchiveTotals()
  private var ignored: [IgnoredReason: IgnoredEntries] = [:]
  private var noteCount = 0
  private var places = Budget()
  private var strays = Budget()
  private var buffer: [UInt8] = ListingEncoder.signature

  private struct Budget {
    var files: UInt64 = 0
    var bytes: UInt64 = 0
  }

  private static let maximumNotes = 16

  init(_ request: ReaderRequest, packedBytes: UInt64) {
    limits = request.limits
    filter = CandidateFilter(request)
    totals.packedBytes = packedBytes
  }

  // MARK: Limits

  mutating func countEntry() throws(ReadFailure) {
    totals.entries += 1
    if totals.entries > limits.entries { throw .limit(.entries, maximum: limits.entries) }
  }

  mutating func countFolder() { totals.folders += 1 }

  // MARK: What is found

  mutating func begin(_ layout: ArchiveLayout) { send(ListingEncoder.frame(layout)) }

  /// Tells whether an entry at this place is to be sent, whatever it turns out to be.
  mutating func wants(_ path: RelativePath, size: UInt64) throws(ReadFailure) -> Bool {
    guard IgnoredReason(folderOf: path) == nil, let fit = filter.fit(of: path) else {
      return false
    }
    let bytes = min(size, limits.keptFileBytes)
    switch fit {
    case .place:
      places.files += 1
      places.bytes += bytes
      if places.files > limits.candidateFiles || places.bytes > limits.candidateBytes {
        throw .limit(.candidateFiles, maximum: limits.candidateFiles)
      }
      return true
    case .name:
      guard strays.files < limits.strayFiles, strays.bytes + bytes <= limits.strayBytes else {
        return false
      }
      strays.files += 1
      strays.bytes += bytes
      return true
    }
  }

  mutating func send(_ entry: ArchiveEntry) { send(ListingEncoder.frame(entry)) }

  mutating func ignore(_ reason: IgnoredReason, _ name: ShownName) {
    ignored[reason, default: IgnoredEntries()].add(name)
  }

  mutating func note(_ note: ArchiveNote) {
    noteCount += 1
    if noteCount <= Self.maximumNotes { send(ListingEncoder.frame(note)) }
  }

  // MARK: The answer

  mutating func finish(_ failure: ReadFailure?, streamedBytes: UInt64) {
    totals.streamedBytes = streamedBytes
    for (reason, entries) in ignored.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      send(ListingEncoder.frame(reason, entries))
    }
    if let failure { send(ListingEncoder.frame(failure)) }
    send(ListingEncoder.frame(totals))
    flush()
  }

  private mutating func send(_ frame: [UInt8]) {
    buffer += frame
    if buffer.count >= 1 << 20 { flush() }
  }

  private mutating func flush() {
    writeAll(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Writes a piece of the answer to standard output.
func writeAll(_ buffer: [UInt8]) {
  var written = 0
  while written < buffer.count {
    let count = buffer.withUnsafeBytes { bytes in
      bytes.baseAddress.map { write(1, $0 + written, bytes.count - written) } ?? 0
    }
    if count < 0, errno == EINTR { continue }
    if count <= 0 { stop(status: EX_IOERR, "the answer cannot be written") }
    written += count
  }
}

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
