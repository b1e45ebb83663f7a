/// The scripts by which Slurm runs a plan: one job array, and behind it a merge.
///
/// They do no more than call `grader`; whoever has another engine writes such a few lines for it.
package struct SlurmScripts: Sendable {
  /// The resources of one element of the array.
  package struct Resources: Sendable {
    /// The partition; the site's usual one if nil.
    package var partition: String?
    /// The longest time, as Slurm reads it.
    package var time = "60"
    /// The memory, as Slurm reads it; by the number of cores if nil.
    package var memory: String?
    /// The most elements that run at once; the site's bound if nil.
    package var running: Int?
    /// The cores of an element, and so the submissions that it grades at once.
    package var cores = 1
    /// Further options of `sbatch`, as they are.
    package var others: [String] = []

    package init() {}
  }

  /// The grader's own file.
  package var grader: String
  /// The folder of results.
  package var results: String
  /// The digest of the plan.
  package var plan: String
  /// See `Resources`.
  package var resources: Resources
  /// Options of `grader` about course and jail.
  package var course: [String]
  /// Further options of `grader merge`.
  package var merge: [String]
  /// The environment that the grader needs on the nodes.
  package var environment: [String: String]

  package init(
    grader: String,
    results: String,
    plan: String,
    resources: Resources,
    course: [String],
    merge: [String],
    environment: [String: String]
  ) {
    (self.grader, self.results, self.plan) = (grader, results, plan)
    (self.resources, self.course, self.merge) = (resources, course, merge)
    self.environment = environment
  }

  /// A node that cannot grade is left for another so often.
  static let mostRequeues = 3
  /// Shards that died are submitted so often.
  static let mostRounds = 3

  /// The name of all jobs of a plan.
  package static func name(ofPlan digest: String) -> String { "chainrule-\(digest.prefix(12))" }

  /// The names of the scripts, and their texts.
  package var files: [String: String] {
    ["submit.sh": submit, "shard.sh": shard, "merge.sh": mergeScript]
  }

  /// The memory of a worker, a judge and a compiler at once, for each core.
  private static let megabytesPerCore = 2000

  private var submit: String {
    let most = resources.running.map { "%\($0)" } ?? ""
    let memory = resources.memory ?? "\(resources.cores * Self.megabytesPerCore)M"
    let (common, own) = (words(commonOptions), words(resources.others))
    return """
      #!/bin/sh
      # Submits shards of the plan, and behind them their merge: submit.sh ROUND SHARDS, as 1 1-20.
      # The merge comes after any end of the array: what failed is listed by it, and tried again.
      set -eu
      cd "$(dirname "$0")"
      round=$1 shards=$2
      rm -f ended
      array=$(sbatch --parsable \(common) --array="$shards\(most)" \\
        --cpus-per-task=\(resources.cores) --mem=\(word(memory)) --time=\(word(resources.time)) \\
        --requeue --open-mode=append --output=log/shard-%a.log\(own) shard.sh)
      array=${array%%;*}
      merge=$(sbatch --parsable \(common) --dependency="afterany:$array" --time=60 \\
        --open-mode=append --output=log/merge.log\(own) merge.sh "$round") ||
        { scancel "$array"; exit 1; }
      printf '%s %s\\n' "$array" "${merge%%;*}" >jobs.new
      mv jobs.new jobs
      echo "Submitted: array $array of shards $shards, merge ${merge%%;*}"

      """
  }

  private var commonOptions: [String] {
    ["--job-name=\(Self.name(ofPlan: plan))"]
      + (resources.partition.map { ["--partition=\($0)"] } ?? [])
  }

  private var shard: String {
    """
    #!/bin/bash
    # One element of the array is one shard. The grader's status: 0 all of it has a verdict, however
    # bad; 75 another node may do better; anything else is not tried again here. The bound on tries
    # stands here, since RequeueExit in slurm.conf has none.
    set -u
    \(exports)
    \(call(["batch", "--run", results, "--plan", plan] + course)) \\
      --shard auto --jobs \(resources.cores)
    status=$?
    # For one element, $SLURM_JOB_ID can be the whole array.
    me=${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}
    if { [ $status = 75 ] || [ $status = 137 ]; } &&
      [ "${SLURM_RESTART_COUNT:-0}" -lt \(Self.mostRequeues) ]; then
      # Away from this node, if there is another one.
      away=
      [ $status = 75 ] && sinfo -h -N -p "$SLURM_JOB_PARTITION" -o '%N %t' |
        grep -v -e "^$SLURMD_NODENAME " -e 'd[or]' | grep -q . && away=yes
      # Only a job that waits can be told where not to run, and with the requeue Slurm ends what
      # runs here, this script too: it has to outlast the first signal.
      trap '' TERM
      if scontrol requeue "$me"; then
        for try in 1 2 3 4 5; do
          [ -z "$away" ] || scontrol update JobId="$me" ExcNodeList="$SLURMD_NODENAME" && break
          sleep 0.2
        done
        sleep 60 # until Slurm ends this
      fi
    fi
    # 75 is on no site's list of statuses that are tried again for ever.
    [ $status = 75 ] && exit 1
    exit $status

    """
  }

  private var mergeScript: String {
    """
    #!/bin/bash
    # Enters all verdicts in the gradebook, and submits again what some end of a job left undone.
    set -u
    \(exports)
    \(call(["merge", results, "--plan", plan] + merge))
    status=$?
    left=$(\(call(["status", results, "--unfinished"])))
    if [ -n "$left" ] && [ "$1" -lt \(Self.mostRounds) ]; then
      sh \(word("\(results)/run/submit.sh")) $(($1 + 1)) "$left" && exit 0
    fi
    cd \(word("\(results)/run")) && echo $status >ended.new && mv ended.new ended
    exit $status

    """
  }

  private var exports: String {
    environment.sorted { $0.key < $1.key }
      .map { "export \($0.key)=\(word($0.value))" }.joined(separator: "\n")
  }

  private func call(_ arguments: [String]) -> String {
    ([grader] + arguments).map(word).joined(separator: " ")
  }

  private func words(_ options: [String]) -> String {
    options.map { " " + word($0) }.joined()
  }

  /// Options begin with a hyphen and hold `=`, which are plain here.
  private func word(_ text: String) -> String {
    let isPlain = text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-=./_:,%".contains($0))
    }
    return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }
}
