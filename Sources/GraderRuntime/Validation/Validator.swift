import Foundation
package import GraderCore

/// Proves a hidden suite: right code gets full marks, the stub nothing, and every planted mistake
/// loses points exactly where it must.
package struct Validator: Sendable {
  let grading: Grading
  let seeds: Validation.Seeds
  /// The programs that alone are tried; nil if the whole suite is proved.
  let choice: ProgramChoice?
  let jobs: Int
  /// The planted mistakes whose words tell the solution, in sentences.
  private let tellingSlips: [String]
  /// Told after each program.
  let progress: @Sendable (String) -> Void

  /// A validator for one assignment.
  ///
  /// With `patterns` it tries just the variants and planted mistakes that they name.
  package init(
    _ workshop: Workshop,
    assignment id: String,
    seeds: Validation.Seeds,
    only patterns: [String] = [],
    jobs: Int?,
    progress: @escaping @Sendable (String) -> Void
  ) throws(GraderFault) {
    let assignment = try workshop.course.assignment(id)
    // A misspelt name is told before anything is built.
    choice =
      patterns.isEmpty ? nil : try ProgramChoice(of: patterns, among: assignment.programNames())
    // Nor do words that tell the solution have to wait for the table.
    tellingSlips = choice == nil ? try Handout(assignment).tellingSlips() : []
    for problem in tellingSlips { progress("BAD \(problem)") }
    grading = try workshop.grading(of: assignment)
    self.seeds = seeds
    self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    self.progress = progress
  }

  private var assignment: Assignment { grading.assignment.assignment }

  /// Tries everything, or what was chosen.
  package func run() throws(GraderFault) -> Validation {
    guard let choice else { return try proof() }
    return Validation(
      assignment: assignment.id,
      only: choice.patterns,
      seeds: .init(solution: 0, others: seeds.others),
      tests: assignment.tests.map(\.id),
      subjects: try tried(try programs().filter { choice.holds($0.subject.name) }),
      oracleTests: 0,
      problems: []
    )
  }

  private func proof() throws(GraderFault) -> Validation {
    let tests = assignment.tests.map(\.id)
    let listed = try grading.suite.listedTests()
    var problems = tellingSlips + rubricProblems(listed: listed.graded)
    let oracleTests = try grading.suite.passedOracles(listed.oracles, jobs: jobs)
    if oracleTests == 0 { problems.append("No oracle vouches for the suite's reference.") }
    if oracleTests < listed.oracles.count {
      problems.append("\(listed.oracles.count - oracleTests) oracle tests failed.")
    }
    problems += assignment.carryProblems(asked: try grading.composedSteps(jobs: jobs))
    do throws(GraderFault) {
      try grading.prepare(jobs: jobs, progress: progress)
    } catch {
      problems.append("Not all slips can be named: \(error.what)")
    }
    let subjects = try tried(try programs())
    return Validation(
      assignment: assignment.id,
      seeds: seeds,
      tests: tests,
      subjects: subjects,
      oracleTests: oracleTests,
      problems: problems + amountProblems(subjects)
    )
  }

  // MARK: Programs

  /// A program that is tried.
  private struct Program: Sendable {
    var subject: Validation.Subject
    var seeds: Int
    /// The mistake that is planted in it, if one is.
    var mutant: Mutant?
    var sources: [Submission.File] = []
  }

  private func programs() throws(GraderFault) -> [Program] {
    let course = grading.assignment
    var programs = [
      Program(
        subject: .init(name: "", kind: .solution, expected: []),
        seeds: seeds.solution,
        sources: try course.solutionSources()
      ),
      Program(
        subject: .init(name: "", kind: .stub, expected: assignment.unconditional),
        seeds: 1,
        sources: try course.sources(overlaidBy: [])
      ),
    ]
    for variant in try Variant.all(of: course) {
      let subject = Validation.Subject(
        name: variant.name,
        kind: .variant,
        expected: variant.expect
      )
      programs.append(
        Program(subject: subject, seeds: seeds.others, sources: variant.sources)
      )
    }
    for mutant in try grading.slips.mutants() {
      programs.append(
        Program(
          subject: .init(name: mutant.id, kind: .mutant, expected: mutant.expect),
          seeds: seeds.others,
          mutant: mutant
        )
      )
    }
    return programs
  }

  /// Tries programs, a few at a time: the tests of one would leave a processor idle at their end.
  private func tried(_ programs: [Program]) throws(GraderFault) -> [Validation.Subject] {
    let testsAtOnce = max(1, jobs / max(1, programs.count))
    return try Concurrent.map(programs, jobs: jobs) { program throws(GraderFault) in
      let subject = try tried(program, jobs: testsAtOnce)
      progress("\(subject.isGood ? "ok " : "BAD") \(subject.kind.rawValue) \(subject.name)")
      return subject
    }
  }

  /// Tries a program; in a proof of the suite a planted mistake's slips are named under the first
  /// seed, for which all the others have to be built.
  private func tried(
    _ program: Program,
    jobs: Int
  ) throws(GraderFault) -> Validation.Subject {
    var subject = program.subject
    let built =
      if let mutant = program.mutant { try grading.built(mutant) } else {
        try grading.build(program.sources)
      }
    guard built.outcome.record.status == .built else {
      subject.problem = "it does not build:\n\(built.outcome.record.diagnostics)"
      return subject
    }
    for seed in 1...UInt64(max(1, program.seeds)) {
      let named = choice == nil && seed == 1 ? program.mutant : nil
      let results = try grading.test(
        built,
        seed: seed,
        jobs: jobs,
        naming: named == nil ? nil : NamingBudget(),
        trustsChains: true
      )
      if let named {
        subject.slipNamed = Set(results.compactMap(\.facts?.slip)) == [named.slip]
      }
      subject.count(results, seed: seed)
    }
    return subject
  }

  // MARK: Rubric

  private func rubricProblems(listed: [String]) -> [String] {
    let methods = assignment.tests.map(\.method)
    return methods.filter { !listed.contains($0) }.map { "The suite has no test \($0)." }
      + listed.filter { !methods.contains($0) }.map { "The rubric has no item for \($0)." }
  }

  /// Fewer would prove too little.
  private func amountProblems(_ subjects: [Validation.Subject]) -> [String] {
    let untested = assignment.tests.map(\.id).filter { id in
      !subjects.contains { $0.kind == .mutant && $0.expected.contains(id) }
    }
    return untested.map { "No planted mistake loses points in \($0)." }
  }
}

extension Assignment {
  /// The ids of the tests that wait for none.
  fileprivate var unconditional: [String] { tests.filter { $0.onlyIf == nil }.map(\.id) }
}
