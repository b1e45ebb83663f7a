import Foundation
import GraderCore
import Sandbox

/// Runs the programs of the toolchain (compiler, linker, symbolizer) where they can read the
/// toolchain and the sources, and nothing else.
struct ToolJail: Sendable {
  let jail: Jail
  let toolchain: Toolchain

  /// The result of a job.
  struct Result {
    var succeeded: Bool
    /// The output, of both streams.
    var output: [UInt8]
    /// The reason why it was stopped, if it was.
    var stop: String?
    /// The processor time that it took.
    var cpuSeconds: Double

    /// The explanation of a failure.
    var explanation: [UInt8] { stop.map { Array("error: \($0)\n".utf8) + output } ?? output }
  }

  /// Folders outside the toolchain that hold the loader, shared libraries and start files.
  private static let systemFolders = [
    "/usr/lib/gcc", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64", "/lib64", "/lib",
  ]

  /// Runs a tool of the toolchain.
  ///
  /// It may read the `readable` folders beside the toolchain, the system's headers and the sources.
  /// `seconds` is what it may take at the most, and `outputCap` how many bytes of its output are
  /// kept; the limits' values if nil.
  func run(
    _ executable: String,
    _ arguments: [String],
    work: WorkFolder,
    readable: [String],
    limits: GradingLimits,
    seconds: Int?,
    outputCap: Int? = nil
  ) throws(GraderFault) -> Result {
    let cpu = min(seconds ?? limits.compileCPUSeconds, limits.compileCPUSeconds)
    // A compiler does not sleep, and on a busy machine the clock says nothing about the code.
    let wall = limits.compileWallSeconds
    let command = Command(
      executable: executable,
      arguments: arguments,
      environment: ["HOME": work.output, "TMPDIR": work.output, "PATH": "/nowhere"],
      workingDirectory: work.sources,
      outputCap: outputCap ?? limits.outputBytes
    )
    let policy = JailPolicy(
      filter: .compiler,
      readable: readable + [work.sources, "/usr/include"],
      executable: ["\(toolchain.root)/bin", "\(toolchain.root)/lib"]
        + Self.systemFolders.filter(Files.exists),
      writable: [work.output],
      limits: Limits(
        cpuSeconds: cpu,
        addressSpaceBytes: limits.compileMemoryMiB << 20,
        fileSizeBytes: 256 << 20,
        descriptors: 256
      )
    )
    let outcome = try jail.demand(command, policy: policy, deadline: Double(wall))
    return Result(
      succeeded: outcome.ending == .exited(code: 0) && !outcome.stoppedByDeadline,
      output: outcome.standardOutput.bytes + outcome.standardError.bytes,
      stop: Self.stop(outcome, cpu: cpu, wall: wall, memory: limits.compileMemoryMiB),
      cpuSeconds: outcome.cpuSeconds
    )
  }

  private static func stop(_ outcome: Outcome, cpu: Int, wall: Int, memory: Int) -> String? {
    if outcome.stoppedByDeadline { return "compiling took longer than \(wall) s" }
    switch outcome.ending {
    case .exited(0): return nil
    // The compiler's own words; if the code printed them, it did not compile either way.
    case _ where outcome.standardError.text.contains("LLVM ERROR: out of memory"):
      return "compiling took more than \(memory) MiB of memory; make the file smaller"
    case .signaled(SIGXCPU):
      return "compiling took more than \(cpu) s of processor time; simplify long expressions"
    case .signaled(let signal): return "the compiler crashed on this code (signal \(signal))"
    case .exited: return nil
    }
  }
}
