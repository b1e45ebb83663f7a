import Foundation
package import GraderCore

/// Searches counterexamples of planted mistakes, and runs each as a test in the handout: it has to
/// fail on the mistake and to pass on the solution.
package struct CounterexampleTrial: Sendable {
  let grading: Grading
  /// The number of planted mistakes, drawn at random; nil for all.
  let amount: Int?
  let draw: UInt64
  let jobs: Int
  /// Told after each planted mistake.
  let progress: @Sendable (String) -> Void

  /// A trial of one assignment.
  package init(
    _ workshop: Workshop,
    assignment id: String,
    slips amount: Int?,
    draw: UInt64,
    jobs: Int?,
    progress: @escaping @Sendable (String) -> Void
  ) throws(GraderFault) {
    grading = try workshop.grading(of: try workshop.course.assignment(id))
    (self.amount, self.draw, self.progress) = (amount, draw, progress)
    self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
  }

  private struct Tried: Sendable {
    var mutant: Mutant
    var rows: [Grade.TestResult]
    /// The methods, by the names that they have in the class.
    var methods: [String: String]
  }

  /// Tries everything.
  package func run() throws(GraderFault) -> CounterexampleTally {
    var generator = SplitMix64(seed: draw)
    let all = try grading.slips.mutants()
    let mutants = amount.map { Array(all.shuffled(using: &generator).prefix($0)) } ?? all
    let tried = try Concurrent.map(mutants, jobs: jobs) { mutant throws(GraderFault) in
      let tried = try search(mutant)
      progress("\(tried.methods.isEmpty ? "none  " : "found ") \(mutant.id)")
      return tried
    }
    let packageManager = try Toolchain.find().packageManager
    let handout = try PastedTests(grading.assignment, packageManager: packageManager)
    var slips: [CounterexampleTally.Slip] = []
    var methods: [String: String] = [:]
    for (number, one) in tried.enumerated() {
      let passed = one.methods.isEmpty ? [] : try handout.passed(one.methods, with: one.mutant)
      let examples = one.rows.compactMap(\.facts?.search?.counterexample)
      slips.append(
        CounterexampleTally.Slip(
          name: one.mutant.id,
          outcomes: Dictionary(
            uniqueKeysWithValues: one.rows.compactMap { row in
              row.facts?.search.map { (row.id, $0.outcome) }
            }
          ),
          sizes: examples.map(\.numberCount),
          unfit: passed.sorted()
        )
      )
      progress("\(passed.isEmpty ? "fails " : "PASSES") \(one.mutant.id)")
      // Many mistakes have a counterexample of the same test.
      for (name, method) in one.methods {
        let other = "\(name)\(number)"
        methods[other] = method.replacing("func \(name)(", with: "func \(other)(")
      }
    }
    let right = try handout.passed(methods, with: nil)
    return CounterexampleTally(
      assignment: grading.assignment.assignment.id,
      slips: slips,
      wrong: Set(methods.keys).subtracting(right).sorted()
    )
  }

  private func search(_ mutant: Mutant) throws(GraderFault) -> Tried {
    let rows = try grading.test(
      try grading.built(mutant),
      seed: 1,
      jobs: 1,
      naming: nil,
      trustsChains: true,
      questions: CounterexampleSearch.usualQuestions
    )
    var methods: [String: String] = [:]
    for row in rows {
      guard let method = CounterexampleText(row)?.test,
        let name = method.firstMatch(of: /func (\w+)\(/)?.1
      else { continue }
      methods[String(name)] = method
    }
    return Tried(mutant: mutant, rows: rows, methods: methods)
  }
}

/// The handout with a solution, into which test methods are pasted.
private struct PastedTests {
  private let assignment: CourseAssignment
  private let folder: String
  private let work: WorkFolder
  private let packageManager: String

  init(_ assignment: CourseAssignment, packageManager: String) throws(GraderFault) {
    (self.assignment, self.packageManager) = (assignment, packageManager)
    work = try WorkFolder()
    folder = "\(work.root)/\(assignment.assignment.id)"
    for (name, from) in [
      ("CourseKit", "\(assignment.course.root)/assignments/CourseKit"),
      (assignment.assignment.id, assignment.handout),
    ] {
      for file in Files.below(from) where !file.hasPrefix(".") {
        let path = "\(work.root)/\(name)/\(file)"
        try Files.makeFolder((path as NSString).deletingLastPathComponent)
        try Files.write(try Files.read("\(from)/\(file)"), to: path)
      }
    }
    for source in try assignment.solutionSources() { try write(source) }
  }

  private func write(_ file: Submission.File) throws(GraderFault) {
    try Files.write(file.content, to: "\(folder)/\(file.path.string)")
  }

  /// The names of those methods that pass, with a planted mistake or without.
  func passed(
    _ methods: [String: String],
    with mutant: Mutant?
  ) throws(GraderFault) -> Set<String> {
    guard !methods.isEmpty else { return [] }
    if let mutant {
      for file in try SlipFinder.sources(of: mutant, in: assignment) { try write(file) }
    }
    let target = Files.names(in: "\(folder)/Tests").first ?? ""
    let rubric = assignment.assignment
    let text =
      [rubric.module, rubric.task, "CourseKit", "XCTest"].map { "import \($0)\n" }.joined()
      + "\nfinal class CounterexampleTests: HomeworkTestCase {\n"
      + methods.values.sorted().joined(separator: "\n\n") + "\n}\n"
    try Files.write(Array(text.utf8), to: "\(folder)/Tests/\(target)/CounterexampleTests.swift")
    let options = ["--package-path", folder, "--disable-swift-testing"]
    let build = try Tool.run(packageManager, ["build", "--build-tests"] + options)
    guard build.status == 0 else {
      throw GraderFault(
        .broken,
        "Counterexamples do not compile in the handout of \(rubric.id).",
        detail: String((build.errorText + build.outputText).suffix(4_000))
      )
    }
    let run = try Tool.run(
      packageManager,
      ["test", "--skip-build", "--filter", "CounterexampleTests"] + options
    )
    for file in try assignment.solutionSources() { try write(file) }
    let said = run.errorText + run.outputText
    return Set(
      said.matches(of: /Test Case '[^']*CounterexampleTests\.(\w+)' passed/).map { String($0.1) }
    )
  }
}
