import ArgumentParser
import ClassCore

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
