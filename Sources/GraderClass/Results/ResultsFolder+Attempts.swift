package import ClassCore
import Foundation
import Gradebook
package import GraderCore
package import GraderRuntime

extension ClassInput {
  /// Takes in a folder or a zip for a folder of results.
  ///
  /// - Throws: `GraderFault` when nothing can be read.
  package init(
    _ path: String,
    options: Options,
    folder: ResultsFolder,
    workshop: Workshop
  ) throws(GraderFault) {
    try self.init(
      path,
      options: options,
      results: folder.path,
      originals: folder.originals,
      workshop: workshop
    )
  }
}

extension ResultsFolder {
  /// Takes down who handed in what, and lists what is odd in `intake.txt`.
  ///
  /// - Returns: The attempts to grade, where an attempt that does not count is kept and not graded;
  ///   and whose hand-ins an earlier run had and this one has not.
  package func register(
    _ input: ClassInput
  ) throws(GraderFault) -> (attempts: [Attempt], gone: [String]) {
    let before = try withBook { try $0.attempts() }
    let stale = try withBook {
      try $0.register(students: input.students, attempts: input.attempts)
    }
    for slug in stale { Files.remove(gradePath(of: slug)) }
    removeOthers(in: "\(path)/grades", than: Set(input.attempts.map { "\($0.slug).json" }))
    let there = Set(input.attempts.map(Self.owner))
    let gone = before.filter { $0.counts && !there.contains(Self.owner($0)) }.map(\.slug)
    let lines = gone.map { Printable.line("no longer there: \($0)", longest: 1000) + "\n" }
    let text = DownloadText.summary(input.plan) + DownloadText.report(input.plan) + lines.joined()
    try files.write(Array(text.utf8), to: "intake.txt")
    return (input.attempts.filter { $0.counts && $0.trouble == nil }, gone)
  }

  /// The part of an attempt that stays the same when a student hands in another file.
  private static func owner(_ attempt: Attempt) -> [String] {
    attempt.students.isEmpty ? [attempt.slug] : attempt.students
  }

  /// Settles which attempts count, now that their scores are known.
  package func settle(_ policy: ClassPolicy) throws(GraderFault) {
    guard policy.attempts == .best else { return }
    let (attempts, standings) = try withBook { (try $0.attempts(), try $0.standings()) }
    let settled = policy.flagging(attempts) { standings[$0.id]?.score }
    try withBook { try $0.update(settled) }
  }

  /// The students whose current grade a person should look at, by the stage that grading reached.
  package func oddOnes() throws(GraderFault) -> [Grade.Status: [String]] {
    let (attempts, standings) = try withBook { (try $0.attempts(), try $0.standings()) }
    var odd: [Grade.Status: [String]] = [:]
    for attempt in attempts where attempt.counts {
      if let status = standings[attempt.id]?.status, status != .graded {
        odd[status, default: []].append(attempt.slug)
      }
    }
    return odd
  }
}
