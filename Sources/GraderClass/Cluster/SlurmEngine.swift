package import ClassCore
import Foundation
import GraderCore
package import GraderRuntime

/// Slurm at work on a plan.
///
/// What it says of jobs is used to tell people and to wait; what became of
/// submissions is only ever read from the attempts.
package struct SlurmEngine {
  private let run: RunFolder

  /// The engine for a run.
  package init(_ run: RunFolder) { self.run = run }

  /// Writes the scripts beside the plan.
  package func write(_ scripts: SlurmScripts) throws(GraderFault) {
    for (name, text) in scripts.files { try run.write(text, to: name) }
  }

  /// The arguments of `sh` that submit all shards to which an attempt can add something.
  package func submission() -> [String] {
    let standing = run.standing()
    return ["\(run.path)/submit.sh", "1", ClusterText.ranges(standing.unfinished)]
  }

  /// Submits them.
  ///
  /// - Returns: The words of the script.
  package func submit() throws(GraderFault) -> String {
    // A tool has a folder for temporary files of its own, which ends with it; jobs do not.
    let own = ProcessInfo.processInfo.environment["TMPDIR"].map { "TMPDIR=\($0)" }
    let folder = own.map { [$0] } ?? ["-u", "TMPDIR"]
    let result = try Tool.run("/usr/bin/env", folder + ["sh"] + submission())
    guard result.status == 0 else {
      throw GraderFault(
        .unavailable,
        "Slurm did not take the jobs: \(said(result))",
        remedy: "The plan stands. Mend the options, and run the same command again."
      )
    }
    return result.outputText.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func said(_ result: Tool.Result) -> String {
    Printable.line((result.errorText + result.outputText).suffix(500).description, longest: 500)
  }

  /// The states of the run's jobs that Slurm still has to end, and how many are in each; nil if it
  /// cannot be asked.
  package func jobs() -> [String: Int]? {
    let name = SlurmScripts.name(ofPlan: run.digest)
    let result = try? Tool.run(
      "/usr/bin/env",
      ["squeue", "--noheader", "--array", "--me", "--name=\(name)", "--format=%T"]
    )
    guard let result, result.status == 0 else { return nil }
    var states: [String: Int] = [:]
    for line in result.outputText.split(separator: "\n") { states[String(line), default: 0] += 1 }
    return states
  }

  /// Ends all jobs of the run.
  package func cancel() throws(GraderFault) {
    let name = SlurmScripts.name(ofPlan: run.digest)
    let result = try Tool.run("/usr/bin/env", ["scancel", "--me", "--name=\(name)"])
    guard result.status == 0 else {
      throw GraderFault(.unavailable, "Slurm did not end the jobs: \(said(result))")
    }
  }

  /// The end of a run that somebody waits for.
  package enum End: Equatable {
    /// The last merge came to this status, with this account.
    case merged(Int32, account: String)
    /// Nothing of it is known to Slurm any more, and nobody has merged.
    case lost
  }

  /// Waits for the end, and tells how it goes on.
  package func follow() -> End {
    let progress = ProgressPrinter()
    Interruption.atInterruption {
      progress.end()
      progress.note("The jobs go on. `grader status` tells how, and `grader cancel` ends them.")
    }
    defer { Interruption.atInterruption(nil) }
    var (missing, last, count) = (0, -1, VerdictCount(run))
    while true {
      if let status = run.text("ended").flatMap({ Int32($0.trimmed) }) {
        progress.end()
        return .merged(status, account: run.text(RunMerge.accountName) ?? "")
      }
      let start = SuspendingClock.now
      var tally = BatchTally(total: run.plan.submissions.count)
      tally.graded = count.now()
      progress.update(tally, current: [])
      if tally.graded != last, isatty(STDERR_FILENO) == 0 {
        progress.note("\(tally.graded)/\(tally.total) have a verdict")
      }
      last = tally.graded
      missing = jobs()?.isEmpty == true ? missing + 1 : 0
      if missing >= 3, run.text("ended") == nil {
        progress.end()
        return .lost
      }
      // Reading all that was written is not to be what the disk is busy with.
      let taken = (SuspendingClock.now - start) / .seconds(1)
      Thread.sleep(forTimeInterval: min(60, max(1, 10 * taken)))
    }
  }

  /// The number of verdicts of a run while it goes on; a shard that is finished is not read again.
  private struct VerdictCount {
    let run: RunFolder
    private var finished: [Int: Int] = [:]

    init(_ run: RunFolder) { self.run = run }

    mutating func now() -> Int {
      var graded = 0
      for shard in run.plan.allShards {
        if let known = finished[shard.index] {
          graded += known
          continue
        }
        let ledger = run.ledger(of: shard)
        graded += ledger.verdicts.count
        if ledger.isFinished { finished[shard.index] = ledger.verdicts.count }
      }
      return graded
    }
  }
}

extension RunFolder {
  /// The standing of all shards.
  package func standing() -> ClusterText.Standing {
    var standing = ClusterText.Standing()
    for shard in plan.allShards { standing.add(ledger(of: shard), number: shard.index) }
    return standing
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
