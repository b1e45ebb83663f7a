import ArgumentParser
import ClassCore
import Foundation
import GraderClass
import GraderRuntime

/// Something that runs the shards of a plan on many machines.
enum Engine: String, ExpressibleByArgument, CaseIterable {
  /// A job array of Slurm.
  case slurm
}

/// The resources that an engine is asked for.
struct EngineOptions: ParsableArguments {
  @Option(help: "The number of shards; by default some minutes of work for each core are one.")
  var shards: Int?

  @Option(help: "The partition; by default the site's.")
  var partition: String?

  @Option(help: "The longest time of a shard, such as 90 for minutes or 2:00:00.")
  var time: String?

  @Option(help: "The memory of a shard, such as 8G; by default 2000M for each core.")
  var memory: String?

  @Option(help: "The most shards that run at once.")
  var maxRunning: Int?

  @Option(help: "The cores of a shard, on which so many submissions are graded at once.")
  var cores: Int?

  @Option(help: "A folder on each node's own disk for the grader's cache.")
  var nodeCache: String?

  @Option(
    name: .customLong("sbatch"),
    parsing: .unconditionalSingleValue,
    help: "A further option of sbatch, such as --account=cs; may be given several times."
  )
  var others: [String] = []

  /// True if any of them was given.
  var isUsed: Bool {
    shards != nil || partition != nil || time != nil || memory != nil || maxRunning != nil
      || cores != nil || nodeCache != nil || !others.isEmpty
  }

  func validate() throws {
    for number in [shards, maxRunning, cores].compactMap(\.self) where number < 1 {
      throw ValidationError("--shards, --max-running and --cores must be 1 or more.")
    }
  }

  /// The number of shards for so many submissions.
  func shards(for submissions: Int) -> Int {
    shards
      ?? RunPlan.usualShards(submissions: submissions, cores: cores ?? 1, running: maxRunning)
  }

  /// The resources as scripts ask for them.
  var resources: SlurmScripts.Resources {
    var resources = SlurmScripts.Resources()
    (resources.partition, resources.memory) = (partition, memory)
    (resources.running, resources.others) = (maxRunning, others)
    if let time { resources.time = time }
    if let cores { resources.cores = cores }
    return resources
  }
}

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
      if case .settled(let tally, let summary) = planning { try Self.end(tally, summary) }
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
      try Self.end(tally, summary)
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

  /// Prints the account, and ends with its status.
  static func end(_ tally: BatchTally, _ summary: String) throws {
    print(summary)
    if tally.exitStatus != 0 { throw ExitCode(tally.exitStatus) }
  }
}
