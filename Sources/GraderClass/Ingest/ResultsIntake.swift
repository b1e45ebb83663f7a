package import ClassCore
import Foundation
import Gradebook
import GraderCore
package import GraderRuntime

extension ClassInput {
  /// Takes in a folder or a zip for a folder of results.
  ///
  /// - Throws: `GraderFault` when nothing can be read.
  package init(
    _ path: String,
    options: Options,
    folder: ResultsFolder,
    pipeline: Pipeline
  ) throws(GraderFault) {
    try self.init(
      path,
      options: options,
      results: folder.path,
      originals: "\(folder.path)/originals",
      machine: pipeline.machine
    )
  }
}

extension ResultsFolder {
  /// Takes down who handed in what, and lists what is odd in `intake.txt`.
  ///
  /// - Returns: The entries to grade; an attempt that does not count is kept and not graded.
  package func take(_ input: ClassInput) throws(GraderFault) -> [Entry] {
    let text = IngestText.summary(input.plan) + IngestText.report(input.plan)
    try Files.write(Array(text.utf8), to: "\(path)/intake.txt")
    return try put(input.attempts, students: input.students).filter(\.counts)
  }

  /// Settles which attempts count, now that their scores are known.
  package func settle(_ input: ClassInput, policy: ClassPolicy) throws(GraderFault) {
    guard policy.attempts == .best else { return }
    let entries = entries(of: input.attempts)
    let standings = try withBook { try $0.standings() }
    let scores = Dictionary(
      entries.map { ($0.attempt, standings[$0.id]?.score) }
    ) { first, _ in first }
    let settled = policy.counting(input.attempts.map(\.attempt)) { scores[$0] ?? nil }
    _ = try put(settled, students: input.students)
  }

  private func entries(of attempts: [(attempt: Attempt, counts: Bool)]) -> [Entry] {
    Entry.entries(of: attempts) { Digest.hex(of: Array($0.utf8)) }
  }

  private func put(
    _ attempts: [(attempt: Attempt, counts: Bool)],
    students: [Student]
  ) throws(GraderFault) -> [Entry] {
    let entries = entries(of: attempts)
    let stale = try withBook { try $0.take(students: students, entries: entries) }
    for slug in stale { Files.remove(gradePath(of: slug)) }
    return entries
  }
}
