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
    machine: Machine
  ) throws(GraderFault) {
    try self.init(
      path,
      options: options,
      results: folder.path,
      originals: folder.originals,
      machine: machine
    )
  }
}

extension ResultsFolder {
  /// Takes down who handed in what, and lists what is odd in `intake.txt`.
  ///
  /// - Returns: The entries to grade, where an attempt that does not count is kept and not graded;
  ///   and whose hand-ins an earlier run had and this one has not.
  package func take(_ input: ClassInput) throws(GraderFault) -> (entries: [Entry], gone: [String]) {
    let before = try withBook { try $0.entries() }
    let entries = try put(input.attempts, students: input.students)
    let there = Set(entries.map(Self.owner))
    let gone = before.filter { $0.counts && !there.contains(Self.owner($0)) }.map(\.slug)
    let lines = gone.map { Printable.line("no longer there: \($0)", longest: 1000) + "\n" }
    let text = DownloadText.summary(input.plan) + DownloadText.report(input.plan) + lines.joined()
    try Files.write(Array(text.utf8), to: "\(path)/intake.txt")
    return (entries.filter(\.counts), gone)
  }

  /// The part of an entry that stays the same when a student hands in another file.
  private static func owner(_ entry: Entry) -> [String] {
    entry.attempt.students.isEmpty ? [entry.slug] : entry.attempt.students
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

  /// The students whose current grade a person should look at, by the stage that grading reached.
  package func oddOnes() throws(GraderFault) -> [Grade.Status: [String]] {
    let (entries, standings) = try withBook { (try $0.entries(), try $0.standings()) }
    var odd: [Grade.Status: [String]] = [:]
    for entry in entries where entry.counts {
      if let status = standings[entry.id]?.status, status != .graded {
        odd[status, default: []].append(entry.slug)
      }
    }
    return odd
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
    removeOthers(in: "\(path)/grades", than: Set(entries.map { "\($0.slug).json" }))
    return entries
  }
}
