/// A program to run, with everything that reaches it.
package struct Command: Equatable, Sendable {
  /// The standard input of a program.
  package enum Input: Equatable, Sendable {
    case empty
    /// A descriptor of the caller's, who keeps it open until the program has been spawned.
    case descriptor(Int32)
    case bytes([UInt8])
  }

  /// Absolute path; nothing is looked up.
  package var executable: String
  /// The arguments after the program's own name.
  package var arguments: [String]
  /// The whole environment: nothing is inherited.
  package var environment: [String: String]
  /// Absolute path of the folder the program starts in.
  package var workingDirectory: String
  /// The contents of standard input.
  package var standardInput: Input
  /// Descriptors of the caller's that become 3, 4 and so on in the program, in this order.
  package var passedDescriptors: [Int32]
  /// The number of bytes of each output stream that are kept; the rest is read and dropped.
  package var outputCap: Int

  /// Describes a run of `executable`.
  package init(
    executable: String,
    arguments: [String] = [],
    environment: [String: String] = [:],
    workingDirectory: String = "/",
    standardInput: Input = .empty,
    passedDescriptors: [Int32] = [],
    outputCap: Int = 64 * 1024
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.standardInput = standardInput
    self.passedDescriptors = passedDescriptors
    self.outputCap = outputCap
  }
}

/// A command with the launcher in front of it, ready to run.
package struct JailedCommand: Equatable, Sendable {
  /// The program that is really started: the launcher.
  package let launcher: String
  /// The launcher's arguments, which end with the command's own.
  package let arguments: [String]
  private let command: Command

  private let closesOthers: Bool

  init(launcher: String, arguments: [String], command: Command, closesOthers: Bool) {
    self.launcher = launcher
    self.arguments = arguments
    self.command = command
    self.closesOthers = closesOthers
  }

  /// Starts the program.
  ///
  /// Safe to call from many threads at once: no descriptor of one run is ever seen by another.
  package func spawn() throws(SandboxFault) -> Child {
    guard let child = try spawn(by: { start throws(SandboxFault) in try start.run() }, isOurs: true)
    else { throw .launcherVanished("nothing was started") }
    return child
  }

  /// Starts the program by the server of a session.
  ///
  /// - Parameter server: Starts it, and gives the number of its supervisor; nil if it cannot.
  /// - Returns: Nil where the server gave nothing.
  /// - Throws: `SandboxFault` of this process.
  func spawn(by server: (ProcessStart) -> Int32?) throws(SandboxFault) -> Child? {
    try spawn(by: server, isOurs: false)
  }

  private func spawn(
    by starter: (ProcessStart) throws(SandboxFault) -> Int32?,
    isOurs: Bool
  ) throws(SandboxFault) -> Child? {
    let output = try DescriptorPair.pipe()
    let error = try DescriptorPair.pipe()
    let status = try DescriptorPair.pipe()
    let lifeline = try DescriptorPair.pipe()
    let input = try InputPipe(command.standardInput)
    let start = ProcessStart(
      executable: launcher,
      arguments: arguments,
      environment: command.environment,
      descriptors: [input.readingEnd, output.second.number, error.second.number]
        + command.passedDescriptors + [status.second.number, lifeline.first.number],
      closesOthers: closesOthers
    )
    guard let process = try starter(start) else { return nil }
    let listener = Listener(
      output: output.first,
      error: error.first,
      status: status.first,
      input: input.writingEnd,
      bytes: input.bytes,
      cap: command.outputCap
    )
    return try Child(
      process: process,
      isOurs: isOurs,
      listener: listener,
      lifeline: lifeline.second.release()
    )
  }

  /// Runs the program to its end, or kills it after `limit`.
  package func run(within limit: Duration? = nil) throws(SandboxFault) -> Outcome {
    let child = try spawn()
    return try child.wait(until: limit.map { .now + $0 })
  }
}

/// The pipe that standard input comes from.
private struct InputPipe: ~Copyable {
  /// The end that the program gets; `nil` is an empty input.
  let readingEnd: Int32?
  let writingEnd: Descriptor?
  let bytes: [UInt8]
  private let ownedReadingEnd: Descriptor?

  init(_ input: Command.Input) throws(SandboxFault) {
    guard case .bytes(let given) = input else {
      if case .descriptor(let number) = input { readingEnd = number } else { readingEnd = nil }
      bytes = []
      ownedReadingEnd = nil
      writingEnd = nil
      return
    }
    let pipe = try DescriptorPair.pipe()
    readingEnd = pipe.first.number
    bytes = given
    ownedReadingEnd = .some(pipe.first)
    writingEnd = .some(pipe.second)
  }
}
