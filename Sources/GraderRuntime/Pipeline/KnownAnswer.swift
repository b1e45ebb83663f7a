import Foundation
import GraderCore

/// The proof that worker and judge work on this machine, before anybody is graded with them: a run
/// whose outcome is known.
extension Grading {
  /// The folders of the artefacts that every grade is made with.
  var artefacts: [String] {
    [kit.runtime.folder, kit.runtime.moduleCache, kit.folder, suite.bundle].map { path in
      // Artefacts stand side by side in the cache.
      let name = slips.cache.name(of: path).split(separator: "/").first ?? ""
      return "\(slips.cache.root)/\(name)"
    }
  }

  /// Makes sure that the solution has all points, and a planted mistake has not.
  ///
  /// - Throws: `GraderFault` when either is otherwise, twice in a row: a machine can be out of
  ///   breath.
  func prove() throws(GraderFault) {
    guard Files.exists("\(assignment.reference)/Solution") else { return }
    let solution = try slips.solutionProgram()
    let built = try built(solution.path, from: solution.sources)
    var results = try proved(built)
    if !Self.lost(results).isEmpty { results = try proved(built) }
    let lost = Self.lost(results)
    guard lost.isEmpty else {
      throw GraderFault(
        .broken,
        "The solution of \(assignment.assignment.id) gets \(results.score) of "
          + "\(results.map(\.maxScore).total) points on this machine, so nobody is graded.",
        remedy: "Run `grader doctor`, and `grader validate \(assignment.assignment.id)`.",
        detail: lost.map { "\($0.id): \($0.staffMessage ?? "")" }.joined(separator: "\n")
      )
    }
    try proveFailure(besides: results)
  }

  /// A judge that finds nothing wrong would pass everybody.
  private func proveFailure(besides solution: [Grade.TestResult]) throws(GraderFault) {
    guard let mutant = try slips.mutants().first(where: { !$0.expect.isEmpty }) else { return }
    let known = solution.filter { !mutant.expect.contains($0.id) }.map { ($0.id, $0) }
    let results = try proved(
      try built(mutant),
      known: Dictionary(known) { first, _ in first }
    )
    guard Set(Self.lost(results).map(\.id)).isSuperset(of: mutant.expect) else {
      throw GraderFault(
        .broken,
        "The planted mistake \(mutant.id) of \(assignment.assignment.id) loses no points on this "
          + "machine, so nobody is graded.",
        remedy: "Run `grader doctor`, and `grader validate \(assignment.assignment.id)`."
      )
    }
  }

  private func proved(
    _ built: Built,
    known: [String: Grade.TestResult] = [:]
  ) throws(GraderFault) -> [Grade.TestResult] {
    try test(
      built,
      seed: slips.seed,
      jobs: ProcessInfo.processInfo.activeProcessorCount,
      naming: nil,
      known: known,
      trustsChains: true
    )
  }

  private static func lost(_ results: [Grade.TestResult]) -> [Grade.TestResult] {
    results.filter { $0.score < $0.maxScore }
  }
}
