import Foundation
import Synchronization

/// Work ahead, a few pieces at a time, that tells how far it is.
struct Preparation: Sendable {
  /// The words before the count.
  let label: String
  let jobs: Int
  let progress: @Sendable (String) -> Void

  /// Does every piece, and tells each tenth of the way.
  ///
  /// - Throws: The first fault, once every piece was tried: what others make is kept.
  func run<Work: Sendable>(
    _ pieces: [Work],
    _ perform: @Sendable (Work) throws(GraderFault) -> Void
  ) throws(GraderFault) {
    let next = Atomic(0)
    let state = Mutex<(done: Int, fault: GraderFault?)>((0, nil))
    DispatchQueue.concurrentPerform(iterations: min(jobs, pieces.count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < pieces.count else { return }
        var fault: GraderFault?
        do throws(GraderFault) {
          try perform(pieces[index])
        } catch {
          fault = error
        }
        state.withLock { state in
          state.done += 1
          state.fault = state.fault ?? fault
          let tenths = state.done * 10 / pieces.count
          guard tenths > (state.done - 1) * 10 / pieces.count else { return }
          progress("\(label): \(state.done) of \(pieces.count)")
        }
      }
    }
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }
}
