import ArgumentParser
import ClassCore
import Foundation
import GraderClass
import GraderRuntime

/// A run by an engine, from its plan to its account.
struct EngineRunner {
  var run: ClassRun
  var resources: EngineOptions
  var course: CourseOptions

  /// Plans, submits and waits.
  ///
  /// - Throws: `GraderFault`, or the exit status of the merge.
  func perform(in workshop: Workshop, submits: Bool) throws {
    let planning = try run.plan(in: workshop) { resources.shards(for: $0) }
    guard case .frozen(let plan) = planning else {
      if case .settled(let tally, let summary) = planning { try Exit.end(tally, summary) }
      return
    }
    let engine = SlurmEngine(plan)
    try engine.write(scripts(for: plan, in: workshop))
    let command = (["sh"] + engine.submission()).joined(separator: " ")
    Output.note(
      "Plan \(plan.digest.prefix(12)): \(plan.plan.submissions.count) submissions in "
        + "\(plan.plan.shards) shards, \(plan.path)/plan.json"
    )
    guard submits else { return print("\(command)") }
    Output.note(try engine.submit())
    switch engine.follow() {
    case .merged(let status, let account):
      print(account, terminator: "")
      if status != 0 { throw ExitCode(status) }
    case .lost:
      Output.note("Slurm knows nothing of the jobs any more, so what is there is merged here.")
      let (tally, summary) = try RunMerge(run.results, plan: plan.digest)
        .run(course: workshop.course, writesForPeople: run.writesForPeople)
      try Exit.end(tally, summary)
    }
  }

  private func scripts(for plan: RunFolder, in workshop: Workshop) -> SlurmScripts {
    let environment = ProcessInfo.processInfo.environment
    let root = ["--course", Files.real(workshop.course.root)]
    let jail =
      (course.noJail ? ["--no-jail"] : []) + (course.jail.map { ["--jail", $0.rawValue] } ?? [])
    let cache = resources.nodeCache ?? environment["CHAINRULE_CACHE"]
    return SlurmScripts(
      grader: Files.real("/proc/self/exe"),
      results: Files.real(run.results),
      plan: plan.digest,
      resources: resources.resources,
      course: root + jail,
      merge: root + (run.writesForPeople ? [] : ["--no-report"]),
      environment: ["PATH": environment["PATH"], "CHAINRULE_CACHE": cache].compactMapValues(\.self)
    )
  }
}
