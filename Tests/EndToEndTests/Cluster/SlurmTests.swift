import Foundation
import GraderCore
import Testing

/// Plans on a real cluster of Slurm, with the faults that clusters have.
///
/// Whatever happens, nothing is missing without being named, nothing is graded twice with different
/// results unnoticed, and no fault of ours becomes a score.
@Suite(.serialized, .onSlurm) struct SlurmTests {
  /// A class on a cluster, which takes memory for one submission at a time on each node.
  private struct Site {
    var cluster: SlurmCluster
    var small: PlannedClass

    init(slow: Int = 0, networks: Bool = false, nodes: Int = 2) throws {
      cluster = try SlurmCluster(nodes: nodes, networks: networks)
      small = try PlannedClass(slow: slow)
    }

    /// `grader batch` with Slurm as its engine.
    func batch(_ arguments: String..., memory: String = "1500M") throws -> Program.Run {
      let command = ["batch", "class", "-o", "results", "--engine", "slurm", "--memory", memory]
      return try small.run(
        command + ["--time", "10", "--course", Repository.root] + arguments,
        environment: cluster.environment
      )
    }

    /// Freezes a plan, changes the script of a shard, and submits it: nobody waits for it here.
    func submit(shards: Int, changing script: String? = nil, _ arguments: String...) throws {
      let command = [
        "batch", "class", "-o", "results", "--engine", "slurm", "--memory", "1500M", "--dry-run",
        "--shards", "\(shards)", "--course", Repository.root,
      ]
      let frozen = try small.run(command + arguments, environment: cluster.environment)
      try #require(frozen.status == 0, "\(frozen.errors)")
      if let script { try small.folder.shell(script, in: "results/run") }
      let words = frozen.output.split(whereSeparator: \.isWhitespace).map(String.init)
      let run = try Program.run(
        "/usr/bin/env",
        words,
        environment: cluster.environment,
        in: small.folder.path
      )
      try #require(run.status == 0, "\(run.errors)")
    }

    /// The status of the last merge, once there is one.
    func end(seconds: Int = 300) throws -> Int32 {
      let path = "\(small.folder.path)/results/run/ended"
      try SlurmCluster.wait(for: "the end of the run", seconds: seconds) {
        FileManager.default.fileExists(atPath: path)
      }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// The node at work on a submission, once some is begun on one.
    func waitForWork(on node: String) throws {
      try SlurmCluster.wait(for: "work on \(node)") {
        small.attempts().contains { path in
          path.contains("-\(node)-")
            && ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").contains("{\"started\"")
        }
      }
    }

    func log(_ name: String) -> String {
      let path = "\(small.folder.path)/results/run/log/\(name).log"
      return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
  }

  @Test func aClassIsGradedAsOnOneMachine() throws {
    let site = try Site()
    let batch = try site.batch("--shards", "2", "--max-running", "2")
    #expect(batch.status == 0, "\(batch.errors)")
    try site.small.expectOneMachinesOutcome(account: batch.output)
    let status = try site.small.run(["status", "results"], environment: site.cluster.environment)
    #expect(status.output.contains("3 of 3 submissions have a verdict, 2 of 2 shards"))
    #expect(status.output.contains("The run has ended:\n4 submissions: 3 graded"))
    // The same command goes on, and finds everything done.
    let again = try site.batch()
    #expect(again.status == 0 && again.output.contains("0 graded, 4 graded before"))
  }

  /// Students' code runs as the user whose jobs these are, and sees nothing of jobs or user.
  @Test func studentsSeeNothingOfTheScheduler() throws {
    let site = try Site()
    let socket = "\(site.cluster.folder)/socket/munge"
    let files = [
      socket, "\(site.cluster.folder)/slurm.conf",
      "\(site.small.folder.path)/results/run/plan.json",
      site.small.folder.path, NSHomeDirectory(), "/etc/hostname",
    ]
    #expect(files.allSatisfy { FileManager.default.fileExists(atPath: $0) || $0.contains("/run/") })
    let look = Attack(
      "a look for the scheduler",
      "var seen = ProcessInfo.processInfo.environment.count; "
        + "for path in \(files) where open(path, O_RDONLY) >= 0 { seen += 1 }; "
        + "if socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) >= 0 { seen += 1 }; "
        + "print(\"attempt: \\(seen) seen\")",
      .passed
    )
    let eve = try Homework.solution.attacked(by: look, in: Slot.all[9]).homework
    let archive = try eve.packed(in: site.small.folder)
    try site.small.folder.shell("rm class/*; mv '\(archive)' class/eve.tar.gz")
    let batch = try site.batch()
    #expect(batch.status == 0, "\(batch.errors)")
    let path = "\(site.small.folder.path)/results/grades/eve.json"
    let grade = try JSONDecoder().decode(Grade.self, from: Data(contentsOf: URL(filePath: path)))
    let test = try grade.test("backward-closed")
    #expect(test.status == .passed)
    #expect(test.staffMessage?.contains("attempt: 0 seen") == true, "\(test.staffMessage ?? "")")
  }

  /// Whoever kills a grader has not failed a student, and need not start it again.
  @Test func aKilledGraderIsStartedAgain() throws {
    let site = try Site(slow: 1)
    try site.submit(shards: 1)
    try SlurmCluster.wait(for: "the slow one") { site.small.lines("started").count == 4 }
    for node in ["n1", "n2"] {
      for process in try site.cluster.processes(on: node, of: "grader") { kill(process, SIGKILL) }
    }
    #expect(try site.end() == 0, "\(site.log("shard-1"))")
    #expect(site.small.attempts().count == 2)
    #expect(site.small.lines("graded").count == 4)
    try site.small.expectOneMachinesOutcome()
  }

  /// A node that cannot grade takes no work away from those that can: no shard comes to it twice.
  @Test func aBrokenNodeGradesNothing() throws {
    let site = try Site()
    try site.submit(
      shards: 2,
      changing: """
        sed -i 's|^set -u$|set -u; [ $SLURMD_NODENAME = n1 ] \\&\\& broken=yes|
          s|^status=|status=|; s|^export PATH=.*|&; [ "${broken-}" ] \\&\\& PATH=/usr/bin:/bin|
          ' shard.sh
        """
    )
    #expect(try site.end() == 0, "\(site.log("shard-1"))")
    #expect(site.small.lines("refused").count >= 1)
    let broken = site.small.attempts().filter { $0.contains("-n1-") }
      .map { ($0 as NSString).deletingLastPathComponent }
    #expect(Set(broken).count == broken.count, "\(site.small.attempts())")
    let names = site.small.attempts().filter { path in
      ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").contains("{\"started\"")
    }
    #expect(!names.isEmpty && names.allSatisfy { $0.contains("-n2-") })
    try site.small.expectOneMachinesOutcome()
  }

  /// A node that is gone with all that ran on it is missed, and its work done elsewhere.
  @Test func aLostNodesWorkIsDoneElsewhere() throws {
    let site = try Site(slow: 2)
    try site.submit(shards: 2)
    try site.waitForWork(on: "n1")
    for process in try site.cluster.processes(on: "n1") { kill(process, SIGKILL) }
    #expect(try site.end() == 0, "\(site.log("shard-1"))")
    #expect(site.small.attempts().count >= 3)
    try site.small.expectOneMachinesOutcome()
  }

  /// A daemon that wakes up again finds its work given away, and both copies can have written.
  @Test(.beyondTheSample()) func aFrozenNodesCopiesAgree() throws {
    let site = try Site(slow: 2)
    try site.submit(shards: 2)
    try site.waitForWork(on: "n1")
    let daemon = try site.cluster.daemon(of: "n1")
    kill(daemon, SIGSTOP)
    defer { kill(daemon, SIGCONT) }
    #expect(try site.end() == 0, "\(site.log("shard-1"))")
    try site.small.expectOneMachinesOutcome()
  }

  /// Two copies of a shard run at once, since nobody can end the one behind the cut.
  @Test(.beyondTheSample(), .asRoot) func twoCopiesBehindACutLinkAgree() throws {
    let site = try Site(slow: 12, networks: true, nodes: 3)
    try site.submit(shards: 2)
    try site.waitForWork(on: "n1")
    _ = try Program.run("/usr/bin/env", ["ip", "link", "set", "vgr1", "down"])
    #expect(try site.end(seconds: 600) == 0, "\(site.log("shard-1"))")
    let status = try site.small.run(["status", "results"], environment: site.cluster.environment)
    #expect(status.output.contains("Graded more than once: "), "\(status.output)")
    #expect(!status.output.contains("different results"))
    try site.small.expectOneMachinesOutcome()
  }

  /// The time of a shard is over before its work is: the rest is submitted again.
  @Test(.beyondTheSample()) func aShardWithoutTimeGoesOn() throws {
    let site = try Site(slow: 8)
    // The first try rests for most of its minute.
    try site.submit(
      shards: 1,
      changing: """
        sed -i 's/--time=60 /--time=1 /' submit.sh
        sed -i 's|^set -u$|&; mkdir "\(site.small.folder.path)/rested" \\&\\& sleep 55|' shard.sh
        """
    )
    #expect(try site.end(seconds: 600) == 0, "\(site.log("shard-1"))")
    #expect(site.small.attempts().count >= 2)
    try site.small.expectOneMachinesOutcome()
  }

  /// Memory that was asked for too sparingly is nobody's failure.
  @Test(.beyondTheSample()) func aShardWithoutMemoryIsNoScore() throws {
    let site = try Site()
    let starved = try site.batch("--shards", "1", memory: "40M")
    #expect([70, 75].contains(starved.status), "\(starved.errors)")
    #expect(try site.small.ask("SELECT count(*) FROM grade") == "0")
    let batch = try site.batch("--shards", "1")
    #expect(batch.status == 0, "\(batch.errors)")
    try site.small.expectOneMachinesOutcome()
  }

  /// A disk that is full where verdicts are written keeps them back, and no more than them.
  @Test(.beyondTheSample(), .asRoot) func aFullDiskIsNoScore() throws {
    let site = try Site()
    let parts = "\(site.small.folder.path)/results/run/parts"
    try site.submit(
      shards: 2,
      changing: "mkdir parts/00001; mount -t tmpfs -o size=8k none parts/00001"
    )
    let status: Int32
    do {
      defer { _ = try? Program.run("/usr/bin/env", ["umount", "\(parts)/00001"]) }
      status = try site.end(seconds: 600)
    }
    #expect(status == 75, "\(site.log("shard-1"))")
    #expect(try site.small.ask("SELECT count(*) FROM withheld") != "0")
    let batch = try site.batch("--shards", "1")
    #expect(batch.status == 0, "\(batch.errors)")
    try site.small.expectOneMachinesOutcome()
  }

  /// Elements that come after another plan was put in the place of theirs grade nothing.
  @Test(.beyondTheSample()) func aPlanThatIsChangedUnderAnArrayIsNoticed() throws {
    let site = try Site(slow: 2)
    let other = try site.small.grader("plan", "class", "-o", "other", "--seed", "7")
    #expect(other.status == 0, "\(other.errors)")
    try site.submit(shards: 3, "--max-running", "1")
    try SlurmCluster.wait(for: "a verdict") { !site.small.lines("graded").isEmpty }
    try site.small.folder.shell("cp other/run/plan.* results/run/")
    #expect(try site.end() == 64, "\(site.log("shard-2"))")
    #expect(site.log("shard-3").contains("is not the plan that this was started for"))
    #expect(site.small.attempts().count == 1)
    #expect(try site.small.ask("SELECT count(*) FROM grade") == "0")
    // The same command freezes a new one and starts over.
    let batch = try site.batch("--shards", "2")
    #expect(batch.status == 0, "\(batch.errors)")
    try site.small.expectOneMachinesOutcome()
  }

  @Test func aCancelledRunKeepsWhatItHas() throws {
    let site = try Site(slow: 2)
    try site.submit(shards: 1)
    try SlurmCluster.wait(for: "a verdict") { !site.small.lines("graded").isEmpty }
    let refused = try site.batch()
    #expect(refused.status == 64 && refused.errors.contains("`grader cancel` ends them"))
    let cancel = try site.small.run(["cancel", "results"], environment: site.cluster.environment)
    #expect(cancel.status == 0, "\(cancel.errors)")
    try SlurmCluster.wait(for: "the end of all jobs") {
      try site.cluster.ask("squeue", "-h").isEmpty
    }
    // An attempt that was asked to end is no death.
    let batch = try site.batch("--shards", "2")
    #expect(batch.status == 0, "\(batch.errors)")
    try site.small.expectOneMachinesOutcome()
  }
}
