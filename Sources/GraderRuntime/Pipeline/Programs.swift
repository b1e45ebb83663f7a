import GraderCore
import Sandbox

/// Programs of a submission's files: not optimized, and optimized where a test needs it.
struct Programs: Sendable {
  let grading: Grading
  /// True if what the compiler makes is kept for the next time that the same files are graded.
  let keepsObjects: Bool
  let phases: PhaseTimes

  /// A build in a folder.
  func partwise(in work: WorkFolder, isOptimizing: Bool = false) -> PartwiseBuild {
    let assignment = grading.assignment
    var builder = Builder(
      kit: grading.kit,
      jail: grading.tools,
      limits: assignment.limits,
      work: work
    )
    (builder.phases, builder.isOptimizing) = (phases, isOptimizing)
    var build = PartwiseBuild(builder: builder, parts: assignment.assignment.parts)
    if keepsObjects { build.objects = KeptObjects(cache: grading.slips.cache, kit: grading.kit) }
    return build
  }

  /// The program that a build in a folder gave.
  func program(
    _ worker: Builder.Worker,
    of outcome: PartwiseBuild.Outcome,
    in work: WorkFolder,
    session: JailSession? = nil
  ) -> WorkerProgram {
    WorkerProgram(
      worker.executable,
      jail: grading.machine.jail,
      session: session,
      work: work,
      renamings: outcome.renamings
    ) { () throws(GraderFault) in
      // It compiled once: what it may take now is what any submission may take.
      try made(of: outcome.sources, seconds: nil, isOptimizing: true)
    }
  }

  /// A program of all of these files; nil if they do not compile, or not soon.
  func program(of files: [Submission.File]) throws(GraderFault) -> WorkerProgram? {
    try made(of: files, seconds: PartwiseBuild.secondsPerTry, isOptimizing: false)
  }

  private func made(
    of files: [Submission.File],
    seconds: Int?,
    isOptimizing: Bool
  ) throws(GraderFault) -> WorkerProgram? {
    let work = try WorkFolder()
    let build = partwise(in: work, isOptimizing: isOptimizing)
    guard let outcome = try build.whole(files, seconds: seconds), let worker = outcome.worker
    else { return nil }
    guard isOptimizing else { return program(worker, of: outcome, in: work) }
    return WorkerProgram(
      worker.executable,
      jail: grading.machine.jail,
      work: work,
      renamings: outcome.renamings
    )
  }
}
