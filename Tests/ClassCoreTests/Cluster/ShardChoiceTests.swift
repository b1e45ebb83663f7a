import ClassCore
import Testing

/// The shard follows from the plan's count and one engine's number alone.
@Suite struct ShardChoiceTests {
  private func number(
    _ text: String,
    of shards: Int,
    _ environment: [String: String] = [:]
  ) throws -> Int {
    let choice = try #require(ShardChoice(text))
    return try choice.shard(of: shards, environment: environment).index
  }

  @Test(arguments: [
    ("CHAINRULE_SHARD", "1"), ("SLURM_ARRAY_TASK_ID", "1"), ("JOB_COMPLETION_INDEX", "0"),
    ("CI_NODE_INDEX", "1"), ("PARALLEL_SEQ", "1"),
  ])
  func enginesCountFromWhereTheyCount(name: String, first: String) throws {
    #expect(try number("auto", of: 3, [name: first]) == 1)
    let last = String((Int(first) ?? 0) + 2)
    #expect(try number("auto", of: 3, [name: last]) == 3)
    for outside in [String((Int(first) ?? 0) + 3), String((Int(first) ?? 0) - 1), "x", " 1"] {
      #expect(throws: ShardChoice.Misfit.outside(variable: name, value: outside, shards: 3)) {
        try number("auto", of: 3, [name: outside])
      }
    }
  }

  /// Two shards of twenty that are run again are two tasks, and no plan of two.
  @Test func theEnvironmentsCountIsPassedOver() throws {
    let environment = [
      "SLURM_ARRAY_TASK_ID": "17", "SLURM_ARRAY_TASK_COUNT": "2", "CI_NODE_TOTAL": "2",
    ]
    #expect(try number("auto", of: 20, environment) == 17)
  }

  @Test func twoEnginesAtOnceAreRefused() {
    let environment = [
      "SLURM_ARRAY_TASK_ID": "1", "CI_NODE_INDEX": "1", "JOB_COMPLETION_INDEX": "",
    ]
    #expect(throws: ShardChoice.Misfit.ambiguous(["SLURM_ARRAY_TASK_ID", "CI_NODE_INDEX"])) {
      try number("auto", of: 2, environment)
    }
    #expect(throws: ShardChoice.Misfit.unnamed) { try number("auto", of: 2) }
  }

  @Test func aPartOfAnotherCountIsRefused() throws {
    #expect(try number("2/3", of: 3, ["SLURM_ARRAY_TASK_ID": "1"]) == 2)
    #expect(throws: ShardChoice.Misfit.otherCount(4, shards: 3)) { try number("2/4", of: 3) }
    for text in ["", "0/3", "4/3", "a/3", "Auto"] { #expect(ShardChoice(text) == nil) }
  }
}
