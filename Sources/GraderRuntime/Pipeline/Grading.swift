import Foundation
import GraderCore
import JudgeEvents
import Sandbox

/// Everything that is ready to grade submissions of one assignment.
struct Grading: Sendable {
  let assignment: CourseAssignment
  let kit: AssignmentKit
  let suite: HiddenSuite
  let digests: SuiteDigests
  let machine: Machine
  /// The jail of the toolchain's programs.
  let tools: ToolJail
  let slips: SlipFinder

  init(
    _ assignment: CourseAssignment,
    course: Course,
    machine: Machine,
    cache: Cache
  ) throws(GraderFault) {
    let toolchain = try Toolchain.find()
    try toolchain.facts(in: cache).check(toolchain)
    self.assignment = assignment
    self.machine = machine
    let code = try assignment.codeDigest()
    // On a new machine, all of it is made at once as far as one does not need the other.
    let runtime = Ahead { () throws(GraderFault) in
      try Runtime(course: course, toolchain: toolchain, cache: cache)
    }
    let workerParts = Ahead { () throws(GraderFault) in
      try AssignmentKit(assignment, runtime: try runtime.get(), cache: cache)
    }
    let built = Result { () throws(GraderFault) in
      try HiddenSuite(
        assignment,
        code: code,
        runtime: runtime,
        kit: workerParts,
        toolchain: toolchain,
        cache: cache
      )
    }
    kit = try workerParts.get()
    suite = try built.get()
    digests = try assignment.suiteDigests(code: code)
    tools = ToolJail(jail: machine.jail, toolchain: toolchain)
    slips = SlipFinder(
      kit: kit,
      suite: suite,
      cache: cache,
      jail: tools,
      limits: assignment.limits,
      seed: digests.seed(ofSubmission: "planted mistakes")
    )
  }

  /// The parts of a student's files that could be built.
  struct Built {
    var outcome: PartwiseBuild.Outcome
    /// A folder for the toolchain's jobs.
    var work: WorkFolder
    /// The files that the program is made of.
    var sources: [Submission.File]
    /// The program; nil if there is none.
    var program: WorkerProgram?
    /// Makes programs of other files in the same way.
    var programs: Programs
  }

  func build(
    _ sources: [Submission.File],
    keepsObjects: Bool = false,
    phases: PhaseTimes = PhaseTimes()
  ) throws(GraderFault) -> Built {
    let work = try WorkFolder()
    let session = JailSession(machine.jail, executable: work.program, in: work.programFolder)
    // The compiler leaves a processor idle.
    DispatchQueue.global().async { session.prepare() }
    let programs = Programs(grading: self, keepsObjects: keepsObjects, phases: phases)
    let outcome = try programs.partwise(in: work).run(sources)
    let program = outcome.worker.map { worker in
      programs.program(worker, of: outcome, in: work, session: session)
    }
    return Built(
      outcome: outcome,
      work: work,
      sources: outcome.sources,
      program: program,
      programs: programs
    )
  }

  /// A planted mistake; naming needs its program too, and keeps it.
  ///
  /// One that does not build gives its messages and no program.
  func built(_ mutant: Mutant) throws(GraderFault) -> Built {
    let sources = try SlipFinder.sources(of: mutant, in: assignment)
    guard let executable = try? slips.program(of: mutant, spent: ProcessorTime()) else {
      return try build(sources)
    }
    return try built(executable, from: sources)
  }

  /// A program of ours that is built already.
  func built(
    _ executable: String,
    from sources: [Submission.File]
  ) throws(GraderFault) -> Built {
    let work = try WorkFolder()
    let programs = Programs(grading: self, keepsObjects: false, phases: PhaseTimes())
    let outcome = try programs.partwise(in: work).outcome(of: executable, from: sources)
    return Built(
      outcome: outcome,
      work: work,
      sources: sources,
      program: WorkerProgram(executable, jail: machine.jail, renamings: outcome.renamings),
      programs: programs
    )
  }

  /// Results of all tests that a machine grades, in the order of the rubric.
  ///
  /// Chains need no proof where they are the solution's: `trustsChains`. So many
  /// `questions` at most are asked to find small inputs on which functions are wrong.
  func test(
    _ built: Built,
    seed: UInt64,
    jobs: Int,
    naming: NamingBudget?,
    known: [String: Grade.TestResult] = [:],
    trustsChains: Bool = false,
    questions: Int = 0,
    judges: Judges? = nil,
    phases: PhaseTimes = PhaseTimes(),
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(GraderFault) -> [Grade.TestResult] {
    let record = built.outcome.record
    guard built.outcome.worker != nil, let program = built.program else {
      return assignment.assignment.tests.map { test in
        let verdict = Verdict.notRun(record.blocker(of: test) ?? .file(record.file(of: test)))
        return Grade.TestResult(
          .judged(JudgedTest(test, Judgement(verdict: verdict))),
          build: record
        )
      }
    }
    let runner = runner(of: program, seed: seed, judges: judges)
    let session = TestSession(
      runner: runner,
      assignment: assignment.assignment,
      limits: assignment.limits,
      jobs: jobs,
      build: built.outcome,
      ownWords: OwnWords(sources: built.sources.map(\.content)),
      tools: tools,
      work: built.work,
      known: known,
      trials: try trials(of: built, runner: runner, trustsChains: trustsChains, jobs: jobs)
    )
    var tests = try phases.measure(.tests) { () throws(GraderFault) in try session.run() }
    if let naming {
      let naming = Naming(slips, runner: runner, budget: naming, jobs: jobs, progress: progress)
      tests = phases.measure(.naming) { naming.applied(to: tests) }
    }
    if questions > 0 {
      let search = CounterexampleSearch(
        runner: runner,
        assignment: assignment.assignment,
        limits: assignment.limits,
        jobs: jobs,
        questions: questions
      )
      tests = phases.measure(.counterexamples) { search.applied(to: tests) }
    }
    // Only of lost points it is told where they were lost.
    let haveLost = tests.contains { $0.score < $0.maxScore }
    let places = FunctionPlaces(
      of: assignment.assignment.parts,
      in: haveLost ? built.sources.map { ($0.path.string, $0.content) } : []
    )
    return tests.map { Grade.TestResult($0, build: record, places: places) }
  }

  /// The ids of the tests whose steps each chain is put together from, by the chain's id, where
  /// nothing is wrong with them.
  func composedSteps(jobs: Int) throws(GraderFault) -> [String: Set<String>] {
    let built = try build(try assignment.solutionSources())
    guard let program = built.program else { return [:] }
    let compositions = Compositions(
      runner: runner(of: program, seed: slips.seed),
      limits: assignment.limits,
      jobs: jobs
    )
    return try compositions.steps(of: assignment.assignment.tests)
  }

  /// The ids of the tests that ask a function which ends its process, and are spoiled by that.
  func tests(endedBy function: String, in built: Built) throws(GraderFault) -> Set<String> {
    guard let program = built.program else { return [] }
    let runner = runner(of: program, seed: slips.seed)
    var ended: Set<String> = []
    for test in assignment.assignment.tests {
      let run = try runner.run(test, limits: assignment.limits.applying(test.limits))
      if run.events.contains(.workerEnded(function: function)) { ended.insert(test.id) }
    }
    return ended
  }

  /// The declarations of a file.
  func declarations(of file: Submission.File) throws(GraderFault) -> Declarations {
    let builder = Builder(kit: kit, jail: tools, limits: assignment.limits, work: try WorkFolder())
    let source = Builder.Source(file: file, compiledName: "S000.swift", part: nil)
    return try builder.declarations(of: source)
  }

  private func trials(
    of built: Built,
    runner: TestRunner,
    trustsChains: Bool,
    jobs: Int
  ) throws(GraderFault) -> StandInTrials {
    StandInTrials(
      runner: runner,
      standIns: StandIns(
        for: built.sources,
        from: try assignment.solutionSources(),
        parts: assignment.assignment.parts
      ),
      limits: assignment.limits,
      trustsChains: trustsChains,
      jobs: jobs,
      build: built.programs.program(of:)
    )
  }

  private func runner(
    of program: WorkerProgram,
    seed: UInt64,
    judges: Judges? = nil
  ) -> TestRunner {
    TestRunner(
      jail: machine.jail,
      judges: judges ?? Judges(suite: suite, jail: machine.jail),
      program: program,
      seed: seed
    )
  }

  /// Builds and asks ahead all planted mistakes that naming may need.
  func prepare(
    jobs: Int,
    progress: @escaping @Sendable (String) -> Void
  ) throws(GraderFault) {
    let (rubric, spent) = (assignment.assignment, ProcessorTime())
    // Each program has its own path; none of the student's is needed.
    let runner = runner(of: WorkerProgram("", jail: machine.jail), seed: slips.seed)
    var open: [Assignment.Test] = []
    for test in rubric.tests where try !slips.isPrepared(for: test) { open.append(test) }
    guard !open.isEmpty else { return }
    let mutants = try slips.mutants().filter { mutant in
      open.contains { mutant.expect.contains($0.id) }
    }
    try Preparation(
      label: "\(rubric.id): building planted mistakes",
      jobs: jobs,
      progress: progress
    ).run(mutants) { mutant throws(GraderFault) in
      _ = try slips.program(of: mutant, spent: spent)
    }
    try Preparation(
      label: "\(rubric.id): asking planted mistakes, test by test",
      jobs: jobs,
      progress: progress
    ).run(open) { test throws(GraderFault) in
      _ = try slips.answers(to: test, runner: runner, spent: spent)
    }
  }
}

extension Grading {
  /// The number of judges that start while the compiler works, for as many tests at once as a
  /// usual machine runs.
  private static let judgesAhead = 2

  /// Builds and tests what intake kept.
  func grade(
    _ taken: TakenIn,
    _ files: [Submission.File],
    options: Workshop.Options,
    phases: PhaseTimes
  ) throws(GraderFault) -> Grade {
    let judges = Judges(suite: suite, jail: machine.jail)
    if options.known.isEmpty { judges.startAhead(min(options.jobs, Self.judgesAhead)) }
    let built = try build(
      files.filter { $0.path.name.hasSuffix(".swift") },
      keepsObjects: options.keepsObjects,
      phases: phases
    )
    let build = built.outcome
    let submission = taken.archive.digest.map { String($0.dropFirst("sha256:".count)) } ?? ""
    let seed = options.seed ?? digests.seed(ofSubmission: submission)
    var tests = try test(
      built,
      seed: seed,
      jobs: options.jobs,
      naming: options.naming,
      known: options.known,
      questions: options.exampleQuestions,
      judges: judges,
      phases: phases,
      progress: options.progress
    )
    let rubric = assignment.assignment
    tests += rubric.pending.map { item in
      Grade.TestResult(item, isMissing: taken.record.missing.contains(item.file))
    }
    return Grade(
      assignment: rubric.id,
      submission: taken.archive,
      status: build.worker == nil ? .didNotBuild : tests.status,
      score: tests.score,
      maxScore: rubric.maxScore,
      pendingPoints: rubric.pendingPoints,
      message: StudentText.message(build.record, leftOut: build.dropped),
      tests: tests,
      intake: taken.record,
      build: build.record,
      provenance: Provenance(
        of: taken,
        machine: machine,
        digests: digests,
        toolchain: kit.runtime.toolchainVersion,
        seed: seed,
        limits: assignment.limits
      )
    )
  }
}

extension Grade {
  /// The grade of an archive of which nothing can be graded, for that reason.
  init(
    of taken: TakenIn,
    refused message: String,
    assignment: CourseAssignment?,
    machine: Machine,
    seed: UInt64?
  ) {
    self.init(
      assignment: assignment?.assignment.id,
      submission: taken.archive,
      status: .unreadable,
      score: .zero,
      maxScore: assignment?.assignment.maxScore,
      pendingPoints: assignment?.assignment.pendingPoints ?? .zero,
      message: message,
      tests: [],
      intake: taken.record,
      build: Grade.BuildRecord(status: .notTried, parts: [], diagnostics: ""),
      provenance: Provenance(
        of: taken,
        machine: machine,
        seed: seed,
        limits: assignment?.limits ?? GradingLimits()
      )
    )
  }
}

extension Provenance {
  fileprivate init(
    of taken: TakenIn,
    machine: Machine,
    digests: SuiteDigests? = nil,
    toolchain: String? = nil,
    seed: UInt64?,
    limits: GradingLimits
  ) {
    self.init(
      grader: Workshop.version,
      suiteDigest: digests.map { "sha256:\($0.name)" },
      fingerprint: digests?.fingerprint,
      toolchain: toolchain,
      seed: seed.map { "\($0)" },
      limits: limits,
      jail: machine.record,
      replay: seed.map { "grader \(ShellWord.quoted(taken.archive.name)) --seed \($0)" },
      gradedAt: Date.now.formatted(.iso8601)
    )
  }
}
