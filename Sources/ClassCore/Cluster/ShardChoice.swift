import GraderCore

/// The caller's word on the part of a plan to grade.
package enum ShardChoice: Equatable, Sendable {
  /// This one.
  case part(Shard)
  /// The one that the engine names in the environment.
  case automatic

  /// A choice as people write it; nil if the text is none.
  package init?(_ text: String) {
    if text == "auto" {
      self = .automatic
    } else if let shard = Shard(text) {
      self = .part(shard)
    } else {
      return nil
    }
  }

  /// The reason why a choice fits no shard of a plan.
  package enum Misfit: Error, Equatable, Sendable {
    /// No engine names a shard.
    case unnamed
    /// Several do.
    case ambiguous([String])
    /// A variable holds what is no number of a shard.
    case outside(variable: String, value: String, shards: Int)
    /// A plan has another number of shards.
    case otherCount(Int, shards: Int)

    /// A sentence on it.
    package var sentence: String {
      switch self {
      case .unnamed:
        "No engine names a shard: none of \(ShardChoice.list) is in the environment."
      case .ambiguous(let names):
        "Several engines name a shard: \(names.joined(separator: ", ")) are in the environment."
      case .outside(let variable, let value, let shards):
        "\(variable) is \(Printable.line(value, longest: 40)), and the plan has \(shards) shards."
      case .otherCount(let count, let shards):
        "The plan has \(shards) shards, not \(count)."
      }
    }
  }

  /// The variables by which engines number the tasks of an array, and their first numbers.
  private static let variables = [
    ("CHAINRULE_SHARD", 1), ("SLURM_ARRAY_TASK_ID", 1), ("JOB_COMPLETION_INDEX", 0),
    ("CI_NODE_INDEX", 1), ("PARALLEL_SEQ", 1),
  ]

  fileprivate static var list: String { variables.map(\.0).joined(separator: ", ") }

  /// The shard of a plan of so many.
  ///
  /// The engine's own number of tasks is passed over: who runs two shards of a plan
  /// again starts two tasks.
  package func shard(
    of shards: Int,
    environment: [String: String]
  ) throws(Misfit) -> Shard {
    switch self {
    case .part(let shard):
      guard shard.count == shards else { throw .otherCount(shard.count, shards: shards) }
      return shard
    case .automatic:
      let found = Self.variables.filter { environment[$0.0]?.isEmpty == false }
      guard let (name, first) = found.first else { throw .unnamed }
      guard found.count == 1 else { throw .ambiguous(found.map(\.0)) }
      let value = environment[name] ?? ""
      guard let number = Int(value), number - first >= 0, number - first < shards else {
        throw .outside(variable: name, value: value, shards: shards)
      }
      return Shard(index: number - first + 1, of: shards)
    }
  }
}
