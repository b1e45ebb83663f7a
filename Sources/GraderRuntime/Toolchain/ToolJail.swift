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
    /// The part that came over the standard output; nil if that was too long to be kept whole.
    var standardOutput: [UInt8]?
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
    let allowance = Watch.Allowance(
      cpuSeconds: cpu,
      wallSeconds: Double(limits.compileWallSeconds),
      memoryBytes: limits.compileMemoryMiB << 20
    )
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
      executable: toolchain.programFolders + Self.systemFolders.filter(Files.exists),
      writable: [work.output],
      limits: Limits(
        cpuSeconds: allowance.cpuSeconds,
        addressSpaceBytes: allowance.memoryBytes,
        fileSizeBytes: 256 << 20,
        descriptors: 256
      )
    )
    let outcome = try jail.demand(
      command,
      policy: policy,
      allowance: allowance,
      program: "The toolchain's \((executable as NSString).lastPathComponent)",
      cleanUp: work.clearOutput
    )
    let succeeded = outcome.ending == .exited(code: 0) && !outcome.stoppedByDeadline
    let output = outcome.standardOutput.bytes + outcome.standardError.bytes
    if !succeeded { try work.demandSpace(forJobThatSaid: output) }
    return Result(
      succeeded: succeeded,
      output: output,
      standardOutput: outcome.standardOutput.totalBytes == outcome.standardOutput.bytes.count
        ? outcome.standardOutput.bytes : nil,
      stop: Self.stop(outcome, allowance),
      cpuSeconds: outcome.cpuSeconds
    )
  }

  private static func stop(_ outcome: Outcome, _ allowance: Watch.Allowance) -> String? {
    if outcome.stoppedByDeadline {
      return "compiling took longer than \(Int(allowance.wallSeconds)) s"
    }
    let hasUsedItsTime = RunFacts.isUsedUp(allowance.cpuSeconds, by: outcome.cpuSeconds)
    switch outcome.ending {
    case .exited(0): return nil
    case .signaled(SIGXCPU),
      .signaled(SIGKILL) where hasUsedItsTime:
      return "compiling took more than \(allowance.cpuSeconds) s of processor time; "
        + "simplify long expressions"
    // The compiler's own words; if the code printed them, it did not compile either way.
    case .signaled(SIGKILL),
      _ where outcome.standardError.text.contains("LLVM ERROR: out of memory"):
      return "compiling took more than \(allowance.memoryBytes >> 20) MiB of memory; "
        + "make the file smaller"
    case .signaled(let signal): return "the compiler crashed on this code (signal \(signal))"
    case .exited: return nil
    }
  }
}

/// The folders of one build: sources that the compiler may read, a place it may write to, and the
/// program that comes of it.
///
/// Sources get names of ours, since a name can be an option or a response file to a compiler.
final class WorkFolder: Sendable {
  let root: String
  var sources: String { "\(root)/src" }
  var output: String { "\(root)/out" }
  /// The folder that holds the program, and nothing else.
  var programFolder: String { "\(root)/program" }
  var program: String { "\(programFolder)/worker" }

  /// Empty folders; the jail gives the output to its user.
  init() throws(GraderFault) {
    root = try Files.makeTemporaryFolder()
    try Files.makeFolder(sources)
    try Files.makeFolder(programFolder)
    try Files.makeFolder(output, mode: 0o700)
    guard chmod(root, 0o711) == 0, chmod(sources, 0o755) == 0, chmod(programFolder, 0o755) == 0
    else {
      throw GraderFault(.cannot(.setMode, root, .last))
    }
  }

  deinit {
    Files.remove(root)
  }

  /// Puts a source in place and says where it is.
  func add(_ bytes: [UInt8], as name: String) throws(GraderFault) -> String {
    let path = "\(sources)/\(name)"
    try Files.put(bytes, to: path)
    guard chmod(path, 0o644) == 0 else {
      throw GraderFault(.cannot(.setMode, path, .last))
    }
    return path
  }

  /// Empties the output before a job.
  ///
  /// Each job runs as a user of its own, who may not write what an earlier one left; and nothing of
  /// an earlier job can be taken for a later one's.
  func clearOutput() throws(GraderFault) {
    for name in Files.names(in: output) { Files.remove("\(output)/\(name)") }
    guard Files.names(in: output).isEmpty else {
      throw GraderFault(.cannot(.empty, output, nil))
    }
  }

  /// Looks for a full disk behind a job that failed; its output goes.
  ///
  /// - Throws: `GraderFault` when the disk is full without what the job wrote.
  func demandSpace(forJobThatSaid words: [UInt8]) throws(GraderFault) {
    try clearOutput()
    guard DiskSpace(of: root)?.isUsedUp(byJobThatSaid: words) == true else { return }
    throw GraderFault(
      .temporary,
      "There is too little space for temporary files in "
        + "\((root as NSString).deletingLastPathComponent).",
      remedy: "Free some, or set TMPDIR to a folder that has more."
    )
  }

  /// Makes what a jailed program left in the output a source of the next job: a copy that no later
  /// program can change.
  ///
  /// - Returns: The copy's path, or nil when there is nothing that can be used.
  func promote(_ name: String, atMost limit: Int) throws(GraderFault) -> String? {
    try copied(name, atMost: limit, to: "\(sources)/\(name)", mode: 0o644)
  }

  /// Makes what the linker left in the output the program.
  ///
  /// - Returns: False when there is nothing that can be used.
  func promoteProgram(_ name: String, atMost limit: Int) throws(GraderFault) -> Bool {
    try copied(name, atMost: limit, to: program, mode: 0o755) != nil
  }

  private func copied(
    _ name: String,
    atMost limit: Int,
    to path: String,
    mode: mode_t
  ) throws(GraderFault) -> String? {
    guard let file = opened(name, atMost: limit) else { return nil }
    let copy = try FreshFile(for: path, mode: mode)
    try copy.write(Self.size(of: file), bytesOf: file)
    try copy.put()
    return path
  }

  /// Reads what a jailed program left in the output: a regular file of its own and nothing else.
  ///
  /// - Returns: Nil when there is no such file, or it is a link, a device or too long.
  func read(_ name: String, atMost limit: Int) -> [UInt8]? {
    guard let file = opened(name, atMost: limit) else { return nil }
    let size = Self.size(of: file)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let more = Glibc.read(file.number, buffer.baseAddress.map { $0 + count }, size - count)
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { return }
        count += more
      }
    }
  }

  /// A file in the output that may be taken over.
  private func opened(_ name: String, atMost limit: Int) -> Descriptor? {
    // The folder is ours, so only the last component can be a trap.
    let number = open("\(output)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard number >= 0 else { return nil }
    let file = Descriptor(owning: number)
    var info = stat()
    guard fstat(number, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1,
      info.st_size <= limit
    else { return nil }
    return file
  }

  private static func size(of file: borrowing Descriptor) -> Int {
    var info = stat()
    return fstat(file.number, &info) == 0 ? Int(info.st_size) : 0
  }
}
