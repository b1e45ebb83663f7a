import Foundation
import Testing

/// A cluster of Slurm on this host, of several node daemons, which ends with its value.
final class SlurmCluster: Sendable {
  /// Its folder; short, since sockets lie in it.
  let folder: String

  private static let scripts = "\(Repository.root)/Tests/Fixtures/slurm"

  /// True if Slurm and munge are installed.
  static let isHere = ["slurmctld", "slurmd", "munged"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: "/usr/sbin/\($0)")
  }

  /// Starts it; with `networks`, which takes root, each node has a network of its own.
  init(nodes: Int = 2, networks: Bool = false) throws {
    folder = "/tmp/chainrule-slurm-\(UUID().uuidString.prefix(8))"
    let start = try Program.run(
      "\(Self.scripts)/start",
      [folder, "\(nodes)"],
      environment: networks ? ["NETWORKS": "yes"] : [:]
    )
    if start.status != 0 { _ = try? Program.run("\(Self.scripts)/stop", [folder]) }
    try #require(start.status == 0, "\(start.errors)")
  }

  deinit { _ = try? Program.run("\(Self.scripts)/stop", [folder]) }

  /// The environment in which programs reach it, and no other one.
  var environment: [String: String] { ["SLURM_CONF": "\(folder)/slurm.conf"] }

  /// Runs a program of Slurm; it has to succeed.
  @discardableResult
  func ask(_ program: String, _ arguments: String...) throws -> String {
    let run = try Program.run("/usr/bin/env", [program] + arguments, environment: environment)
    try #require(run.status == 0, "\(program): \(run.errors)")
    return run.output
  }

  /// The processes of jobs on a node: those of a program, or all with the daemons.
  func processes(on node: String, of program: String? = nil) throws -> [Int32] {
    let arguments = [folder, node] + (program.map { [$0] } ?? [])
    let run = try Program.run("\(Self.scripts)/processes", arguments)
    return run.output.split(separator: "\n").compactMap { Int32($0) }
  }

  /// The daemon of a node.
  func daemon(of node: String) throws -> Int32 {
    let text = try String(contentsOfFile: "\(folder)/pids/slurmd.\(node)", encoding: .utf8)
    return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// Waits for something; what never comes fails.
  static func wait(
    for what: String,
    seconds: Int = 300,
    sourceLocation: SourceLocation = #_sourceLocation,
    until isThere: () throws -> Bool
  ) throws {
    for _ in 0..<(seconds * 5) {
      if try isThere() { return }
      usleep(200_000)
    }
    try #require(Bool(false), "\(what) did not come", sourceLocation: sourceLocation)
  }
}

extension Trait where Self == ConditionTrait {
  /// Leaves a test out where there is no Slurm.
  static var onSlurm: Self {
    .enabled(
      if: SlurmCluster.isHere,
      "Slurm is not installed: apt-get install --no-install-recommends slurm-wlm munge"
    )
  }

  /// Leaves a test out that needs root, and says so.
  static var asRoot: Self { .enabled(if: geteuid() == 0, "it needs root") }
}
