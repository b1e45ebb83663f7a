package import ClassCore
import Foundation
import Gradebook
import GraderCore
package import GraderRuntime

extension ResultsFolder {
  private var policyPath: String { "\(path)/\(Self.policyName)" }
  private var rosterPath: String { "\(path)/\(Self.rosterName)" }
  private var commitsPath: String { "\(path)/\(Self.commitsName)" }
  private static let (policyName, rosterName) = ("policy.yaml", "roster.csv")
  private static let commitsName = "commits.csv"

  /// Keeps the class's policy, its roster and its list of commits with its results, so that later
  /// runs need not name them.
  package func keep(
    policy: String?,
    roster: String?,
    commits: String? = nil
  ) throws(GraderFault) {
    if let commits, Files.real(commits) != Files.real(commitsPath) {
      try files.write(Array(try TableFile.text(of: commits).utf8), to: Self.commitsName)
    }
    if let policy, Files.real(policy) != Files.real(policyPath) {
      try files.write(try Files.read(policy), to: Self.policyName)
    }
    if let roster, Files.real(roster) != Files.real(rosterPath) {
      try files.write(try RosterFile.kept(roster), to: Self.rosterName)
    }
  }

  /// The policy in a file, else the one that was kept, else none.
  package func policy(_ file: String? = nil) throws(GraderFault) -> ClassPolicy {
    if let file { return try PolicyFile.read(file) }
    return Files.exists(policyPath) ? try PolicyFile.read(policyPath) : ClassPolicy()
  }

  /// The roster that was kept; nil if none was.
  package func roster() throws(GraderFault) -> Roster? {
    Files.exists(rosterPath) ? try RosterFile.read(rosterPath).roster : nil
  }

  /// The list of commits that was kept; nil if none was.
  package func commits(_ policy: ClassPolicy) throws(GraderFault) -> CommitList? {
    guard Files.exists(commitsPath) else { return nil }
    return try CommitFile.read(commitsPath, zone: policy.zone ?? .current)
  }

  /// The ingredients of final grades: the marks and the time as they are now, and a policy.
  package func finalGrading(_ policy: ClassPolicy) throws(GraderFault) -> FinalGrading {
    FinalGrading(marks: try withBook { try $0.marks() }, policy: policy, now: .now)
  }

  /// Everybody's results with final grades, those of one attempt at a time: computed anew from
  /// grades, marks and a policy, which may count other attempts than the class was graded for.
  ///
  /// Only one attempt's grade is in memory.
  package func forEachFinal(
    _ policy: ClassPolicy,
    _ body: ([ClassResult]) throws -> Void
  ) throws(GraderFault) {
    let grading = try finalGrading(policy)
    try withBook { book in
      let counted = try counted(policy, in: book)
      try book.forEachResult(where: counted.contains) { result in
        if let result = counted.narrowed(result) { try body(grading.members(of: result)) }
      }
    }
  }

  private func counted(
    _ policy: ClassPolicy,
    in book: Gradebook
  ) throws -> CountedAttempts {
    let scores = try book.scores()
    return CountedAttempts(
      try book.attempts().map { ($0, $0.trouble == nil ? scores[$0.id] : nil) },
      policy: policy
    )
  }

  /// The rows of all of these at once, without what their grades say.
  package func finalResults(_ policy: ClassPolicy) throws(GraderFault) -> [FinalResult] {
    var results: [FinalResult] = []
    try forEachFinal(policy) { results += $0.map(FinalResult.init) }
    return results
  }

  /// The grade of a row as its students may see it now; nil if it has none.
  func studentView(of result: FinalResult) throws(GraderFault) -> StudentView? {
    guard result.grade != nil, let attempt = result.attempt else { return nil }
    return try withBook { try $0.grade(of: attempt.id) }
      .map { StudentView($0, deadline: result.deadline) }
  }

  /// Sentences on grades that are open because a policy needs what is not graded, or because marks
  /// no longer fit; `file` is the policy's, if it is not the one that was kept.
  package func remarks(_ policy: ClassPolicy, file: String? = nil) throws(GraderFault) -> [String] {
    try remarks(on: try finalResults(policy), file: file)
  }

  /// The same for results that are there already.
  package func remarks(
    on results: [FinalResult],
    file: String? = nil
  ) throws(GraderFault) -> [String] {
    let source = try withBook { try $0.setting(Self.sourceSetting) }
    let command =
      "grader batch \(source.map { ShellWord.quoted($0) } ?? "PATH") -o \(ShellWord.quoted(path))"
      + (file.map { " --policy \(ShellWord.quoted($0))" } ?? "")
    return BatchText.open(results, command: command, folder: path)
  }

  /// The setting that holds what the last batch was about.
  static let sourceSetting = "source"
}
