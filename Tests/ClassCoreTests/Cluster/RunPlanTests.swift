import ClassCore
import Testing

@Suite struct RunPlanTests {
  private func plan(_ submissions: Int, shards: Int) -> RunPlan {
    RunPlan(
      means: .init(
        grader: "0",
        toolchain: "t",
        jail: "L3",
        suites: ["a1": "s"],
        policy: "p",
        seed: nil
      ),
      shards: shards,
      submissions: (0..<submissions).map { number in
        RunPlan.Submission(
          key: "\(number)",
          archive: "sha256:\(number)",
          name: "n",
          shown: "n",
          chosen: nil,
          submission: nil,
          intake: "i",
          owners: []
        )
      },
      tally: BatchTally(total: submissions)
    )
  }

  @Test(arguments: [(1, 1), (7, 3), (7, 7), (3, 8), (100, 9)])
  func everySubmissionIsInOneShard(submissions: Int, shards: Int) {
    let plan = plan(submissions, shards: shards)
    let parts = plan.allShards.map { plan.work(of: $0) }
    #expect(parts.count == min(shards, submissions))
    #expect(parts.joined().map(\.key).sorted() == plan.submissions.map(\.key).sorted())
    let lengths = parts.map(\.count)
    #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
  }

  @Test(
    arguments: [
      (20, 1, nil, 1), (200, 1, nil, 4), (200, 2, nil, 2), (200, 1, 16, 20), (200, 1, 4, 8),
      (10_000_000, 1, nil, 1000),
    ] as [(Int, Int, Int?, Int)]
  )
  func shardsTakeSomeMinutes(submissions: Int, cores: Int, running: Int?, shards: Int) {
    #expect(
      RunPlan.usualShards(submissions: submissions, cores: cores, running: running) == shards
    )
  }
}

@Suite struct ClusterTextTests {
  @Test(
    arguments: [
      ([], ""), ([3], "3"), ([1, 2, 3], "1-3"), ([1, 3, 4, 9], "1,3-4,9"),
    ] as [([Int], String)]
  )
  func rangesAreThoseOfAnArray(numbers: [Int], text: String) {
    #expect(ClusterText.ranges(numbers) == text)
  }
}

@Suite struct SlurmScriptsTests {
  private func scripts(_ change: (inout SlurmScripts.Resources) -> Void = { _ in })
    -> [String: String]
  {
    var resources = SlurmScripts.Resources()
    change(&resources)
    return SlurmScripts(
      grader: "/opt/grader",
      results: "/home/ta/it's here",
      plan: "0123456789abcdef",
      resources: resources,
      course: ["--course", "/home/ta/course"],
      merge: ["--course", "/home/ta/course"],
      environment: ["PATH": "/opt/swift/bin:/usr/bin"]
    ).files
  }

  @Test func optionsReachSlurm() throws {
    let submit = try #require(
      scripts {
        $0.partition = "short"
        ($0.time, $0.memory, $0.running, $0.cores) = ("2:00:00", "8G", 5, 4)
        $0.others = ["--account=a b"]
      }["submit.sh"]
    )
    for word in [
      "--partition=short", "--time=2:00:00", "--mem=8G", "%5", "--cpus-per-task=4",
      "'--account=a b'", "--dependency=\"afterany:$array\"",
    ] {
      #expect(submit.contains(word))
    }
  }

  /// Whoever names one element by the job's number can mean the array.
  @Test func shardsAreRequeuedByTheirOwnNumberAndNotForEver() throws {
    let shard = try #require(scripts()["shard.sh"])
    #expect(!shard.contains("requeue \"$SLURM_JOB_ID"))
    #expect(shard.contains("me=${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"))
    #expect(shard.contains("SLURM_RESTART_COUNT:-0}\" -lt 3"))
    #expect(shard.contains("--run '/home/ta/it'\\''s here' --plan 0123456789abcdef"))
  }
}
