import Foundation
import GraderCore
import Testing

/// The contract of a plan, its shards and their merge, without any engine.
@Suite struct FrozenPlanTests {
  private func planned(_ shards: Int = 2, slow: Int = 0) throws -> PlannedClass {
    let small = try PlannedClass(slow: slow)
    let plan = try small.grader("plan", "class", "-o", "results", "--shards", "\(shards)")
    try #require(plan.status == 0, "\(plan.errors)")
    #expect(plan.output.hasPrefix("\(3 + slow) submissions in \(shards) shards: "))
    return small
  }

  @Test func shardsInAnyOrderGiveTheGradesOfOneMachine() throws {
    let small = try planned()
    let second = try small.shard("auto", environment: ["CI_NODE_INDEX": "2"])
    #expect(second.status == 0, "\(second.errors)")
    let early = try small.grader("merge", "results")
    #expect(early.status == 75)
    #expect(early.output.contains("No machine has finished it yet."))
    let status = try small.run(["status", "results"])
    #expect(status.output.contains("1 of 3 submissions have a verdict"))
    #expect(try small.run(["status", "results", "--unfinished"]).output == "1\n")
    #expect(try small.shard("1/2").status == 0)
    let again = try small.shard("1/2")
    #expect(again.output.contains("0 graded now, 2 of 2 have a verdict"))
    let merge = try small.grader("merge", "results")
    #expect(merge.status == 0, "\(merge.errors)")
    try small.expectOneMachinesOutcome(account: merge.output)
    #expect(try small.grader("merge", "results").output == merge.output)
    #expect(try small.ask("SELECT count(*) FROM award") == "4")
    #expect(try small.ask("SELECT count(*) FROM grade") == "3")
    // Nothing is left to plan, and the account is that of a run that finds everything graded.
    let rest = try small.grader("plan", "class", "-o", "results")
    #expect(rest.status == 0 && rest.output.contains("0 graded, 4 graded before"))
  }

  @Test func shardsAreThoseOfThePlan() throws {
    let small = try planned()
    let auto = { (environment: [String: String]) in
      try small.shard("auto", environment: environment)
    }
    for wrong in [try small.shard("1/3"), try auto([:]), try auto(["CI_NODE_INDEX": "3"])] {
      #expect(wrong.status == 64)
    }
    let two = try auto(["CI_NODE_INDEX": "1", "SLURM_ARRAY_TASK_ID": "1"])
    #expect(two.status == 64 && two.errors.contains("Several engines name a shard"))
    #expect(small.attempts().isEmpty)
  }

  /// A machine that cannot grade leaves everything to others, and says why.
  @Test func aMachineThatCannotGradeGradesNothing() throws {
    let small = try planned(1)
    let broken = try small.shard("1/1", environment: ["PATH": "/usr/bin:/bin"])
    #expect(broken.status == 75, "\(broken.errors)")
    let unjailed = try small.shard("1/1", "--no-jail")
    #expect(unjailed.status == 75, "\(unjailed.errors)")
    #expect(unjailed.errors.contains("Its jail is another than the plan's."))
    let full = try small.shard("1/1", environment: ["TMPDIR": "/nowhere"])
    #expect(full.status == 75, "\(full.errors)")
    #expect(small.lines("started").isEmpty && small.lines("graded").isEmpty)
    #expect(small.lines("refused").count == 3)
    #expect(
      try small.run(["status", "results"]).output.contains("Machines that graded nothing, 1:")
    )
  }

  /// A changed plan or course is so on all machines: nobody tries again, and nothing is graded.
  @Test func aChangedPlanGradesNothing() throws {
    let small = try planned(1)
    let other = try small.shard("1/1", "--plan", String(repeating: "0", count: 64))
    #expect(other.status == 64)
    #expect(other.errors.contains("is not the plan that this was started for"))
    try small.folder.shell("sed -i 's/\"shards\" : 1/\"shards\" : 2/' results/run/plan.json")
    #expect(try small.shard("1/1").status == 64)
    #expect(try small.grader("merge", "results").status == 64)
    #expect(small.attempts().isEmpty)
    // A new one is frozen in its place.
    #expect(try small.grader("plan", "class", "-o", "results", "--shards", "1").status == 0)
    #expect(try small.shard("1/1").status == 0)
  }

  @Test func anotherCourseGradesNothing() throws {
    let small = try planned(1)
    let course = try TestCourse(limits: .init(all: ["testWallSeconds": 11]), in: small.folder)
    let changed = try small.run(
      ["batch", "--run", "results", "--shard", "1/1", "--course", course.path]
    )
    #expect(changed.status == 64, "\(changed.errors)")
    #expect(changed.errors.contains("The course or the grader is another"))
    #expect(small.lines("started").isEmpty)
  }

  /// What a killed grader or a full disk leaves of a line counts for nothing, and is done again.
  @Test func aTornLineIsGradedAgain() throws {
    let small = try planned(1)
    #expect(try small.shard("1/1").status == 0)
    let file = try #require(small.attempts().first)
    let ends = small.lines("graded").count
    try small.folder.shell("truncate -s -400 '\(file)'")
    #expect(small.lines("graded").count == ends)
    let again = try small.shard("1/1")
    #expect(again.status == 0 && again.output.contains("1 graded now"), "\(again.output)")
    let merge = try small.grader("merge", "results")
    #expect(merge.status == 0, "\(merge.errors)")
    try small.expectOneMachinesOutcome(account: merge.output)
  }

  /// Whatever the moment, the gradebook is as it was or whole.
  @Test(.beyondTheSample()) func aMergeThatIsKilledIsDoneAgain() throws {
    let small = try planned(1)
    #expect(try small.shard("1/1").status == 0)
    for seconds in ["0.02", "0.05", "0.1", "0.2", "0.4"] {
      _ = try small.run(
        ["merge", "results", "--course", Repository.root],
        wrapper: ["/usr/bin/timeout", "-s", "KILL", seconds]
      )
      let graded = try small.ask("SELECT count(*) FROM award")
      #expect(["0", "4"].contains(graded))
    }
    #expect(try small.grader("merge", "results").status == 0)
    try small.expectOneMachinesOutcome()
  }

  /// The killer is never given a score, and its neighbours have theirs.
  @Test func whatKillsTwoGradersIsLeftToPeople() throws {
    let small = try planned(1, slow: 1)
    for attempt in 1...2 {
      // The last that is begun is the slow one, which goes on when everything else has ended.
      try small.folder.shell(
        """
        '\(Program.beside("grader"))' batch --run results --shard 1/1 --jobs 1 \
          --course '\(Repository.root)' &
        until [ "$(cat results/run/parts/*/*.jsonl 2>/dev/null | grep -c '{"started"')" \
          -ge \(attempt + 3) ]; do sleep 0.05; done
        kill -KILL $!
        """
      )
    }
    let third = try small.shard("1/1")
    #expect(third.status == 70, "\(third.errors)")
    #expect(third.errors.contains("Graders died while they graded slow0"))
    #expect(small.attempts().count == 2)
    #expect(try small.run(["status", "results", "--unfinished"]).output == "")
    let merge = try small.grader("merge", "results")
    #expect(merge.status == 70)
    #expect(merge.output.contains("2 graders died while they graded it"))
    #expect(
      try small.ask("SELECT group_concat(attempt.slug) FROM withheld JOIN attempt ON id = attempt")
        == "slow0"
    )
    #expect(try small.ask("SELECT count(*) FROM award") == "4")
  }
}
