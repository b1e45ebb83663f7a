package import ClassCore
import Foundation
import GradeFormats
import GraderCore
package import GraderRuntime

/// The folder of a run on many machines, `run/` among the results: its plan, and what attempts at
/// its shards wrote.
///
/// It may lie on a file system that many machines share: no file of it has two writers, and there
/// is no database in it.
package struct RunFolder: Sendable {
  /// Its path.
  package let path: String
  /// The plan.
  package let plan: RunPlan
  /// The digest of the plan.
  package let digest: String

  private static let (planName, sumName) = ("plan.json", "plan.sha256")

  /// The path of the run of a folder of results.
  package static func path(in results: String) -> String { "\(results)/run" }

  /// The run of a folder of results; nil if it has none.
  ///
  /// - Throws: `GraderFault` when its plan is not as it was frozen, or is another than `expected`.
  package init?(in results: String, expected: String? = nil) throws(GraderFault) {
    path = Self.path(in: results)
    let file = "\(path)/\(Self.planName)"
    guard Files.exists(file) else { return nil }
    let bytes = try Files.read(file)
    digest = Digest.hex(of: bytes)
    let sum = try Files.read("\(path)/\(Self.sumName)")
    guard digest == String(decoding: sum, as: UTF8.self), expected == nil || expected == digest
    else {
      throw GraderFault(
        .usage,
        "\(file) is not the plan that this was started for, so nothing is graded by it.",
        remedy: "Run `grader batch` with its engine again: it goes on with what is missing."
      )
    }
    do {
      plan = try JSONText.value(of: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw GraderFault(
        .usage,
        "\(file) cannot be read: \(error)",
        remedy: "Use the version of the grader that wrote it."
      )
    }
  }

  /// The run that a folder of results must have.
  package static func demand(
    in results: String,
    expected: String? = nil
  ) throws(GraderFault) -> RunFolder {
    if let run = try RunFolder(in: results, expected: expected) { return run }
    throw GraderFault(
      .usage,
      "There is no plan in \(results).",
      remedy: "Freeze one with `grader plan`, or with `grader batch --engine`."
    )
  }

  /// Freezes a plan; what an earlier one left is taken away.
  package init(freezing plan: RunPlan, in results: PrivateFolder) throws(GraderFault) {
    let text = try JSONText.encode(plan) + "\n"
    let (bytes, path) = (Array(text.utf8), Self.path(in: results.path))
    digest = Digest.hex(of: bytes)
    Files.remove(path)
    let folder = try results.folder("run")
    for name in ["parts", "log"] { _ = try folder.folder(name) }
    try folder.write(bytes, to: Self.planName)
    try folder.write(Array(digest.utf8), to: Self.sumName)
    (self.path, self.plan) = (path, plan)
  }

  // MARK: Attempts

  private func parts(_ shard: Shard) -> String {
    let number = String(shard.index)
    return "\(path)/parts/" + String(repeating: "0", count: max(0, 5 - number.count)) + number
  }

  /// The standing of a shard, from all that was written so far.
  package func ledger(of shard: Shard) -> ShardLedger {
    var ledger = ShardLedger(plan.work(of: shard), plan: digest)
    let folder = parts(shard)
    for name in AttemptFile.names(in: folder) {
      ledger.add(name, AttemptFile.records(at: "\(folder)/\(name)"))
    }
    return ledger
  }

  /// A new file for an attempt at a shard, with its first line.
  package func open(_ shard: Shard, environment: [String: String]) throws(GraderFault)
    -> AttemptFile
  {
    let host = environment["SLURMD_NODENAME"] ?? ProcessInfo.processInfo.hostName
    let job = Self.job(environment)
    let name = [job, host, "\(getpid())", String(UUID().uuidString.prefix(8))]
      .map { $0.filter { $0.isLetter || $0.isNumber || "._".contains($0) } }.joined(separator: "-")
    let folder = try PrivateFolder("\(path)/parts").folder(
      (parts(shard) as NSString).lastPathComponent
    )
    let file = try AttemptFile(name, in: folder)
    let opening = AttemptRecord.Opening(
      plan: digest,
      shard: shard.index,
      host: host,
      job: job,
      openedAt: Date.now.formatted(.iso8601)
    )
    try file.add(.opened(opening))
    return file
  }

  private static func job(_ environment: [String: String]) -> String {
    let names = ["SLURM_ARRAY_JOB_ID", "CI_PIPELINE_ID", "GITHUB_RUN_ID"]
    let id = names.lazy.compactMap { environment[$0] }.first ?? "local"
    return "\(id).\(environment["SLURM_RESTART_COUNT"] ?? "0")"
  }

  // MARK: Files of an engine

  /// The text of a small file in it; nil if it is not there.
  package func text(_ name: String) -> String? {
    guard let bytes = try? Files.read("\(path)/\(name)") else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a small file in one step.
  package func write(_ text: String, to name: String) throws(GraderFault) {
    try PrivateFolder(path).write(Array(text.utf8), to: name)
  }

  /// Takes a small file away.
  package func remove(_ name: String) { Files.remove("\(path)/\(name)") }
}
