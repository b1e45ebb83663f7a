import GraderCore
import Sandbox

/// Everything that is ready to grade submissions of one assignment.
struct Grading: Sendable {
  let assignment: CourseAssignment
  let kit: AssignmentKit
  let suite: HiddenSuite
  let suiteDigest: String
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
    let runtime = try Runtime(course: course, toolchain: toolchain, cache: cache)
    self.assignment = assignment
    self.machine = machine
    kit = try AssignmentKit(assignment, runtime: runtime, cache: cache)
    suite = try HiddenSuite(assignment, toolchain: toolchain, cache: cache)
    suiteDigest = try assignment.suiteDigest()
    tools = ToolJail(jail: machine.jail, toolchain: toolchain)
    slips = SlipFinder(
      kit: kit,
      cache: cache,
      jail: tools,
      limits: assignment.limits,
      mutants: try assignment.mutants(),
      seed: Self.seed(suite: suiteDigest, submission: "planted mistakes")
    )
  }

  /// The parts of a student's files that could be built; their programs live as long as `work`.
  struct Built {
    var outcome: PartwiseBuild.Outcome
    var work: WorkFolder
  }

  func build(_ sources: [Submission.File]) throws(GraderFault) -> Built {
    let work = try WorkFolder()
    let builder = Builder(
      kit: kit,
      jail: tools,
      limits: assignment.limits,
      work: work
    )
    let partwise = PartwiseBuild(builder: builder, parts: assignment.assignment.parts)
    return Built(outcome: try partwise.run(sources), work: work)
  }

  /// Results of all tests that a machine grades, in the order of the rubric.
  func test(
    _ built: Built,
    seed: UInt64,
    jobs: Int,
    namesSlips: Bool = true,
    known: [String: Grade.TestResult] = [:]
  ) throws(GraderFault) -> [Grade.TestResult] {
    let record = built.outcome.record
    guard let worker = built.outcome.worker else {
      return assignment.assignment.tests.map { test in
        let verdict = Verdict.notRun(record.blocker(of: test) ?? .file(record.file(of: test)))
        return Grade.TestResult(
          .judged(JudgedTest(test, Judgement(verdict: verdict))),
          build: record
        )
      }
    }
    let session = TestSession(
      runner: TestRunner(
        jail: machine.jail,
        judges: Judges(suite: suite, jail: machine.jail),
        worker: worker.executable,
        seed: seed
      ),
      assignment: assignment.assignment,
      limits: assignment.limits,
      jobs: jobs,
      build: built.outcome,
      symbolizer: Symbolizer(
        jail: tools,
        work: built.work,
        limits: assignment.limits,
        renamings: built.outcome.renamings
      ),
      slips: namesSlips ? slips : nil,
      known: known
    )
    return try session.run().map { Grade.TestResult($0, build: record) }
  }
}
