import Synchronization

/// Work ahead, a few pieces at a time, that tells how far it is.
struct Preparation: Sendable {
  /// The words before the count.
  let label: String
  let jobs: Int
  let progress: @Sendable (String) -> Void

  /// Does every piece, and tells each tenth of the way.
  ///
  /// - Throws: The first piece's fault, once every piece was tried: what others make is kept.
  func run<Work: Sendable>(
    _ pieces: [Work],
    _ perform: @Sendable (Work) throws(GraderFault) -> Void
  ) throws(GraderFault) {
    let done = Mutex(0)
    _ = try Concurrent.map(pieces, jobs: jobs) { piece throws(GraderFault) in
      defer {
        done.withLock { done in
          done += 1
          if done * 10 / pieces.count > (done - 1) * 10 / pieces.count {
            progress("\(label): \(done) of \(pieces.count)")
          }
        }
      }
      try perform(piece)
    }
  }
}
