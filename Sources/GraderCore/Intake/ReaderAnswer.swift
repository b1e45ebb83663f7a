/// The grader's view of the reader's process: its answer, and its end.
package enum ReaderAnswer: Equatable, Sendable {
  case listing(ArchiveListing)
  /// The archive is to blame: reading it took too much, or broke the reader.
  case problem(IntakeProblem)
  /// The reader could not run here; no student is to blame.
  case fault(ReaderFault)

  /// Judges all that the reader wrote, up to `limits.listingBytes` and one byte more.
  package init(output: [UInt8], end: ReaderEnd, limits: IntakeLimits) {
    switch end {
    case .exited(0):
      do throws(ListingError) {
        self = .listing(try ArchiveListing(decoding: output, limits: limits))
      } catch {
        // An honest reader never does this, so something in the archive has taken it over.
        self = .problem(.readerStopped(end))
      }
    // How bubblewrap and shells pass a signal on.
    case .exited(let status) where status > 128:
      self = .problem(.readerStopped(.signalled(status - 128)))
    case .exited(let status): self = .fault(ReaderFault(status: status))
    case .signalled, .processorTime, .wallClock, .memory: self = .problem(.readerStopped(end))
    }
  }
}

/// A reader that ended by itself without an answer; the number tells why.
package struct ReaderFault: Error, Equatable {
  /// 64 called wrongly, 69 something is missing on this machine, 71 no memory, 74 input or output
  /// failed, 127 not started.
  package let status: Int32

  package init(status: Int32) { self.status = status }
}
